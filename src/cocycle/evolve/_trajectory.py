"""`trajectory` and `ensemble`: run a system and get a record back."""

import dataclasses
from functools import cache, partial
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from cocycle.core import CocycleError, NumericalError, Provenance, System, Trajectory

from ._cocycle import Cocycle, cocycle
from ._solver import Solver
from ._time_scale import TimeScale, time_scale

__all__ = ["ensemble", "sample_count", "trajectory"]


@eqx.filter_jit
def _record(phi, t0, x0, n, key):
    return phi.record(t0, phi.init(x0), n, key)


@eqx.filter_jit
def _settle(phi, x0, n, key):
    """The state after `n` (traced) intervals."""

    def body(i, state):
        return phi(i * phi.dt, state, None if key is None else jax.random.fold_in(key, i))

    return jax.lax.fori_loop(0, n, body, phi.init(x0))


@eqx.filter_jit
def _continue(phi, t0, state, n, key):
    return phi.record(t0, state, n, key)


def sample_count(
    scale: TimeScale, time: float | None, periods: float | None, dt: float | None, default_periods: float
) -> tuple[int, float]:
    """Number of sampling intervals and their length, from whichever of `time`, `periods` and `dt` was given."""
    if time is not None and periods is not None:
        raise CocycleError("Give `time` (in units of time) or `periods` (in dominant periods), not both.")
    for name, value in (("time", time), ("periods", periods), ("dt", dt)):
        if value is not None and not float(value) > 0:
            raise CocycleError(f"`{name}` must be positive; got {float(value):g}.")
    step = scale.dt if dt is None else float(dt)
    if time is None:
        span = (default_periods if periods is None else float(periods)) * scale.period
    else:
        span = float(time)
    n = max(1, round(span / step))
    if time is not None and dt is None:  # hit the end exactly
        step = span / n
    return n, step


def trajectory(
    system: System,
    time: float | None = None,
    *,
    periods: float | None = None,
    dt: float | None = None,
    transient: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
    key: Any = None,
    throw: bool = True,
) -> Trajectory:
    """Run a system and record it.

    **Arguments**

    - `time` or `periods`: how long, in units of time or in dominant periods (default 50 periods).
    - `dt`: the sampling interval (default: the system's own).
    - `transient`: time to run and drop first (default 0).
    - `x0`: where to start, shape `(dim,)` (default: the system's default state). Many at once: `cc.ensemble`.
    - `solver`: default one that fits the kind; see `cc.evolve`.
    - `key`: a `jax.random.key`, needed where there is noise.
    - `throw`: raise on divergence (default), or return what there is, with NaN after it and `meta["status"]`.

    **Returns** a `Trajectory` with `round(time / dt) + 1` samples, the first at time 0.
    """
    scale = _scale(system, time, periods, dt, transient)
    n, step = sample_count(scale, time, periods, dt, 50)
    phi = cocycle(system, step, solver)
    x0 = _start(system, x0)
    if x0.ndim == 2:
        raise CocycleError(
            f"x0 has shape {tuple(x0.shape)}; `trajectory` takes one state of shape (dim,). For many, use "
            "`cc.ensemble(system, x0s, ...)` or `jax.vmap`."
        )
    key = _need_key(phi, key)
    t0 = 0.0
    if transient:
        sub = None if key is None else jax.random.fold_in(key, 2**31 - 1)
        waited = round(float(transient) / float(phi.dt))
        state = _settle(phi, x0, jnp.asarray(waited), sub)
        t0 = waited * phi.dt
        states = _continue(phi, t0, state, n, key)
    else:
        states = _record(phi, jnp.asarray(t0), x0, n, key)
    times = _times(n, phi.dt, states)
    status = "traced" if isinstance(states, Tracer) else _status(phi, times, states, throw)
    return Trajectory(times, states, variables=system.variables, meta=provenance(system, phi, key, status))


