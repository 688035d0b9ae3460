"""`forecast`: continue a context with a fitted model. `rolling_forecasts`: from many origins at once."""

from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, DataError, NumericalError, Provenance, Trajectory

from ._fitted import Fitted, NoisyModel, _states, checked_context, last_state

__all__ = ["RollingForecasts", "forecast", "rolling_forecasts"]

_TOO_FAR = 1e3  # a forecast that is this many standard deviations from the data's mean has diverged


def forecast(
    model: Any,
    context: Trajectory,
    horizon: int,
    *,
    members: int | None = None,
    inputs: Any = None,
    key: Any = None,
    throw: bool = True,
) -> Trajectory:
    """Continue `context` by `horizon` samples with a fitted model.

    **Arguments**

    - `model`: a fitted model (what `learner.fit` returned, or `cocycle.core.load`ed).
    - `context`: the recent past, a `Trajectory` sampled like the training data, at least `model.context_length` long.
    - `horizon`: number of samples to forecast.
    - `members`: if given, an ensemble of that size in which every step carries a random error as large as the
      one-step errors of the fit; needs `key`.
    - `inputs`: for a model with inputs, their values at the forecast times, shape `(horizon, inputs)`. The input of
      a sample acts until the next sample, so the last row does not matter.
    - `throw`: raise `NumericalError` if the forecast diverges (leaves the training data by 1,000 standard deviations,
      or is not finite). With `throw=False` a diverged forecast is NaN from there on, and `meta["status"]` says so.

    **Returns** a `Trajectory` of observed variables at the times that follow the context's, states `(horizon, obs)`,
    or `(members, horizon, obs)`.
    """
    if isinstance(model, NoisyModel):
        model = model.skeleton()
    if not isinstance(model, Fitted):
        raise CocycleError(
            f"forecast takes a fitted model (what `learner.fit(data)` returns); got {type(model).__name__}. "
            "For a system with known equations use `cc.trajectory(system, x0=...)`."
        )
    if int(horizon) != horizon or horizon < 1:
        raise CocycleError(f"horizon is a number of samples, at least 1; got {horizon!r}.")
    if members is not None and (int(members) != members or members < 1):
        raise CocycleError(f"members is a number of ensemble members, at least 1; got {members!r}.")
    if members is not None and key is None:
        raise CocycleError("An ensemble forecast is random: pass `key=jax.random.key(seed)`.")
    values, past_inputs = checked_context(model, context)
    signal = _signal(model, past_inputs, inputs, int(horizon))
    state = last_state(model, values, past_inputs)
    keys = None if members is None else jax.random.split(key, members)
    states, good = _roll(model, state, signal, int(horizon), keys)
    dt = float(model.about.dt)
    times = float(np.asarray(context.times)[-1]) + dt * np.arange(1, int(horizon) + 1)
    states, good = np.array(states), np.asarray(good)
    status = "ok"
    if not good.all():
        first = int(np.argmin(good.reshape(-1, good.shape[-1]).all(axis=0)))
        status = (
            f"The forecast of {type(model).__name__} diverged at step {first + 1} of {horizon} (t = {times[first]:g}). "
            "Shorten the horizon, use a simpler or more regularised model, or pass throw=False to keep what there is."
        )
        if throw:
            raise NumericalError(status, time=float(times[first]))
        states[~good] = np.nan
    meta = Provenance(forecast_of=type(model).__name__, horizon=int(horizon), members=members, status=status)
    return Trajectory(times, states, variables=model.variables_observed, meta=meta)


class RollingForecasts(NamedTuple):
    """Forecasts from many origins. Lead `h` (counted from 0) is `h + 1` samples after the origin.

    - `origins`: `(n,)`, row numbers of the last sample that each forecast has seen.
    - `forecasts`: `(n, horizon, obs)`, or `(n, members, horizon, obs)`; NaN from the step at which one diverged.
    - `truth`: `(n, horizon, obs)`. - `diverged`: `(n,)`.
    """

    origins: np.ndarray
    forecasts: np.ndarray
    truth: np.ndarray
    diverged: np.ndarray


