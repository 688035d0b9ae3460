"""Neighbours in state space, apart in time; and the time scales of a recording."""

from typing import NamedTuple

import numpy as np

from cocycle.core import CocycleError, EstimationError

from ._series import Series

__all__ = [
    "Neighbours",
    "autocorrelation",
    "delay_matrix",
    "mean_period",
    "nearest_neighbours",
    "require_neighbours",
    "spread_lags",
    "theiler_window",
    "whole",
]


def whole(value: int, name: str, least: int = 1) -> int:
    """`value` as an int, or a `CocycleError` that names the argument."""
    try:
        number = int(value)
        good = number == value and number >= least
    except (TypeError, ValueError, OverflowError):
        number, good = 0, False
    if not good:
        raise CocycleError(f"`{name}` is a whole number >= {least}; got {value!r}.")
    return number


def delay_matrix(values: np.ndarray, delay: int, dimension: int) -> np.ndarray:
    """Rows `(x_t, x_{t+delay}, ..., x_{t+(dimension-1) delay})`, shape `(T - (dimension-1) delay, dimension * dim)`."""
    rows = len(values) - (dimension - 1) * delay
    return np.concatenate([values[i * delay : i * delay + rows] for i in range(dimension)], axis=1)


def autocorrelation(column: np.ndarray, lags: int) -> np.ndarray:
    """Autocorrelation at lags `0 .. lags` (biased normalisation: divided by T, not T - lag)."""
    x = column - column.mean()
    size = 1 << (len(x) + lags - 1).bit_length()  # zeros up to a power of two: no wrap-around, and fast
    power = np.abs(np.fft.rfft(x, size)) ** 2
    covariance = np.fft.irfft(power, size)[: lags + 1]
    return covariance / covariance[0]


def mean_period(values: np.ndarray) -> float:
    """1 / (power-weighted mean frequency), in samples: the longest over the columns.

    The weighting makes it the dominant period of an oscillation and a few samples for a map or white noise.
    """
    rows = min(len(values), 1 << 16)  # a period needs many cycles, not the whole of a very long record
    x = values[:rows] - values[:rows].mean(axis=0)
    size = 1 << (rows - 1).bit_length()
    power = np.abs(np.fft.rfft(x, size, axis=0)) ** 2
    frequency = np.arange(len(power)) / size
    mean = (frequency[:, None] * power).sum(axis=0) / power.sum(axis=0)
    return float(1.0 / np.min(mean))


def theiler_window(series: Series, span: int, theiler: int | None) -> int:
    """The Theiler window in samples: as given, or one mean period and at least the embedding's span."""
    rows = len(series.values)
    if theiler is not None:
        return whole(theiler, "theiler", 0)
    return int(min(max(np.ceil(mean_period(series.values)), span, 1), max(1, rows // 10)))


class Neighbours(NamedTuple):
    """`index (R, k)` and `distance (R, k)` of the neighbours of each reference; `index = -1` where none was found."""

    index: np.ndarray
    distance: np.ndarray


def nearest_neighbours(
    points: np.ndarray,
    references: np.ndarray,
    theiler: int,
    *,
    k: int = 1,
    norm: float = 2.0,
    limit: int | None = None,
    tree=None,
) -> Neighbours:
    """The `k` nearest points to each reference at distance > 0 and more than `theiler` samples away in time.

    A distance within rounding of the values counts as 0: an exact repeat says nothing of how neighbours part.
    `references`: indices into `points`; only points with index < `limit` are candidates. Asks a k-d tree for a few
    candidates and for more only where these were excluded, so well sampled flows cost little more than maps.
    """
    from scipy.spatial import KDTree

    limit = len(points) if limit is None else limit
    same = 1e-12 * float(np.abs(points).max(initial=0.0))
    if tree is None:
        tree = KDTree(points[:limit], balanced_tree=False)
    index = np.full((len(references), k), -1)
    distance = np.full((len(references), k), np.nan)
    todo = np.arange(len(references))
    ask, most = min(k + 2, limit), min(limit, 4 * (2 * theiler + 1) + 64 + k)
    while len(todo):
        if ask > max(64, limit // 50):  # so many candidates cost more than all distances
            index[todo], distance[todo] = _by_all_distances(points, references[todo], theiler, k, norm, limit, same)
            break
        unresolved = []
        chunk = max(1, 4_000_000 // ask)
        for start in range(0, len(todo), chunk):
            rows = todo[start : start + chunk]
            found = tree.query(points[references[rows]], k=ask, p=norm)
            d, j = np.reshape(found[0], (-1, ask)), np.reshape(found[1], (-1, ask))
            good = (np.abs(j - references[rows, None]) > theiler) & (d > same) & (j < limit)
            enough = good.sum(axis=1) >= k
            if ask == most:
                enough[:] = True
            keep = good[enough]
            rank = np.cumsum(keep, axis=1)
            row, column = np.nonzero(keep & (rank <= k))
            index[rows[enough][row], rank[row, column] - 1] = j[enough][row, column]
            distance[rows[enough][row], rank[row, column] - 1] = d[enough][row, column]
            unresolved.append(rows[~enough])
        todo = np.concatenate(unresolved)
        ask = min(4 * ask, most)
    return Neighbours(index, distance)


def _by_all_distances(points, references, theiler, k, norm, limit, same) -> tuple[np.ndarray, np.ndarray]:
    from scipy.spatial.distance import cdist

    index = np.full((len(references), k), -1)
    distance = np.full((len(references), k), np.nan)
    chunk = max(1, 2_000_000 // limit)
    for start in range(0, len(references), chunk):
        rows = references[start : start + chunk]
        d = cdist(points[rows], points[:limit], "chebyshev" if np.isinf(norm) else "euclidean")
        d[d <= same] = np.inf
        for row, i in enumerate(rows):
            d[row, max(0, i - theiler) : i + theiler + 1] = np.inf
        best = np.argpartition(d, min(k, limit) - 1, axis=1)[:, :k]
        near = np.take_along_axis(d, best, axis=1)
        order = np.argsort(near, axis=1)
        best, near = np.take_along_axis(best, order, axis=1), np.take_along_axis(near, order, axis=1)
        index[start : start + chunk, : best.shape[1]] = np.where(np.isfinite(near), best, -1)
        distance[start : start + chunk, : best.shape[1]] = np.where(np.isfinite(near), near, np.nan)
    return index, distance


def require_neighbours(found: Neighbours, measure: str, theiler: int) -> np.ndarray:
    """The references that have a neighbour, as a mask; an `EstimationError` where fewer than half do."""
    have = found.index[:, -1] >= 0
    if have.mean() < 0.5:
        raise EstimationError(
            f"{measure}: {100 * (1 - have.mean()):.0f} % of the points have no neighbour at a distance above zero and "
            f"more than {theiler} samples away in time: the series repeats exactly (periodic or coarsely rounded) or "
            "is too short. Give a longer recording, finer resolution or a smaller `theiler`."
        )
    return have


def spread_lags(first: int, stop: int, count: int) -> np.ndarray:
    """`count` whole numbers in `first .. stop - 1`, one at random in each equal part (seed 0); all of them if so few.

    Evenly spaced lags would beat with the period of an oscillation.
    """
    if count >= stop - first:
        return np.arange(first, stop)
    edges = np.linspace(first, stop, count + 1)
    return np.unique((edges[:-1] + np.random.default_rng(0).uniform(size=count) * np.diff(edges)).astype(int))