def ensemble(
    system: System,
    x0: Any,
    time: float | None = None,
    *,
    periods: float | None = None,
    dt: float | None = None,
    solver: Solver | None = None,
    key: Any = None,
    final: bool = False,
    throw: bool = True,
) -> Any:
    """Run many initial states at once.

    **Arguments** as for `trajectory`; `x0` has shape `(batch, dim)`. With `final=True` only the last states are kept,
    and the result is an array `(batch, dim)`; otherwise a `Trajectory` with states `(batch, T, dim)`.
    """
    x0 = jnp.asarray(x0, dtype=jnp.result_type(float))
    if x0.ndim != 2:
        raise CocycleError(f"x0 must have shape (batch, dim); got {tuple(x0.shape)}.")
    if final and time is not None and not _is_map(system):
        dt = float(time)  # only the end is wanted
    scale = _scale(system, time, periods, dt, None)
    n, step = sample_count(scale, time, periods, dt, 50)
    if final:
        phi = cocycle(system, step * n if not _is_map(system) else None, solver)
        key = _need_key(phi, key)
        states = _final(phi, x0, n if _is_map(system) else 1, key)
        if throw and not np.isfinite(np.asarray(states)).all():
            bad = np.flatnonzero(~np.isfinite(np.asarray(states)).all(axis=1))
            raise NumericalError(
                f"{type(system).__name__}: {bad.size} of {x0.shape[0]} members diverged before t = {n * step:g} "
                f"(the first is member {bad[0]}). Pass throw=False to get the others."
            )
        return states
    phi = cocycle(system, step, solver)
    key = _need_key(phi, key)
    states = _records(phi, x0, n, key)
    times = _times(n, phi.dt, states)
    status = _status(phi, times, np.asarray(states), throw)
    return Trajectory(times, states, variables=system.variables, meta=provenance(system, phi, key, status))


# Blocks of `phi.lanes` states are advanced together, side by side in the last axis: enough to fill the vector units,
# few enough that the loop body stays small and becomes one native function (see cocycle._xla).
_WIDE = {"xla_cpu_prefer_vector_width": 512}  # pays for batches only: single trajectories run slower with it
_wide: Any = partial(eqx.filter_jit, compiler_options=_WIDE)  # type: ignore[call-overload]


