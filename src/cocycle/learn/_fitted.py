"""Fitted models: systems that know the data they came from, and how to start from a context.

Every model keeps its state in the units of the data. Three shapes of state occur: a window of recent samples
(`DelayModel`), coordinates of the model's own (reservoirs, modes), and the observation itself (flows).
"""

import abc
from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    ControlledMap,
    DataError,
    Derived,
    Map,
    RandomMap,
    System,
    Trajectory,
    as_parameter,
    param,
)

from ._data import Episodes, last_episode

__all__ = ["About", "DelayModel", "Fitted", "FittedMap", "NoisyModel", "WithInputs", "about", "windows"]


class About(eqx.Module):
    """What every fitted model remembers of its data.

    - `dt`: the sampling interval. - `start`: the state at the end of the training data.
    - `noise`: `(obs, k)`, a square root of the covariance of the one-step prediction errors.
    - `center`, `scale`: mean and standard deviation of each variable. - `variables`: their names.
    - `n_inputs`: number of known inputs.
    """

    dt: Any = param()
    start: Any = param()
    noise: Any = param()
    center: Any = param()
    scale: Any = param()
    variables: tuple[str, ...] = eqx.field(static=True, default=())
    n_inputs: int = eqx.field(static=True, default=0)


class Fitted(System):
    """A model learned from data: a `System` that can be started from a context and observed. Abstract."""

    about: eqx.AbstractVar[About]
    forgets: ClassVar[bool] = True
    """Whether samples before the last `context_length` do not matter at all."""

    @property
    @abc.abstractmethod
    def context_length(self) -> int:
        """The fewest samples in a row from which a state can be made."""

    @abc.abstractmethod
    def states(self, values: Any, inputs: Any = None) -> Any:
        """States along a record, one for each sample from number `context_length - 1` on."""

    @abc.abstractmethod
    def advance(self, n: Any, x: Any, u: Any = None) -> Any:
        """The state one sampling interval later; `u` is the input held over that interval."""

    @abc.abstractmethod
    def perturbed(self, x: Any, innovation: Any) -> Any:
        """The state after a change of the observed variables by `innovation`, shape `(obs,)`."""

    @property
    def variables_observed(self) -> tuple[str, ...]:
        """Names of the observed variables."""
        return self.about.variables

    def default_state(self):
        return self.about.start

    def warm_up(self, context: Trajectory) -> Any:
        """The state at the end of a context, from which the model continues. Shape `(dim,)`.

        Only the last unbroken stretch of the context counts; `DataError` if it is shorter than `context_length`.
        """
        return last_state(self, *checked_context(self, context))

    def noisy(self) -> "NoisyModel":
        """The stochastic twin: after each step, a Gaussian error as large as the one-step errors of the fit."""
        return NoisyModel(of=self)


@eqx.filter_jit
def _states(model, values, inputs):
    return model.states(values, inputs)


def last_state(model: Fitted, values: np.ndarray, inputs: np.ndarray | None) -> Any:
    """The state at the end; only what matters is passed on, so that contexts of other lengths do not recompile."""
    if model.forgets:
        values = values[-model.context_length :]
        inputs = None if inputs is None else inputs[-model.context_length :]
    return _states(model, values, inputs)[-1]


def checked_context(model: Fitted, context: Trajectory) -> tuple[np.ndarray, np.ndarray | None]:
    """Values and inputs of the last unbroken stretch of a context that suits the model."""
    name = type(model).__name__
    if not isinstance(context, Trajectory):
        raise CocycleError(f"{name}: the context must be a Trajectory; got {type(context).__name__}.")
    if context.is_ensemble:
        raise CocycleError(f"{name}: the context must be one run; this Trajectory is an ensemble.")
    if context.dim != len(model.variables_observed):
        raise DataError(
            f"{name} was fitted to {len(model.variables_observed)} variables ({', '.join(model.variables_observed)}); "
            f"the context has {context.dim} ({', '.join(context.variables)})."
        )
    if len(context) > 1 and abs(_usual_step(context) - float(model.about.dt)) > 1e-3 * float(model.about.dt):
        raise DataError(
            f"{name} was fitted at a sampling interval of {float(model.about.dt):.6g}; the context has "
            f"{_usual_step(context):.6g}. Resample it: `context.resample(dt)`."
        )
    values, inputs = last_episode(context, name)
    if len(values) < model.context_length:
        raise DataError(
            f"{name} needs a context of at least {model.context_length} samples in a row; this one ends with "
            f"{len(values)}."
        )
    return values, inputs


def _usual_step(context):
    return float(np.median(np.diff(np.asarray(context.times, dtype=float))))


