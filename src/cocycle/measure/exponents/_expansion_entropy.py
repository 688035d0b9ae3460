"""Expansion entropy: how fast the volume that a system spreads out over itself grows."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError, Map, System
from cocycle.evolve import Solver, time_scale
from cocycle.measure._arguments import duration, finite
from cocycle.measure._deformation import Deformation, grid_box, singular_values
from cocycle.measure._neighbours import whole
from cocycle.measure._random import generator

__all__ = ["expansion_entropy"]

_MEASURE = "expansion entropy"
_FEWEST = 200  # effective samples down to which the volume is believed
_RANGE = 30.0  # nats: a stretch of 1 beside a larger one than e^30 is lost to rounding
_MEMORY = 25.0  # nats of typical stretch: rounding errors of the start, grown as much, then decide where points go
_LEAST_TIMES = 5  # in the window of the fit


class _Curve(NamedTuple):
    """What became of the samples: rows are times, columns batches."""

    times: np.ndarray
    log_volume: np.ndarray  # (times, batches): log of the mean of G over the batch, -inf where none is left
    survivors: np.ndarray
    effective: np.ndarray
    ended: str


def expansion_entropy(
    system: System,
    box: Any,
    *,
    time: float | None = None,
    dt: float | None = None,
    points: int | None = None,
    batches: int = 20,
    region: Callable[[Any], Any] | None = None,
    t0: float = 0.0,
    solver: Solver | None = None,
    key: Any = None,
) -> Estimate:
    r"""Expansion entropy of a system in a restraining region $S$ [@hunt2015]: positive where there is chaos in $S$.

    $$H = \lim_{T \to \infty} \frac1T \ln E_T, \qquad
    E_T = \frac{1}{\mu(S)} \int_{S_T} G\big(D\phi^T(x)\big)\, dx$$

    $G$ is the product of the singular values above 1, and $S_T$ holds the points that stay in $S$ throughout $T$. It
    needs no invariant measure, sees chaos that is not attracting, and agrees with the topological entropy where that
    is known. Points are drawn uniformly from $S$; $H$ is the slope of $\ln E_T$.

    **Arguments**

    - `system`: a `Flow` or a `Map`. - `box`: `((low, high), ...)`, one pair a variable.
    - `region`: a function of a state that says whether it lies in $S$ (within the box); default: all of the box.
    - `time`: how long at most; default 60 steps of a map, 20 periods of a flow. The run ends sooner where the samples
      no longer support it: fewer than 200 effective ones, or stretches so large (about $e^{25}$) that rounding decides.
    - `dt`: of a flow, how often to look whether points are inside; default an eighth of the period.
    - `points`: samples in all; default 100,000 for a map, 20,000 for a flow. - `batches`: independent parts of them.
    - `t0`: the time at the start. - `solver`, `key`: as for `cc.trajectory`; `key=None` is seed 0.

    **Returns** an `Estimate` in 1/time. The slope is fitted to the last three quarters of the run. `stderr` joins in
    quadrature the sampling error (jackknife over the batches) and the misfit (half the difference of the slopes of the
    two halves of the window: what is left of the transient). The solver's error is not in it. Diagnostics: `times`,
    `log_expansion`, `survivors`, `effective` (sample sizes), `window`, `stderr_sampling`, `stderr_misfit`, `ended` (why
    the run ended there).

    **Fails** with `EstimationError` where points leave $S$ too soon for a slope. Where expansion is very uneven (near
    neutral points, say) rare samples carry the mean; then the value is too low by more than the error bar says:
    repeat with more `points`.
    """
    batches, t0 = whole(batches, "batches", 4), finite(t0, "t0")
    discrete = isinstance(system, Map)
    if isinstance(system, System) and dt is None and not discrete:
        dt = time_scale(system).period / 8
    deformation = Deformation(system, dt, solver, _MEASURE)
    step = float(deformation.phi.dt)
    bounds = grid_box(box, deformation.dim, _MEASURE)
    each = -(-whole(points or (100_000 if discrete else 20_000), "points", 50 * batches) // batches)
    span = (60 * step if discrete else 160 * step) if time is None else duration(time, "time")
    steps = round(span / step)
    if steps < _LEAST_TIMES + 2:
        raise CocycleError(
            f"{_MEASURE}: time={span:g} holds {max(steps, 0)} intervals of {step:g}; at least {_LEAST_TIMES + 2} are "
            "needed. Lengthen `time` or shorten `dt`."
        )
    inside = _inside(bounds, region)
    start = _sample(bounds, inside, batches * each, generator(key, "expansion_entropy"))
    curve = _follow(deformation, start, inside, steps, batches, t0)
    last = len(curve.times) - 1
    first = max(1, last // 4)
    if last - first + 1 < _LEAST_TIMES:
        raise EstimationError(
            f"{_MEASURE}: no slope can be fitted to {last} intervals of {step:g}. {curve.ended} Take more `points`, a "
            "shorter `dt`, or a `box` that points do not leave so soon."
        )
    window = slice(first, last + 1)
    t = curve.times[window]
    volumes = np.exp(curve.log_volume - curve.log_volume.max(axis=1, keepdims=True))
    shift = curve.log_volume.max(axis=1)
    whole_curve = np.log(volumes.mean(axis=1)) + shift
    slope = _slope(t, whole_curve[window])
    without = (volumes.sum(axis=1, keepdims=True) - volumes) / (batches - 1)
    with np.errstate(divide="ignore"):
        others = np.log(without[window]) + shift[window, None]
    slopes = _slope(t, others)
    sampling = float(np.sqrt((batches - 1) / batches * ((slopes - slopes.mean()) ** 2).sum()))
    middle = len(t) // 2
    misfit = (
        abs(
            _slope(t[middle:], whole_curve[window][middle:])
            - _slope(t[: middle + 1], whole_curve[window][: middle + 1])
        )
        / 2
    )
    return Estimate(
        "expansion_entropy",
        slope,
        float(np.hypot(sampling, misfit)),
        n=int(curve.survivors[last]),
        unit="1/time",
        diagnostics={
            "times": curve.times,
            "log_expansion": whole_curve,
            "survivors": curve.survivors,
            "effective": curve.effective,
            "local_slope": np.gradient(whole_curve, curve.times),
            "window": (float(t[0]), float(t[-1])),
            "intercept": float(whole_curve[window].mean() - slope * t.mean()),
            "stderr_sampling": sampling,
            "stderr_misfit": float(misfit),
            "points": batches * each,
            "batches": batches,
            "ended": curve.ended,
        },
    )


def _follow(deformation, start, inside, steps, batches, t0) -> _Curve:
    """Advance the samples and add up what they are stretched by, until too few are left to say anything."""
    dim, dt = deformation.dim, float(deformation.phi.dt)
    states = deformation.start(start)
    alive = np.ones(len(start), bool)
    times, volumes, survivors, effective = [0.0], [np.zeros(batches)], [len(start)], [float(len(start))]
    ended = "The run was as long as asked for."
    for i in range(1, steps + 1):
        states = deformation.advance(t0 + (i - 1) * dt, states)
        points, gradients = deformation.split(states)
        alive &= inside(points)
        if not alive.any():
            ended = f"All points leave the region within {i * dt:g} time units."
            break
        # a point that left is put where one is that stays: it no longer counts, but must not overflow
        spare = int(np.argmax(alive))
        states = jnp.where(jnp.asarray(alive)[:, None], states, states[spare])
        stretches = singular_values(np.where(alive[:, None, None], gradients, 0.0))
        with np.errstate(divide="ignore"):
            logs = np.where(stretches > 1, np.log(np.where(stretches > 0, stretches, 1.0)), 0.0)
        growth = logs.sum(axis=1)
        top = growth[alive].max()
        weights = np.where(alive, np.exp(growth - top), 0.0)
        typical = (weights @ logs.max(axis=1)) / weights.sum()
        if typical > _MEMORY or (dim > 1 and logs.max() > _RANGE):
            ended = (
                f"After {i * dt:g} time units stretches are so large (e^{typical:.0f}) that rounding decides the rest."
            )
            break
        size = weights.sum() ** 2 / (weights**2).sum()
        if size < _FEWEST:
            ended = f"Only {size:.0f} effective samples are left after {i * dt:g} time units ({alive.sum()} inside)."
            break
        with np.errstate(divide="ignore"):
            volumes.append(np.log(weights.reshape(batches, -1).mean(axis=1)) + top)
        times.append(i * dt)
        survivors.append(int(alive.sum()))
        effective.append(float(size))
    return _Curve(np.array(times), np.array(volumes), np.array(survivors), np.array(effective), ended)


def _slope(t, y):
    """Least-squares slope of each column."""
    centred = t - t.mean()
    return centred @ y / (centred @ centred)


def _inside(bounds, region):
    """A test of points `(batch, dim)`; NaN is outside."""
    many = None if region is None else jax.jit(jax.vmap(lambda x: jnp.asarray(region(x), bool).reshape(())))

    def inside(points):
        with np.errstate(invalid="ignore"):
            within = ((points >= bounds[:, 0]) & (points <= bounds[:, 1])).all(axis=1)
        return within if many is None else within & np.asarray(many(points))

    return inside


def _sample(bounds, inside, count, rng):
    """`count` points drawn uniformly from the region, shape `(count, dim)`."""
    found = np.empty((0, len(bounds)))
    for _ in range(200):
        fresh = rng.uniform(*bounds.T, (count, len(bounds)))
        found = np.concatenate([found, fresh[inside(fresh)]])
        if len(found) >= count:
            return found[:count]
    raise EstimationError(
        f"{_MEASURE}: of {200 * count} points of the box {len(found)} lie in the region. Give a `box` that fits it."
    )
