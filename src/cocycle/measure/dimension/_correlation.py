"""The correlation dimension of a recording, from the fraction of pairs closer than r."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import Estimate, EstimationError
from cocycle.measure._neighbours import spread_lags
from cocycle.measure._reconstruct import Reconstruction, reconstruct
from cocycle.measure._scaling import ScalingRegion
from cocycle.measure._series import as_series

from ._power_law import BLOCKS, SHIFT, Curve, bin_edges, estimate_of, power_law, require_power_law, with_edges

__all__ = ["correlation_dimension", "correlation_sum"]

_MEASURE = "correlation dimension"
_CLOSE_PAIRS = 250_000  # about so many closest pairs are counted exactly, by a k-d tree
_FAR_PAIRS = 2_500_000  # about so many pairs, all points alike, stand for the rest
_REFERENCES = 20_000  # beyond so many points, closest pairs are counted from evenly spread ones


def correlation_dimension(
    data: Any,
    *,
    delay: int | None = None,
    dimension: int | None = None,
    theiler: int | None = None,
) -> Estimate:
    """Correlation dimension $D_2$ of a recording, from the correlation sum [@grassberger1983measuring; @theiler1986].

    $$C(r) = \\frac{2}{(N - w)(N - w - 1)} \\#\\{\\, i + w < j : \\|v_i - v_j\\| < r \\,\\} ;\\qquad
    D_2 = \\text{slope of } \\ln C \\text{ against } \\ln r \\text{ in its scaling region}$$

    with the Euclidean norm and the Theiler window $w$. The closest pairs, where there are few, are all counted;
    larger distances are taken from a few million pairs at lags spread evenly over the recording, in which every point
    takes part alike.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`, `dimension`: of the embedding; default: chosen (`select_delay`, `select_dimension`), none for several
      variables.
    - `theiler`: samples; pairs closer in time are not counted. Default: one mean period, at least the embedding's
      span. Use 0 for points without an order in time.

    **Returns** an Estimate. `stderr` joins in quadrature: statistical (spread over 10 stretches of time of the mean
    local slope, the pairs' dependence included; a regression's own error would be some 20 times too small), misfit
    (curvature within the window, and what the edges of a cube of the data's size would change) and choice (spread
    over all windows with up to twice the least error).
    `diagnostics`: `log_radius`, `log_sum`, `log_sum_stderr`, `local_slope`, `window` (in ln r), `r_squared`,
    `alternative_windows`, the three errors, `takens` (the maximum-likelihood value below the window's upper end
    [@takens1985]), `delay`, `dimension`, `theiler`, `reasons`, and, where the dimension was chosen, `saturation`: the
    same slope at that dimension and two above.

    **Fails** with `EstimationError` where $\\ln C$ has no straight stretch over a factor 10 in C and 2 in r. A slope
    equal to the embedding dimension is what noise gives; a note says so. With N points, slopes above about
    $2 \\log_{10} N$ cannot be told from noise [@eckmann1992]; a note says that too.

    Above 20,000 points, closest pairs are counted for evenly spread reference points against all points.
    """
    series = as_series(data, measure=_MEASURE, min_length=100)
    space = reconstruct(series, delay, dimension, theiler, measure=_MEASURE, least=60)
    curve = correlation_sum(space)
    region = with_edges(require_power_law(curve, space, _MEASURE, "C"), curve, space)
    notes, saturation = [], None
    if dimension is None and series.values.shape[1] == 1:
        saturation = _saturation(series, space, region, theiler)
        above = saturation[1, 1:]
        if np.isfinite(above[0]) and above[0] - region.slope > max(
            2 * np.hypot(above[1], region.stderr), 0.1 * region.slope
        ):
            notes.append(
                f"The slope grows with the embedding dimension ({region.slope:.2f} at {space.dimension}, "
                f"{above[0]:.2f} at {space.dimension + 2}): noise, or too few data for this attractor."
            )
    if len(space.points) > _REFERENCES:
        count = len(range(0, len(space.points), -(-len(space.points) // _REFERENCES)))
        notes.append(f"Closest pairs counted for {count} of {len(space.points)} points, evenly spread, against all.")
    return estimate_of(
        "correlation_dimension",
        curve,
        region,
        space,
        notes,
        takens=_takens(curve, region),
        saturation=saturation,
    )


class _Counts(NamedTuple):
    """Pairs by distance bin, and pair-ends by block of time and bin, with how many there were to count."""

    total: np.ndarray
    pairs: float
    ends: np.ndarray
    block_ends: np.ndarray


def _saturation(series, space: Reconstruction, region: ScalingRegion, theiler: int | None) -> np.ndarray:
    """Rows (dimension, slope, stderr) at the chosen dimension and two above; NaN where the latter shows no scaling."""
    rows = [[space.dimension, region.slope, region.stderr], [space.dimension + 2, np.nan, np.nan]]
    if len(series.values) > (space.dimension + 2) * space.delay + space.theiler + 100:
        higher = reconstruct(series, space.delay, space.dimension + 2, theiler, measure=_MEASURE, least=1)
        found = power_law(correlation_sum(higher))
        if found is not None:
            rows[1][1:] = found.slope, found.stderr
    return np.array(rows)


def correlation_sum(space: Reconstruction) -> Curve:
    """`ln C` against `ln r`, and the curve of each block of points."""
    points = space.points - space.points.mean(axis=0)
    rows, window = len(points), space.theiler
    close, radius = _close_pairs(points, window)
    far = _far_pairs(points, window)
    last = max(len(close.total), len(far.total))

    def cumulated(counts: _Counts):
        total = np.zeros(last)
        total[: len(counts.total)] = counts.total
        ends = np.zeros((BLOCKS, last))
        ends[:, : counts.ends.shape[1]] = counts.ends
        return np.cumsum(total), np.cumsum(total) / counts.pairs, np.cumsum(ends, axis=1) / counts.block_ends[:, None]

    edges = bin_edges(0, last)
    exact = edges <= radius**2
    count_close, c_close, ends_close = cumulated(close)
    count_far, c_far, ends_far = cumulated(far)
    c = np.where(exact, c_close, c_far)
    ends = np.where(exact, ends_close, ends_far)
    enough = np.where(exact, count_close, count_far) >= max(20, rows // 500)
    keep = enough & (c <= 0.1) & (edges > 1e-28 * (points**2).sum(axis=1).max())
    if keep.sum() < 5:
        raise EstimationError(
            f"{_MEASURE}: fewer than five radii between the closest pairs and a tenth of all pairs: the series is "
            "coarsely rounded, repeats exactly, or is too short. Give finer resolution or more data."
        )
    c, ends = c[keep], ends[:, keep]
    # C is an average over pairs: to first order a block of points moves it through both ends, hence the factor 2.
    return Curve(0.5 * np.log(edges[keep]), np.log(c), 2 * (ends / c - 1))


def _close_pairs(points: np.ndarray, window: int) -> tuple[_Counts, float]:
    """All pairs of a reference and a point that are closer than a radius, and that radius."""
    from scipy.spatial import KDTree

    rows = len(points)
    stride = -(-rows // _REFERENCES)
    tree = KDTree(points, balanced_tree=False)
    references = np.arange(0, rows, stride)
    wanted = int(np.clip(2 * _CLOSE_PAIRS / len(references), 8, rows // 4))
    radius = _radius(points, tree, window, wanted)
    if stride == 1:
        pairs = tree.query_pairs(radius, output_type="ndarray")
        i, j = pairs[:, 0], pairs[:, 1]
    else:
        others = KDTree(points[references], balanced_tree=False)
        found = others.sparse_distance_matrix(tree, radius, output_type="ndarray")
        i, j = references[found["i"]], found["j"]
    apart = np.abs(i - j) > window
    i, j = i[apart], j[apart]
    difference = points[i] - points[j]
    bins = np.einsum("ij,ij->i", difference, difference).view(np.int64) >> SHIFT
    block = np.arange(rows) * BLOCKS // rows
    index = np.arange(rows)
    partners = rows - 1 - np.minimum(index, window) - np.minimum(rows - 1 - index, window)
    total = np.bincount(bins)
    ends = _by_block(block[i], bins, len(total))
    if stride == 1:
        ends += _by_block(block[j], bins, len(total))
    at_hand = partners[references]
    block_ends = np.bincount(block[references], weights=at_hand, minlength=BLOCKS)
    pairs_in_all = float(at_hand.sum()) / (2 if stride == 1 else 1)
    return _Counts(total, pairs_in_all, ends, block_ends), radius


def _radius(points: np.ndarray, tree, window: int, wanted: int) -> float:
    """The median distance to the `wanted`-th point beyond the Theiler window, over 100 references."""
    rows = len(points)
    references = np.linspace(0, rows - 1, min(rows, 100)).astype(int)
    ask = min(rows, wanted + 2 * window + 1)
    if ask <= 1000:
        distance, index = tree.query(points[references], k=ask)
    else:  # a long window: rank among a sample of all points instead
        sample = np.arange(0, rows, -(-rows // 5000))
        distance = np.linalg.norm(points[references, None] - points[sample], axis=2)
        index = np.broadcast_to(sample, distance.shape)
        wanted = max(2, wanted * len(sample) // rows)
    distance = np.sort(np.where(np.abs(index - references[:, None]) > window, distance, np.inf), axis=1)
    return float(np.median(distance[:, min(wanted, distance.shape[1]) - 1]))


def _far_pairs(points: np.ndarray, window: int) -> _Counts:
    """Pairs at 2,000 lags, spread evenly over all lags beyond the window."""
    rows = len(points)
    lags = spread_lags(window + 1, rows, 2000)  # many: in a regular motion all pairs at one lag are equally far apart
    stride = int(np.ceil(max(1.0, (rows - lags).sum() / _FAR_PAIRS)))
    columns = [np.ascontiguousarray(column) for column in points.T]
    top = int((4 * (points**2).sum(axis=1).max()).view(np.int64) >> SHIFT)
    low = top - 4 * 60  # sixty octaves of r^2: what lies below is counted by the tree
    size = top - low + 1
    shift = (np.arange(rows) * BLOCKS // rows) * size - low
    ends = np.zeros(BLOCKS * size)
    for lag in lags:
        square = np.square(columns[0][lag::stride] - columns[0][: rows - lag : stride])
        for column in columns[1:]:
            difference = column[lag::stride] - column[: rows - lag : stride]
            difference *= difference
            square += difference
        bins = np.maximum(square.view(np.int64) >> SHIFT, low)
        ends += np.bincount(bins + shift[: rows - lag : stride], minlength=len(ends))
        ends += np.bincount(bins + shift[lag::stride], minlength=len(ends))
    full = np.zeros((BLOCKS, top + 1))
    full[:, low:] = ends.reshape(BLOCKS, size)
    return _Counts(full.sum(axis=0) / 2, float(ends.sum()) / 2, full, full.sum(axis=1))


def _by_block(block: np.ndarray, bins: np.ndarray, size: int) -> np.ndarray:
    return np.bincount(block * size + bins, minlength=BLOCKS * size).reshape(BLOCKS, size)


def _takens(curve: Curve, region: ScalingRegion) -> float:
    """`C(r0) / integral of C dr/r` up to the window's upper end, the power law continued below the smallest radius."""
    c, x = np.exp(curve.y[: region.stop + 1]), curve.x[: region.stop + 1]
    return float(c[-1] / (np.trapezoid(c, x) + c[0] / region.slope))
