"""The Lyapunov spectrum of any system, by products of Jacobians re-orthonormalised along a trajectory."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    Estimate,
    Flow,
    Map,
    NotApplicableError,
    NumericalError,
    RandomMap,
    System,
    as_parameter,
)
from cocycle.evolve import Cocycle, Solver, cocycle, tangent, time_scale
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._orthonormal import orthonormalise

__all__ = ["lyapunov_spectrum"]

_BLOCKS = 32  # error bars come from the scatter of this many block means
_MAX_STRETCH = 16.0  # nats between the fastest and the slowest direction over any one interval: QR loses none of it
_MAX_PARTS = 4096  # into which the default interval may be cut for that


def lyapunov_spectrum(
    system: System | Cocycle,
    *,
    k: int | None = None,
    time: float | None = None,
    periods: float | None = None,
    dt: float | None = None,
    transient: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
    key: Any = None,
) -> Estimate:
    r"""Lyapunov exponents, largest first, per unit of time.

    $\lambda_i = \lim_{T\to\infty} \frac1T \log \sigma_i\big(D\phi^T(x_0)\big)$, computed by carrying `k` tangent
    vectors along the trajectory (exact derivatives, `jax.jvp`) and re-orthonormalising them every `dt`
    [@benettin1980; @shimada1979].

    **Arguments**

    - `system`: anything with a cocycle: equations, maps, stochastic and delay systems, fitted models.
    - `k`: how many exponents, largest first (default: all).
    - `time` or `periods`: length of the average, in units of time or dominant periods (default 2000 periods; for a
      map 20,000 steps).
    - `dt`: interval between re-orthonormalisations (default: an eighth of the period, shortened until no two directions
      separate by more than a factor $e^{16}$ over any interval of a few periods).
    - `transient`: time to run first (default: the system's own).
    - `x0`, `solver`, `key`: as for `cc.trajectory`. For random systems these are the exponents along one realisation.

    **Returns** an `Estimate`: `value` and `stderr` of shape `(k,)`, unit `1/time`. The standard error adds in
    quadrature the sampling error, from the scatter and the correlation of 32 block means, and the discretisation error,
    measured by repeating 32 intervals in half steps with a finer solver. Diagnostics: `history` (running averages),
    `times`, `blocks`, `sampling_error`, `discretisation_error`, `dt`, `time`.

    **Fails** with `NumericalError` where the trajectory diverges. A superstable direction (a zero derivative) is
    reported as minus infinity with a note. Where the system has several attractors the answer is that of `x0`'s.
    """
    phi, span, interval, wait = _plan(system, time, periods, dt, transient, solver)
    if phi.random and key is None:
        raise CocycleError(f"{type(phi.system).__name__} is random: pass `key=jax.random.key(seed)`.")
    point = phi.system.default_state() if x0 is None else as_parameter(x0)
    state = phi.init(point)
    if not isinstance(state, jax.Array) or state.ndim != 1:
        raise NotApplicableError("Lyapunov exponents need a state that is one array of shape (dim,).")
    size = state.shape[0]
    k = size if k is None else int(k)
    if not 1 <= k <= size:
        raise CocycleError(f"k must lie between 1 and the state's dimension {size}; got {k}.")

    # generic directions: along the axes a growing one may never be met, where a plane of them is invariant
    vectors = as_parameter(np.linalg.qr(np.random.default_rng(0).normal(size=(size, k)))[0].T)
    waiting = max(1, round(wait / interval / _BLOCKS))
    _, peak, t, state, vectors = _run(phi, 0.0, state, vectors, waiting, key, 0)
    _check(phi, state, float(t))
    # directions that separate by too much over one interval would be lost to round-off: shorten it. What was lost is
    # not in `peak`, so look again, over a few periods: bursts of contraction are short.
    whole = interval
    while peak > _MAX_STRETCH and dt is None and _is_point_flow(phi) and interval * _MAX_PARTS > whole:
        interval = interval / min(np.ceil(2 * peak / _MAX_STRETCH), 16)
        phi = _with_dt(phi, interval)
        again = max(1, round(32 * whole / interval / _BLOCKS))
        _, peak, t, state, vectors = _run(phi, t, state, vectors, again, key, 3)
        _check(phi, state, float(t))

    bias = _discretisation(phi, t, state, vectors, interval, key)
    per_block = max(1, round(span / interval / _BLOCKS))
    logs, _, t, state, vectors = _run(phi, t, state, vectors, per_block, key, 1)
    _check(phi, state, float(t))
    blocks = np.asarray(logs) / (per_block * interval)
    with np.errstate(invalid="ignore"):
        value = blocks.mean(axis=0)
        sampling = error_of_mean(blocks)
    stderr = np.sqrt(sampling**2 + bias**2)

    notes: tuple[str, ...] = ()
    if not _is_point_flow(phi) and not _is_discrete(phi):
        notes = ("The discretisation error is not part of the error bar for this kind of system.",)
        exact = sampling < 1e-9 * np.abs(value)  # the same growth everywhere: all the error there is was not measured
        stderr = np.where(exact, np.nan, stderr)
    dead = np.isneginf(value)
    if dead.any():
        stderr = np.where(dead, 0.0, stderr)
        notes += ("A direction is contracted to nothing (superstable): its exponent is minus infinity.",)
    order = np.argsort(-value, kind="stable")
    used = per_block * _BLOCKS * interval
    with np.errstate(invalid="ignore"):
        history = np.cumsum(blocks, axis=0) / np.arange(1, _BLOCKS + 1)[:, None]
    return Estimate(
        "lyapunov_spectrum",
        value[order],
        stderr[order],
        n=per_block * _BLOCKS,
        unit="1/time",
        diagnostics={
            "history": history[:, order],
            "times": np.arange(1, _BLOCKS + 1) * per_block * interval,
            "blocks": blocks[:, order],
            "sampling_error": sampling[order],
            "discretisation_error": bias[order],
            "dt": interval,
            "time": used,
            "complete": k == size,
        },
        notes=notes,
    )


def _plan(system, time, periods, dt, transient, solver):
    """The cocycle over one interval, and span, interval and transient in units of time."""
    if isinstance(system, Cocycle):
        phi, period = system, 8 * float(system.dt)
        wait = 200 * period
    else:
        if not isinstance(system, System):
            cocycle(system)  # raises the right sentence
        scale = time_scale(system)
        period, wait = scale.period, scale.transient
        if dt is None and not isinstance(system, (Map, RandomMap)):
            dt = period / 8
        phi = cocycle(system, dt, solver)
    interval = float(phi.dt)
    if time is not None and periods is not None:
        raise CocycleError("Give `time` or `periods`, not both.")
    default = 20_000 if _is_discrete(phi) else 2000
    span = float(time) if time is not None else (default if periods is None else float(periods)) * period
    if span < _BLOCKS * interval:
        raise CocycleError(
            f"The average is too short: {span:g} time units hold fewer than {_BLOCKS} intervals of {interval:g}. "
            "Lengthen `time` or shorten `dt`."
        )
    return phi, span, interval, wait if transient is None else float(transient)


def _is_discrete(phi) -> bool:
    return isinstance(phi.system, (Map, RandomMap))


def _is_point_flow(phi) -> bool:
    """A differential equation whose state is the point: its interval and solver can be changed in place."""
    return isinstance(phi.system, Flow) and hasattr(phi, "solver")


def _with_dt(phi, dt):
    return eqx.tree_at(lambda p: p.dt, phi, as_parameter(dt))


def _run(phi, t, state, vectors, per_block: int, key, stream: int):
    # counts as arrays: `filter_jit` would compile anew for every Python number
    t = t if isinstance(t, jax.Array) else as_parameter(t)
    logs, peak, t, state, vectors = _blocks(
        phi, t, state, vectors, jnp.asarray(np.int64(per_block)), key, jnp.asarray(np.int64(stream))
    )
    return logs, float(peak), t, state, vectors


@eqx.filter_jit
def _blocks(phi, t, state, vectors, per_block, key, stream):
    """Advance state and tangent vectors over `_BLOCKS` blocks; log lengths summed per block, the most that two
    directions separated over one interval, and where it ended.

    Everything that varies is traced: transient, main run and the check with a finer solver share one compilation.
    """
    key = None if key is None else jax.random.fold_in(key, stream)

    def interval(i, carry):
        t, state, vectors, total, peak, count = carry
        sub = None if key is None else jax.random.fold_in(key, count)
        state, vectors, lengths = _stretch(phi, t, state, vectors, sub)
        logs = jnp.log(lengths)
        apart = jnp.max(logs) - jnp.min(logs)
        peak = jnp.where(jnp.isfinite(apart), jnp.maximum(peak, apart), peak)
        return t + phi.dt, state, vectors, total + logs, peak, count + 1

    def block(carry, _):
        t, state, vectors, peak, count = carry
        start = (t, state, vectors, jnp.zeros(vectors.shape[0], state.dtype), peak, count)
        t, state, vectors, total, peak, count = jax.lax.fori_loop(0, per_block, interval, start)
        return (t, state, vectors, peak, count), total

    start = (t, state, vectors, jnp.zeros((), state.dtype), jnp.zeros((), int))
    (t, state, vectors, peak, _), logs = jax.lax.scan(block, start, None, length=_BLOCKS)
    return logs, peak, t, state, vectors


def _stretch(phi, t, state, vectors, key):
    """One interval: the new state, the new orthonormal vectors, and how much each was stretched."""

    if isinstance(phi.system, Flow) and hasattr(getattr(phi, "solver", None), "rtol"):
        # The step must suit the tangent vectors too: near a fixed point the state alone would allow steps that are far
        # too long for them, and bursts of contraction would be missed.
        pair: Any = tangent(phi.system, vectors.shape[0])
        moved, images = pair.split(phi.solver.advance(pair, t, pair.join(state, vectors), phi.dt))
        vectors, lengths = orthonormalise(images)
        return moved, vectors, lengths

    def advance(s):
        return phi(t, s, key)

    # tangent vectors ride in the last axis: neighbours in memory, so that the vector units work on all of them at once
    moved, images = jax.vmap(lambda v: jax.jvp(advance, (state,), (v,)), in_axes=1, out_axes=(None, 1))(vectors.T)
    vectors, lengths = orthonormalise(images.T)
    return moved, vectors, lengths


def _discretisation(phi, t, state, vectors, interval, key):
    """Error of the exponents due to finite steps: 32 short intervals, and again in half steps with a finer solver.

    The two runs start together and stay together as long as the 32 intervals span a few periods only.
    """
    if not _is_point_flow(phi):
        return np.zeros(vectors.shape[0])
    finer = phi.refined()
    step = getattr(phi.solver, "dt", None)
    interval = min(interval, max(time_scale(phi.system).period / 8, 0.0 if step is None else float(step)))
    coarse = np.asarray(_run(_with_dt(phi, interval), t, state, vectors, 1, key, 2)[0])
    fine = np.asarray(_run(_with_dt(finer, interval / 2), t, state, vectors, 2, key, 2)[0])
    with np.errstate(invalid="ignore"):
        difference = (coarse - fine) / interval
    bias = np.sqrt(difference.mean(axis=0) ** 2 + difference.var(axis=0) / len(difference))
    return np.where(np.isfinite(bias), bias, 0.0)


def _check(phi, state, t):
    if not np.isfinite(np.asarray(state)).all():
        remedy = "" if _is_discrete(phi) else "use a stiff or more accurate `solver=`, "
        raise NumericalError(
            f"{type(phi.system).__name__} diverged at some time before t = {t:g}, so it has no Lyapunov exponents "
            f"there. Start on the attractor (`x0=`), {remedy}or check the parameters.",
            time=t,
        )