def _blocked(function, x0, key, lanes):
    """`function(columns, keys)` over blocks of the rows of `x0`; results come back with the batch first."""
    batch = x0.shape[0]
    keys = None if key is None else jax.random.split(key, batch)
    size = min(lanes, batch)
    blocks = -(-batch // size)
    index = jnp.minimum(jnp.arange(blocks * size), batch - 1).reshape(blocks, size)
    out = jax.lax.map(lambda rows: function(x0[rows].T, None if keys is None else keys[rows]), index)
    out = jnp.moveaxis(out, -1, 1)
    return out.reshape(blocks * size, *out.shape[2:])[:batch]


def _many(phi, i, states, keys):
    subs = None if keys is None else jax.vmap(lambda k: jax.random.fold_in(k, i))(keys)
    return phi.many(i * phi.dt, states, subs)


def _points(phi, states):
    return jax.vmap(phi.output, in_axes=-1, out_axes=-1)(states)


@_wide
def _final(phi, x0, n, key):
    def run(columns, keys):
        states = jax.vmap(phi.init, in_axes=-1, out_axes=-1)(columns)
        return _points(phi, jax.lax.fori_loop(0, n, lambda i, s: _many(phi, i, s, keys), states))

    return _blocked(run, x0, key, phi.lanes)


@_wide
def _records(phi, x0, n, key):
    def run(columns, keys):
        # repeated `phi`, never `record`: a save buffer inside a batched while-loop is copied at every step
        def body(states, i):
            states = _many(phi, i, states, keys)
            return states, _points(phi, states)

        first = jax.vmap(phi.init, in_axes=-1, out_axes=-1)(columns)
        _, states = jax.lax.scan(body, first, jnp.arange(n))
        return jnp.concatenate([_points(phi, first)[None], states])

    return _blocked(run, x0, key, phi.lanes)


# -- shared details ---------------------------------------------------------------------------------------------


def _is_map(system):
    from cocycle.core import Map, RandomMap

    return isinstance(system, (Map, RandomMap))


def _scale(system, time, periods, dt, transient) -> TimeScale:
    if isinstance(system, Cocycle):
        return TimeScale(float(system.dt), float(system.dt), 0.0)
    if not isinstance(system, System):
        cocycle(system)  # raises the right sentence
    if time is not None and dt is not None:
        return TimeScale(float(dt), float(dt), 0.0)
    return time_scale(system)


def _start(system, x0):
    if x0 is None:
        return system.default_state()
    x0 = jnp.asarray(x0, dtype=jnp.result_type(float))
    dim = system.dim
    if x0.ndim == 0 or x0.shape[-1] != dim:
        raise CocycleError(f"x0 has shape {tuple(x0.shape)}; {type(system).__name__} has states of shape ({dim},).")
    return x0


def _need_key(phi, key):
    if not phi.random:
        return None
    if key is None:
        raise CocycleError(f"{type(phi.system).__name__} is random: pass `key=jax.random.key(seed)`.")
    return key


def _times(n, dt, states):
    if isinstance(dt, Tracer) or isinstance(states, Tracer):
        return jnp.arange(n + 1) * dt
    return np.arange(n + 1) * float(dt)


def _status(phi, times, states, throw) -> str:
    # one cheap reduction; the row is searched for only when something is wrong
    if bool(jnp.isfinite(jnp.sum(jnp.asarray(states)[..., -1, :]))):
        return "ok"
    finite = np.isfinite(np.asarray(states)).all(axis=-1)
    while finite.ndim > 1:
        finite = finite.all(axis=0)
    if finite.all():
        return "ok"
    row = int(np.argmin(finite))
    before = max(row - 1, 0)
    last = np.asarray(states)[..., before, :]
    when = f"between t = {times[before]:g} and t = {times[row]:g}"
    message = _why(phi, float(times[before]), last, when) + ", or pass throw=False to keep what there is."
    if throw:
        raise NumericalError(message, time=float(times[row]), state=last)
    return message


def _why(phi, t, state, when) -> str:
    """What a NaN means, and what to do about it."""
    name = type(phi.system).__name__.lstrip("_")
    explain = getattr(phi.system, "failure", None)
    if explain is not None:  # a derived system knows better
        return f"{name}: {explain()}"
    solver: Any = getattr(phi, "solver", None)
    most = getattr(solver, "max_steps", None)
    if most is not None and state.ndim == 1:
        more = dataclasses.replace(solver, max_steps=max(most, 1_000_000))
        if np.isfinite(np.asarray(_again(more, phi.system, t, jnp.asarray(state), phi.dt))).all():
            return (
                f"{type(solver).__name__} used up its {most:,} steps {when} on {name}. Raise `max_steps=`, loosen the "
                "tolerance or shorten the run; for a stiff system take `Kvaerno5()`"
            )
    remedy = "" if _is_map(phi.system) else ", tighten the solver"
    return f"{name} diverged {when}. Start elsewhere (`x0=`), shorten the run{remedy}"


@eqx.filter_jit
def _again(solver, system, t, state, dt):
    return solver.advance(system, t, state, dt)


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("cocycle")


def provenance(system, phi, key, status) -> Provenance:
    """Where a trajectory comes from: system, parameters, solver, versions."""
    parameters = {}
    for name, value in system.parameters().items():
        if isinstance(value, Tracer) or not isinstance(value, (jax.Array, np.ndarray)) or value.size > 64:
            continue
        parameters[name] = np.asarray(value).tolist()
    return Provenance(
        system=type(system).__name__,
        parameters=parameters,
        solver=repr(getattr(phi, "solver", None)),
        key=None if key is None or isinstance(key, Tracer) else np.asarray(jax.random.key_data(key)).tolist(),
        cocycle=_version(),
        jax=jax.__version__,
        status=status,
    )