def rolling_forecasts(
    model: Any, data: Trajectory, origins: Any, horizon: int, *, members: int | None = None, key: Any = None
) -> RollingForecasts:
    """Forecast from every origin in one batched run: rolling-origin evaluation of a model that is already fitted.

    `origins` are row numbers of `data`: a forecast sees rows `0 .. origin` and is compared with the next `horizon`
    rows. The model is not refitted. Inputs, where the model has them, are taken from `data`. `data` must have no gaps.
    """
    values, inputs = checked_context(model, data)
    if len(values) != len(data):
        raise DataError("rolling_forecasts: the data have a gap. Pass an unbroken stretch.")
    origins = np.atleast_1d(np.asarray(origins, dtype=int))
    low, high = model.context_length - 1, len(values) - 1 - horizon
    if origins.size == 0 or origins.min() < low or origins.max() > high:
        raise CocycleError(
            f"origins must lie between row {low} (the model's context) and row {high} (the horizon must fit the data)."
        )
    if members is not None and key is None:
        raise CocycleError("An ensemble forecast is random: pass `key=jax.random.key(seed)`.")
    starts = _starts(model, values, inputs, origins)
    rows = origins[:, None] + np.arange(horizon)
    signals = None
    if model.about.n_inputs:
        if inputs is None:
            raise DataError(f"{type(model).__name__} was fitted with inputs; the data have none.")
        signals = jnp.asarray(inputs[rows])
    keys = None if members is None else jax.random.split(key, (len(origins), members))
    states, good = _roll_many(model, starts, signals, int(horizon), keys)
    states, good = np.array(states), np.asarray(good)
    states[~good] = np.nan
    diverged = np.logical_not(np.all(good.reshape(len(origins), -1), axis=1))
    return RollingForecasts(origins, states, values[rows + 1], diverged)


def _starts(model, values, inputs, origins):
    """The states at the origins: from the windows that matter, or along the record where all of the past does."""
    if not model.forgets:
        return _states(model, values, inputs)[origins - (model.context_length - 1)]
    rows = origins[:, None] + np.arange(1 - model.context_length, 1)
    return _last_states(model, values[rows], None if inputs is None else inputs[rows])


@eqx.filter_jit
def _last_states(model, values, inputs):
    return jax.vmap(lambda v, u: model.states(v, u)[-1])(values, inputs)


def _signal(model, past, inputs, horizon):
    """The input held over each step of the forecast, shape `(horizon, inputs)`."""
    need, name = model.about.n_inputs, type(model).__name__
    if not need:
        if inputs is not None:
            raise CocycleError(f"{name} has no inputs: leave out `inputs=`.")
        return None
    if past is None:
        raise DataError(f"{name} was fitted with {need} inputs; the context has none.")
    if inputs is None:
        raise CocycleError(
            f"{name} was fitted with {need} inputs: pass their future as `inputs=`, ({horizon}, {need})."
        )
    inputs = np.asarray(inputs, dtype=float).reshape(-1, need) if np.ndim(inputs) < 2 else np.asarray(inputs, float)
    if inputs.shape != (horizon, need) or past.shape[1] != need:
        raise CocycleError(f"inputs must have shape ({horizon}, {need}); got {inputs.shape}.")
    return jnp.asarray(np.concatenate([past[-1:], inputs[:-1]]))


def _path(model, state, signal, horizon, key):
    """Observed path `(horizon, obs)` of one member, and whether each sample is still sound."""
    record = model.about
    noise = record.noise

    def body(carry, n):
        x, good = carry
        x = model.advance(n, x, None if signal is None else signal[n])
        if key is not None:
            error = jax.random.normal(jax.random.fold_in(key, n), noise.shape[1:], noise.dtype)
            x = model.perturbed(x, noise @ error)
        y = model.observe(x)
        good = good & jnp.all(jnp.abs(y - record.center) <= _TOO_FAR * record.scale)  # False for NaN
        return (x, good), (y, good)

    return jax.lax.scan(body, (state, jnp.array(True)), jnp.arange(horizon))[1]


def _members(model, state, signal, horizon, keys):
    if keys is None:
        return _path(model, state, signal, horizon, None)
    return jax.vmap(lambda key: _path(model, state, signal, horizon, key))(keys)


_roll = eqx.filter_jit(_members)


@eqx.filter_jit
def _roll_many(model, states, signals, horizon, keys):
    axes = (0, None if signals is None else 0, None if keys is None else 0)
    return jax.vmap(lambda x, u, k: _members(model, x, u, horizon, k), in_axes=axes)(states, signals, keys)
