"""How long a forecast from a slightly wrong start stays right."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError, Flow, Map, NotApplicableError, SemilinearFlow, System
from cocycle.evolve import Dop853, Solver, cocycle, ensemble, time_scale, trajectory
from cocycle.measure._arguments import duration, finite, start
from cocycle.measure._neighbours import whole
from cocycle.measure._random import generator
from cocycle.measure.exponents import lyapunov_spectrum

__all__ = ["predictability_horizon"]

_MEASURE = "predictability horizon"
_APART = 3  # periods between one start and the next
_BOOTSTRAP = 1000


def predictability_horizon(
    system: System,
    *,
    error: float = 1e-4,
    tolerance: float = 0.3,
    members: int = 100,
    dt: float | None = None,
    transient: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
    key: Any = None,
) -> Estimate:
    r"""The time after which a small error of the start has grown to `tolerance`, measured and from the exponent.

    Pairs of runs start on the attractor, apart by `error` in a random direction; the horizon of a pair is when its
    distance first reaches `tolerance`. Both are in units of the attractor's size, the root mean square distance
    from its mean. To first order [@boffetta2002]

    $$T \approx \frac{1}{\lambda_1} \ln \frac{\text{tolerance}}{\text{error}},$$

    which leaves out that errors first turn into the growing direction, that growth varies from place to place, and that
    it slows down as errors become large. The measured curve holds all three.

    **Arguments**

    - `system`: a `Flow` or a `Map`. - `error`, `tolerance`: relative to the attractor's size, error below tolerance
      below 1. - `members`: how many pairs, 20 or more.
    - `dt`: how often the distance is looked at; default: the system's own, and at most a tenth of $1/\lambda_1$ (the
      crossing is interpolated in the logarithm).
    - `transient`, `x0`, `solver`, `key`: as for `cc.trajectory`; `key=None` is seed 0. The default solver is as exact
      as `error` asks for.

    **Returns** an `Estimate`: the median over pairs, with `stderr` and the 95 % `interval` by bootstrap over the pairs.
    How long a single forecast lasts varies more: `quantiles` (5, 25, 50, 75, 95 %). Diagnostics: `horizons` of the
    pairs, `times` and `growth` (median logarithm of the relative distance), `from_exponent` (the formula) with
    `from_exponent_stderr`, `exponent`, `size`.

    **Fails** with `NotApplicableError` where the largest exponent is not positive: errors do not grow, and there is no
    horizon; with `EstimationError` where over half of the pairs never reach the tolerance.
    """
    if not isinstance(system, (Flow, Map)):
        cocycle(system)  # raises the right sentence if it is no system
        raise NotApplicableError(
            f"{_MEASURE}: {type(system).__name__} is neither a Flow nor a Map. Of a stochastic flow take "
            "`system.skeleton()`: with noise the horizon depends on the noise, not on the start."
        )
    cocycle(system, dt, solver)  # raises the right sentence for an interval or a solver that does not fit
    start(system, x0)
    error, tolerance = finite(error, "error"), finite(tolerance, "tolerance")
    if not 1e-10 <= error < tolerance < 1:
        raise CocycleError(
            f"{_MEASURE}: 1e-10 <= error < tolerance < 1 (relative to the attractor's size); got error={error:g} and "
            f"tolerance={tolerance:g}. Smaller errors drown in rounding."
        )
    members = whole(members, "members", 20)
    if solver is None and isinstance(system, Flow) and not isinstance(system, SemilinearFlow):
        fine = min(1e-8, 1e-4 * error)
        solver = Dop853(fine, fine)
    exponent = lyapunov_spectrum(system, k=1, transient=transient, x0=x0, solver=None)[0]
    rate, rate_error = float(exponent.value), float(np.nan_to_num(exponent.stderr))
    scale = time_scale(system)
    if not rate > max(2 * rate_error, 1e-4 / scale.period):
        raise NotApplicableError(
            f"{_MEASURE}: the largest Lyapunov exponent of {type(system).__name__} is {rate:.3g} +- {rate_error:.2g}, "
            "not positive beyond its error: small errors do not grow exponentially, so there is no horizon."
        )
    starts, size = _starts(system, members, transient, x0, solver, scale)
    rng = generator(key, "predictability_horizon")
    kick = rng.normal(size=starts.shape)
    kick *= error * size / np.linalg.norm(kick, axis=1, keepdims=True)

    formula = np.log(tolerance / error) / rate
    discrete = isinstance(system, Map)
    step = (
        float(system.dt if dt is None else dt) if discrete else min(scale.dt, 0.1 / rate) if dt is None else float(dt)
    )
    longest = step * int(np.ceil((3 * formula + 10 * scale.period) / step))
    both = np.concatenate([starts, starts + kick])
    runs = np.asarray(ensemble(system, both, longest, dt=step, solver=solver).states)
    apart = np.linalg.norm(runs[members:] - runs[:members], axis=2) / size  # (members, T)
    with np.errstate(divide="ignore"):
        logs = np.log(apart)
    times = step * np.arange(apart.shape[1])
    horizons = _crossing(times, logs, np.log(tolerance))
    lost = np.isfinite(horizons)
    if lost.mean() <= 0.5:
        raise EstimationError(
            f"{_MEASURE}: only {lost.mean():.0%} of {members} pairs part by {tolerance:g} of the attractor's size "
            f"within {longest:g} time units, three times what the exponent predicts. Lower `tolerance`, or check that "
            "x0 lies on the attractor."
        )
    resampled = np.median(rng.choice(horizons, (_BOOTSTRAP, members)), axis=1)
    resampled = resampled[np.isfinite(resampled)]
    notes = () if lost.all() else (f"{int((~lost).sum())} of {members} pairs had not parted after {longest:g}.",)
    return Estimate(
        "predictability_horizon",
        float(np.median(horizons)),
        float(resampled.std(ddof=1)),
        interval=(float(np.quantile(resampled, 0.025)), float(np.quantile(resampled, 0.975))),
        n=members,
        unit="time",
        diagnostics={
            "horizons": horizons,
            "quantiles": np.quantile(np.where(lost, horizons, longest), [0.05, 0.25, 0.5, 0.75, 0.95]),
            "times": times,
            "growth": np.median(logs, axis=0),
            "read_on": "times",
            "from_exponent": formula,
            "from_exponent_stderr": formula * rate_error / rate,
            "exponent": exponent,
            "size": size,
            "error": error,
            "tolerance": tolerance,
        },
        notes=notes,
    )


def _starts(system, members, transient, x0, solver, scale):
    """Points on the attractor, a few periods apart and at one phase of any forcing, and the attractor's size."""
    gap = _APART * scale.period
    wait = scale.transient if transient is None else duration(transient, "transient", zero=True)
    if isinstance(system, Map):
        gap = 10 * float(system.dt)
    elif system.forcing_period is not None:
        forcing = float(system.forcing_period)
        gap, wait = (forcing * np.ceil(v / forcing - 1e-9) for v in (gap, wait))
    run = trajectory(system, members * gap, dt=gap, transient=wait or None, x0=x0, solver=solver)
    starts = np.asarray(run.states)[1:]
    size = float(np.sqrt(((starts - starts.mean(axis=0)) ** 2).sum(axis=1).mean()))
    if not size > 0:
        raise NotApplicableError(f"{_MEASURE}: {type(system).__name__} rests; there is nothing to forecast.")
    return starts, size


def _crossing(times, logs, level):
    """When each curve first reaches the level, interpolated; infinite where it never does."""
    above = logs >= level
    first = np.argmax(above, axis=1)
    row = np.arange(len(logs))
    before = np.maximum(first - 1, 0)
    low, high = logs[row, before], logs[row, first]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(np.isfinite(low) & (high > low), (level - low) / (high - low), 1.0)
    crossing = times[before] + share * (times[first] - times[before])
    return np.where(above.any(axis=1), crossing, np.inf)
