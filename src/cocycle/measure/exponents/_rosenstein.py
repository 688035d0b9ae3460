"""The largest Lyapunov exponent of a recording, from the divergence of nearest neighbours."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError
from cocycle.measure._neighbours import mean_period, nearest_neighbours, require_neighbours, whole
from cocycle.measure._reconstruct import Reconstruction, reconstruct
from cocycle.measure._scaling import ScalingRegion, scaling_region
from cocycle.measure._series import Series, as_series

from ._kantz import TYPICAL, ball_divergence

__all__ = ["largest_lyapunov"]

_REFERENCES = 4_000  # reference points; more cost time and hardly narrow the error, which the number of periods sets
_BLOCKS = 10
_GRID = 64  # look-ahead times at which the curve is taken
_MEASURE = "largest Lyapunov exponent"


def largest_lyapunov(
    data: Any,
    *,
    delay: int | None = None,
    dimension: int | None = None,
    theiler: int | None = None,
    horizon: int | None = None,
    method: str = "rosenstein",
) -> Estimate:
    """Largest Lyapunov exponent of a recording, from how fast nearest neighbours part [@rosenstein1993].

    For every reference point $i$, $j(i)$ is its nearest neighbour in delay space more than `theiler` samples away in
    time, and

    $$S(t) = \\operatorname{median}_i\\; \\ln \\| v_{i+t} - v_{j(i)+t} \\| ;\\qquad
    \\lambda = \\text{slope of } S \\text{ in its scaling region.}$$

    With `method="kantz"` [@kantz1994] all neighbours $U_i$ within a radius are followed, and averaged before the
    logarithm: $S(t) = \\langle \\ln \\langle \\| v_{i+t} - v_{j+t} \\| \\rangle_{j \\in U_i} \\rangle_i$. That is
    steadier against noise, has less room to grow, and lies somewhat high where stretching varies. Three radii are
    tried, at which a typical point has 5, 10 and 20 neighbours, and the one with the least error is taken.

    The median stands in place of Rosenstein's mean: the slope of the mean falls as soon as the first pairs reach the
    size of the attractor, that of the median only when half have. (On Lorenz-63, 10,000 samples: about 0.84 and 0.91;
    the exponent is 0.906.) The mean's curve is in the diagnostics. The window is found, see below; a slope without a
    window is refused.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`. The unit of time is the Trajectory's; one sample for an
      array.
    - `delay`, `dimension`: of the embedding; default: chosen (`select_delay`, `select_dimension`), none for several
      variables.
    - `theiler`: samples; pairs closer in time are not neighbours. Default: one mean period, at least the embedding's
      span.
    - `method`: `"rosenstein"` or `"kantz"`.
    - `horizon`: samples to look ahead; default: until pairs are as far apart as points drawn at random, at most T / 4.

    **Returns** an Estimate in 1/time. `stderr` joins three errors in quadrature: statistical (10 blocks of reference
    points), misfit (curvature within the window) and choice (spread over all windows with up to twice the least
    error; of Kantz's method also over the radii, and the change if the logarithm is taken before the average).
    `diagnostics`: `times`, `divergence` ($S$), `divergence_mean`, `local_slope`, `saturation`, `window` (in time),
    `r_squared`, `alternative_windows` (rows: first and last time, slope, error), the three errors, `method`, `radius`
    (of Kantz's neighbourhoods), `delay`, `dimension`, `theiler`, `reasons`.

    **Fails** with `EstimationError` where neighbours do not part exponentially: white noise (they part at once),
    periodic and quasi-periodic motion (they stay), diffusion (ever slower), a trend (no return), a series that
    repeats exactly. Strongly correlated noise can still look exponential over one decade [@provenzale1992]: confirm
    with `surrogate_test`.

    Up to 4,000 reference points, evenly spread, are followed; neighbours are sought among all points.
    """
    if method not in ("rosenstein", "kantz"):
        raise CocycleError(f'{_MEASURE}: method is "rosenstein" or "kantz"; got {method!r}.')
    series = as_series(data, measure=_MEASURE, min_length=100)
    space = reconstruct(series, delay, dimension, theiler, measure=_MEASURE, least=50)
    first = _best_attempt(series, space, horizon, method)
    attempt = first
    if dimension is None and series.values.shape[1] == 1:
        for lower in sorted({m for m in (-(-space.dimension // 2), 2) if m < space.dimension}, reverse=True):
            if attempt.region is not None:
                break
            space = reconstruct(series, space.delay, lower, theiler, measure=_MEASURE, least=50)
            attempt = _best_attempt(series, space, horizon, method)
            space.reasons["dimension"] = (
                f"no scaling region at {first.space.dimension}; a lower dimension keeps more of the growth"
            )
    region, space = attempt.region, attempt.space
    if region is None:
        raise EstimationError(
            f"{_MEASURE}: no stretch where neighbours part exponentially by a factor e or more (in all they grow apart "
            f"by a factor {np.exp(first.curve.max() - first.curve[0]):.3g} within {first.times[-1]:.4g} time units). "
            f"{_why(first)} More data, less noise, or another `delay` and `dimension` may show one."
        )
    notes = ()
    if attempt.n < 0.7 * len(space.points):
        notes = (f"{attempt.n} of {len(space.points)} points followed, evenly spread; neighbours sought among all.",)
    return Estimate(
        "largest_lyapunov",
        region.slope,
        region.stderr,
        n=attempt.n,
        unit="1/time",
        diagnostics={
            "times": attempt.times,
            "divergence": attempt.curve,
            "divergence_stderr": attempt.blocks.std(axis=0, ddof=1) / np.sqrt(_BLOCKS),
            "divergence_mean": attempt.mean,
            "method": method,
            "radius": attempt.radius,
            "saturation": attempt.saturation,
            **region.diagnostics(attempt.times, attempt.curve),
            "delay": space.delay,
            "dimension": space.dimension,
            "theiler": space.theiler,
            "reasons": space.reasons,
        },
        notes=notes,
    )


class _Attempt(NamedTuple):
    """The divergence curve in one reconstruction, and its scaling region if there is one."""

    space: Reconstruction
    times: np.ndarray
    curve: np.ndarray
    mean: np.ndarray
    blocks: np.ndarray
    saturation: float
    n: int
    fresh: float  # time after which a delay vector holds new samples only
    region: ScalingRegion | None
    radius: float | None  # of Kantz's neighbourhoods


def _best_attempt(series: Series, space: Reconstruction, horizon: int | None, method: str) -> _Attempt:
    """Rosenstein's curve; or of Kantz's at several radii that with the least error, their spread added to it."""
    if method == "rosenstein":
        return _attempt(series, space, horizon, None)
    tried = [_attempt(series, space, horizon, typical) for typical in TYPICAL]
    found = [(a, a.region) for a in tried if a.region is not None]
    if not found:
        return tried[0]
    best, region = min(found, key=lambda pair: pair[1].stderr)
    spread = np.sqrt(np.mean([(other.slope - region.slope) ** 2 for _, other in found]))
    return best._replace(region=_widened(region, spread))


def _attempt(series: Series, space: Reconstruction, horizon: int | None, typical: int | None) -> _Attempt:
    points, rows = space.points, len(space.points)
    longest = rows // 4 if horizon is None else whole(horizon, "horizon", 3)
    if rows - longest - space.theiler < 40:
        raise CocycleError(f"{_MEASURE}: `horizon` = {longest} leaves too few of {rows} delay vectors to follow.")
    saturation = _saturation(points, space.theiler)
    if horizon is None:
        longest = _time_to_saturation(space, longest, saturation)
    limit = rows - longest
    references = np.unique(np.linspace(0, limit - 1, min(limit, _REFERENCES)).astype(int))
    found = nearest_neighbours(points, references, space.theiler, k=typical or 1, limit=limit)
    have = require_neighbours(found, _MEASURE, space.theiler)
    i, j = references[have], found.index[have, 0]
    _require_return(i, j, space)
    steps = np.unique(np.linspace(0, longest, min(longest + 1, _GRID)).round().astype(int))
    if typical is None:
        radius, distance, inside = None, _log_distances(points, i, j, steps), None
    else:
        radius = float(np.median(found.distance[have, -1])) * (1 + 1e-9)  # with the pair that sets it
        distance, inside = ball_divergence(points, references, radius, space.theiler, limit, steps)
    middle = np.median if typical is None else np.mean
    curve = middle(distance, axis=1)
    blocks = np.array([middle(part, axis=1) for part in np.array_split(distance, _BLOCKS, axis=1)])
    times = steps * series.dt
    high = np.flatnonzero(
        curve > saturation - np.log(2)
    )  # folding, not stretching, sets distances beyond half the size
    linear = slice(0, int(high[0]) if len(high) else len(curve))
    # What a delay vector gains while it is being refreshed, or within half a swing, is not the dynamics' stretching.
    extent = max(1.5 * space.span, 0.5 * mean_period(series.values)) * series.dt
    fresh = (space.span + 1) * series.dt
    region = scaling_region(
        times[linear], curve[linear], blocks[:, linear], min_points=4, min_extent=extent, min_rise=1.0, max_bend=0.3
    )
    if region is not None and inside is not None:  # pairs that part fastest rule an average before the logarithm
        window = slice(region.start, region.stop + 1)
        other = np.polyfit(times[linear][window], inside.mean(axis=1)[linear][window], 1)[0]
        region = _widened(region, other - region.slope)
    return _Attempt(
        space, times, curve, distance.mean(axis=1), blocks, saturation, distance.shape[1], fresh, region, radius
    )


def _widened(region: ScalingRegion, change: float) -> ScalingRegion:
    """The region with what another choice changes its slope by in its error."""
    return region._replace(choice=float(np.hypot(region.choice, change)), stderr=float(np.hypot(region.stderr, change)))


def _why(attempt: _Attempt) -> str:
    curve, total = attempt.curve, attempt.saturation - attempt.curve[0]
    if total < 1.0:
        return "Even the nearest neighbours are nearly as far apart as points drawn at random: noise, or too few data."
    if curve.max() - curve[0] < min(1.0, 0.5 * total):
        return "They stay together: periodic or quasi-periodic motion, or measurement noise that hides the growth."
    refreshed = np.searchsorted(attempt.times, attempt.fresh)  # by then no sample of the delay vector is an old one
    if curve[1] - curve[0] > 0.5 * total or curve[min(refreshed, len(curve) - 1)] - curve[0] > 0.9 * total:
        return "They part at once, as noise does."
    return "They part ever more slowly, as in diffusion or correlated noise, or too few steps lie in between."


def _saturation(points: np.ndarray, theiler: int) -> float:
    """Median log distance of points apart in time by chance: the size of the attractor."""
    rng = np.random.default_rng(0)
    i, j = rng.integers(0, len(points), (2, 4000))
    apart = np.abs(i - j) > theiler
    return float(np.median(_log_distances(points, i[apart], j[apart], np.zeros(1, int))))


def _time_to_saturation(space: Reconstruction, longest: int, saturation: float) -> int:
    """How far to look ahead: a pilot of 300 references, to half again where their curve levels off."""
    rows = len(space.points) - longest
    references = np.unique(np.linspace(0, rows - 1, min(rows, 300)).astype(int))
    found = nearest_neighbours(space.points, references, space.theiler, limit=rows)
    have = require_neighbours(found, _MEASURE, space.theiler)
    steps = np.unique(np.geomspace(1, longest, 40).round().astype(int))
    curve = np.median(_log_distances(space.points, references[have], found.index[have, 0], steps), axis=1)
    high = np.flatnonzero(curve > saturation - 0.5)
    return int(np.clip(1.5 * steps[high[0]], 8, longest)) if len(high) else longest


def _log_distances(points: np.ndarray, i: np.ndarray, j: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """`ln |v_{i+t} - v_{j+t}|`, shape `(steps, pairs)`; an exact return counts as a rounding error."""
    out = np.empty((len(steps), len(i)))
    for row, step in enumerate(steps):
        difference = points[i + step] - points[j + step]
        out[row] = np.einsum("ij,ij->i", difference, difference)
    floor = (1e-15 * np.abs(points).max()) ** 2 + np.finfo(float).tiny
    return 0.5 * np.log(np.maximum(out, floor))


def _require_return(i: np.ndarray, j: np.ndarray, space: Reconstruction) -> None:
    """Neighbours that sit at the edge of the Theiler window belong to the same pass: nothing ever came back."""
    edge = np.abs(i - j) <= space.theiler + max(2, space.theiler // 4)
    if edge.mean() > 0.5 and len(space.points) > 8 * (space.theiler + 2):
        raise EstimationError(
            f"{_MEASURE}: for {100 * edge.mean():.0f} % of the points the nearest neighbour is just outside the "
            f"Theiler window of {space.theiler} samples, so the series does not return to its own past (a trend, a "
            "transient, or a random walk). Remove the trend or give a longer recording."
        )