class FittedMap(Fitted, Map):
    """A fitted model in discrete time. Abstract."""

    @property
    def dt(self):
        return self.about.dt

    def step(self, n, x):
        return self.advance(n, x)


class DelayModel(FittedMap):
    """State: the last `lags` samples, newest first, raveled. Define `lags` and `predict`. Abstract."""

    lags: eqx.AbstractVar[int]

    @abc.abstractmethod
    def predict(self, window: Any, u: Any = None) -> Any:
        """The next sample, shape `(obs,)`, from a window of shape `(lags, obs)`, newest first."""

    @property
    def context_length(self):
        return self.lags

    @property
    def variables(self):
        names = self.about.variables
        return names + tuple(f"{name}[-{lag}]" for lag in range(1, self.lags) for name in names)

    def observe(self, state):
        return state[: len(self.about.variables)]

    def states(self, values, inputs=None):
        del inputs
        return windows(jnp.asarray(values), self.lags)

    def advance(self, n, x, u=None):
        del n
        obs = len(self.about.variables)
        new = self.predict(x.reshape(self.lags, obs), u)
        return jnp.concatenate([new, x[:-obs]]) if self.lags > 1 else new

    def perturbed(self, x, innovation):
        return x.at[: len(self.about.variables)].add(innovation)


class NoisyModel(Derived, RandomMap):
    """A fitted model with Gaussian one-step errors: `x' = F(x)`, then the observed variables are perturbed."""

    of: Fitted

    @property
    def dt(self):
        return self.of.about.dt

    def step(self, n, x, key):
        noise = self.of.about.noise
        return self.of.perturbed(self.of.advance(n, x), noise @ jax.random.normal(key, noise.shape[1:], noise.dtype))

    def skeleton(self) -> Fitted:
        """The model without its errors."""
        return self.of


class WithInputs(Derived, Fitted, ControlledMap):
    """A fitted model with known inputs: `step(n, x, u)`; `.drive(signal)` and `.close(policy)` make it a `Map`."""

    of: FittedMap

    @property
    def about(self):
        return self.of.about

    @property
    def forgets(self):
        return self.of.forgets

    @property
    def dt(self):
        return self.of.about.dt

    @property
    def context_length(self):
        return self.of.context_length

    def step(self, n, x, u):
        return self.of.advance(n, x, u)

    def advance(self, n, x, u=None):
        return self.of.advance(n, x, u)

    def states(self, values, inputs=None):
        return self.of.states(values, inputs)

    def perturbed(self, x, innovation):
        return self.of.perturbed(x, innovation)


# -- helpers for learners ---------------------------------------------------------------------------------------


def windows(values, lags: int, stride: int = 1):
    """Delay vectors, newest sample first, one for each sample from number `(lags - 1) * stride` on, raveled."""
    rows = len(values) - (lags - 1) * stride
    numpy = np if isinstance(values, np.ndarray) else jnp  # one gather: a slice for each lag would compile for ages
    index = numpy.arange(rows)[:, None] + stride * numpy.arange(lags - 1, -1, -1)
    return values[index].reshape(rows, -1)


def about(data: Episodes, start: Any, residuals: np.ndarray, parameters: float = 0.0, n_inputs: int = 0) -> About:
    """The record of a fit. `parameters`: how many the fit spent per variable (for unbiased residual variance)."""
    values = np.concatenate(data.values)
    residuals = np.asarray(residuals, dtype=float)
    freedom = max(len(residuals) - parameters, 1.0)
    if residuals.shape[1] <= 200:
        variance, axes = np.linalg.eigh(residuals.T @ residuals / freedom)
    else:  # a field: keep the ten strongest patterns of error
        variance, patterns = np.linalg.eigh(residuals @ residuals.T / freedom)
        axes = residuals.T @ patterns[:, -10:]
        variance = variance[-10:]
        axes = axes / np.maximum(np.linalg.norm(axes, axis=0), 1e-300)
    return About(
        dt=data.dt,
        start=start,
        noise=axes * np.sqrt(np.maximum(variance, 0.0)),
        center=values.mean(axis=0),
        scale=spread(values),
        variables=tuple(data.variables),
        n_inputs=n_inputs,
    )


def spread(values: np.ndarray) -> np.ndarray:
    """Standard deviation of each column; 1 where a column is constant."""
    sd = values.std(axis=0)
    return np.where(sd > 1e-14 * (np.abs(values).max(axis=0) + 1e-300), sd, 1.0)


def with_inputs(model: FittedMap) -> Fitted:
    """The model itself, or wrapped as a `ControlledMap` if it was fitted with inputs."""
    return WithInputs(of=model) if model.about.n_inputs else model  # type: ignore[call-arg]


__all__ += ["as_parameter", "checked_context", "last_state", "spread", "with_inputs"]
