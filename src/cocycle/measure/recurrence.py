"""Recurrence quantification: how often, and for how long, a motion comes back to where it was."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError

from ._neighbours import spread_lags, whole
from ._reconstruct import Reconstruction, reconstruct
from ._series import as_series

__all__ = ["determinism", "recurrence_quantification", "recurrence_rate"]

_MEASURE = "recurrence quantification"
_ALONG = 50_000_000  # pairs compared along diagonals: all of them up to 10,000 points
_ACROSS = 20_000_000  # pairs compared along columns: all of them up to 4,400 points
_BLOCKS = 10
_SHOWN = 200  # points of the recurrence plot that a figure shows
_CHUNK = 32_000  # pairs at once: two float arrays of this size stay in a core's cache


def recurrence_quantification(
    data: Any,
    *,
    delay: int | None = None,
    dimension: int | None = None,
    rate: float = 0.05,
    threshold: float | None = None,
    theiler: int | None = None,
    min_line: int = 2,
) -> dict[str, Estimate]:
    """Recurrence quantification of a recording [@marwan2007, section 3.5], without ever holding the matrix.

    Points $i$ and $j$ recur, $R_{ij} = 1$, if $\\|v_i - v_j\\| \\le \\varepsilon$ (Euclidean) and $|i - j| > w$. With
    $P(l)$ the number of diagonal lines of exactly $l$ recurrences (stretches that run in parallel) and $V(l)$ that of
    vertical ones (stretches that stay):

    - `recurrence_rate`: RR, the fraction of pairs that recur.
    - `determinism`: DET $= \\sum_{l \\ge l_{min}} l P(l) / \\sum_l l P(l)$, the fraction of recurrences in lines. 1
      for a periodic motion; for independent noise $1 - (1 - RR)^2$ at $l_{min} = 2$.
    - `mean_line`: L $= \\sum_{l \\ge l_{min}} l P(l) / \\sum_{l \\ge l_{min}} P(l)$, in units of time.
    - `longest_line`: the longest diagonal line, in units of time.
    - `line_entropy`: ENT $= -\\sum_{l \\ge l_{min}} p(l) \\ln p(l)$ of the lengths of diagonal lines, in nats.
    - `laminarity`: LAM, as DET for vertical lines.
    - `trapping_time`: TT, as L for vertical lines, in units of time.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`, `dimension`: of the embedding; default: chosen (`select_delay`, `select_dimension`), none for several
      variables.
    - `rate`: the recurrence rate that fixes $\\varepsilon$ (from a million pairs; reached to about 1 % of itself).
    - `threshold`: $\\varepsilon$ itself, in the data's units, in place of `rate`.
    - `theiler`: $w$, samples; default: one mean period, at least the embedding's span. The band is cut out of
      vertical lines too; the vertical measures of the literature are those at 0, where the diagonal $i = j$ alone is
      left out.
    - `min_line`: $l_{min}$, samples.

    **Returns** a dictionary of Estimates by the names above. `stderr`: spread over 10 stretches of time, both ends of
    every line counted (delta method). `longest_line` has no `stderr`; its interval runs from the median of the
    stretches' longest to the longest. All carry `diagnostics`: `threshold`, `theiler`, `delay`, `dimension`,
    `fraction` (of the pairs compared), `reasons`; those of lines also `lengths` (samples) and `counts` of them;
    `recurrence_rate` the recurrence plot of the first 200 points or fewer: `matrix` at `times`. Where there is no line
    of `min_line`, `mean_line`, `line_entropy` or `trapping_time` are left out of the dictionary.

    Every pair is compared up to 10,000 points (4,400 for vertical lines); beyond, whole diagonals and whole columns
    drawn evenly over the recording (a note says what fraction). Raises `EstimationError` if nothing recurs.
    """
    series = as_series(data, measure=_MEASURE, min_length=30)
    min_line = whole(min_line, "min_line")
    space = reconstruct(series, delay, dimension, theiler, measure=_MEASURE, least=20)
    space = space._replace(points=space.points - space.points.mean(axis=0))
    radius = _threshold(space, rate, threshold)
    diagonal, vertical = _diagonal_lines(space, radius), _vertical_lines(space, radius)
    if not len(diagonal.length):
        raise EstimationError(
            f"{_MEASURE}: no two points more than {space.theiler} samples apart come within {radius:.4g}. Raise "
            "`rate` or `threshold`, or give a longer recording."
        )
    shared = {
        "threshold": radius,
        "theiler": space.theiler,
        "delay": space.delay,
        "dimension": space.dimension,
        "reasons": space.reasons,
    }
    out: dict[str, Estimate] = {}

    def add(
        name: str, lines: _Lines, value: float, influence: np.ndarray, unit: str = "", scale: float = 1.0, more=None
    ):
        partial = lines.compared < 1
        note = f"From {100 * lines.compared:.2g} % of all pairs, spread evenly over the recording."
        out[name] = Estimate(
            name,
            scale * value,
            scale * influence.std(ddof=1) / np.sqrt(_BLOCKS),
            n=int(lines.length.sum()),
            unit=unit,
            diagnostics={**shared, "fraction": lines.compared, **(more or {})},
            notes=(note,) if partial else (),
        )

    sizes = np.arange(diagonal.histogram.shape[1], dtype=float)
    found = float(diagonal.total @ sizes / diagonal.pair_ends.sum())
    add("recurrence_rate", diagonal, found, 2 * (diagonal.histogram @ sizes / diagonal.pair_ends - found))
    out["recurrence_rate"] = replace(
        out["recurrence_rate"],
        diagnostics={**out["recurrence_rate"].diagnostics, **_plot_of(space, radius, series.dt)},
    )
    for name, mean, lines in (("determinism", "mean_line", diagonal), ("laminarity", "trapping_time", vertical)):
        if not len(lines.length):
            continue
        sizes, seen = np.arange(lines.histogram.shape[1], dtype=float), lines.seen
        long, present = sizes >= min_line, seen["lengths"]
        add(name, lines, *lines.ratio(sizes * long, sizes), more=seen)
        if (present >= min_line).any():
            add(mean, lines, *lines.ratio(sizes * long, 1.0 * long), unit="time", scale=series.dt, more=seen)
    long = np.where(np.arange(len(diagonal.total)) >= min_line, diagonal.total, 0)
    if long.any():
        surprise = -np.log(np.maximum(long, 1) / long.sum()) * (long > 0)
        add("line_entropy", diagonal, *diagonal.ratio(surprise, 1.0 * (long > 0)), unit="nats", more=diagonal.seen)
    longest = series.dt * np.array([np.flatnonzero(row)[-1] if row.any() else 0 for row in diagonal.histogram])
    partial = ("A lower bound: not all diagonals were read.",) if diagonal.compared < 1 else ()
    out["longest_line"] = Estimate(
        "longest_line",
        longest.max(),
        interval=(float(np.median(longest)), float(longest.max())),
        n=len(diagonal.length),
        unit="time",
        diagnostics={**shared, "fraction": diagonal.compared, **diagonal.seen},
        notes=(*out["recurrence_rate"].notes, *partial),
    )
    return out


def recurrence_rate(data: Any, *, threshold: float, **options: Any) -> Estimate:
    """Fraction of pairs of points closer than `threshold`; other arguments as for `recurrence_quantification`.

    `threshold` is required here: with the threshold set by a rate, the rate would only be given back.
    """
    return recurrence_quantification(data, threshold=threshold, **options)["recurrence_rate"]


def determinism(data: Any, **options: Any) -> Estimate:
    """Fraction of recurrences that lie in diagonal lines; see `recurrence_quantification`, whose arguments it takes."""
    return recurrence_quantification(data, **options)["determinism"]


class _Lines(NamedTuple):
    """The lines found: how many of each length (column) have an end in each block of time (row; two ends a line)."""

    length: np.ndarray
    histogram: np.ndarray
    pair_ends: np.ndarray  # ends of all pairs compared, by block
    compared: float

    @property
    def total(self) -> np.ndarray:
        """Twice the number of lines of each length."""
        return self.histogram.sum(axis=0)

    @property
    def seen(self) -> dict[str, np.ndarray]:
        """The lengths that occur, in samples, and how many lines have them."""
        lengths = np.flatnonzero(self.total)
        return {"lengths": lengths, "counts": self.total[lengths] // 2}

    def ratio(self, above: np.ndarray, below: np.ndarray) -> tuple[float, np.ndarray]:
        """The ratio of two sums over lines of functions of their length, and each block's influence on it.

        The standard deviation of the influences / sqrt(blocks) is the standard error; 2, since a block of time acts
        through both ends.
        """
        value = float(self.total @ above / (self.total @ below))
        return value, 2 * (self.histogram @ (above - value * below)) / (self.histogram @ below).mean()


def _lines(first: np.ndarray, second: np.ndarray, length: np.ndarray, pair_ends: np.ndarray, compared: float) -> _Lines:
    """`first`, `second`: block of time of either end of every line."""
    size = int(length.max()) + 1 if len(length) else 1
    histogram = sum(np.bincount(end * size + length, minlength=_BLOCKS * size) for end in (first, second))
    return _Lines(length, np.asarray(histogram).reshape(_BLOCKS, size), pair_ends, compared)


def _plot_of(space: Reconstruction, radius: float, dt: float) -> dict[str, np.ndarray]:
    """The recurrence plot of the first points, for a figure."""
    points = space.points[:_SHOWN]
    square = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    return {"matrix": square <= radius**2, "times": dt * np.arange(len(points))}


def _threshold(space: Reconstruction, rate: float, threshold: float | None) -> float:
    if threshold is not None:
        if not threshold > 0:
            raise CocycleError(f"recurrence: `threshold` must be positive; got {threshold}.")
        return float(threshold)
    if not 0 < rate < 1:
        raise CocycleError(f"recurrence: `rate` is a fraction of pairs, between 0 and 1; got {rate}.")
    rows = len(space.points)
    lags = spread_lags(space.theiler + 1, rows, 1000)  # many lags, few pairs each: distances at one lag are alike
    stride = max(1, rows * len(lags) // 2_000_000)
    square = np.concatenate(
        [sum((c[lag::stride] - c[: rows - lag : stride]) ** 2 for c in space.points.T) for lag in lags]
    )
    rank = min(int(rate * len(square)), len(square) - 1)
    # the next double up, so that distances equal to the threshold but for rounding recur as well
    return float(np.sqrt(np.partition(square, rank)[rank]) * (1 + 1e-9))


def _diagonal_lines(space: Reconstruction, radius: float) -> _Lines:
    points, rows, window = space.points, len(space.points), space.theiler
    lags = spread_lags(window + 1, rows, max(20, 2 * _ALONG // rows))
    # beyond the recording every point is infinitely far, so that several diagonals can be read as one rectangle
    ahead = [
        np.lib.stride_tricks.sliding_window_view(np.concatenate([column, np.full(rows, np.inf)]), rows)
        for column in points.T
    ]
    here = [np.ascontiguousarray(column) for column in points.T]
    starts, lengths, seconds = [], [], []
    position = 0
    while position < len(lags):
        width = rows - int(lags[position])
        chunk = lags[position : position + max(1, _CHUNK // width)]
        position += len(chunk)
        run = slice(chunk[0], chunk[-1] + 1) if chunk[-1] - chunk[0] + 1 == len(chunk) else chunk
        row, start, length = _runs(_close([a[run, :width] for a in ahead], [h[:width] for h in here], radius))
        starts.append(start)
        lengths.append(length)
        seconds.append(start + chunk[row])
    first, length, second = np.concatenate(starts), np.concatenate(lengths), np.concatenate(seconds)
    return _lines(
        (first + length // 2) * _BLOCKS // rows,
        (second + length // 2) * _BLOCKS // rows,
        length,
        _pair_ends(rows, lags),
        len(lags) / (rows - window - 1),
    )


def _vertical_lines(space: Reconstruction, radius: float) -> _Lines:
    points, rows, window = space.points, len(space.points), space.theiler
    chosen = spread_lags(0, rows, max(20, _ACROSS // rows))
    here = [np.ascontiguousarray(column) for column in points.T]
    owners, starts, lengths = [], [], []
    step = max(1, _CHUNK // rows)
    for position in range(0, len(chosen), step):
        chunk = chosen[position : position + step]
        close = _close([h[chunk, None] for h in here], here, radius)
        for row, i in enumerate(chunk):
            close[row, max(0, i - window) : i + window + 1] = False
        row, start, length = _runs(close)
        owners.append(chunk[row])
        starts.append(start)
        lengths.append(length)
    owner, start, length = np.concatenate(owners), np.concatenate(starts), np.concatenate(lengths)
    block = np.arange(rows) * _BLOCKS // rows
    return _lines(
        block[owner],
        (start + length // 2) * _BLOCKS // rows,
        length,
        np.bincount(block[chosen], minlength=_BLOCKS).astype(float),
        len(chosen) / rows,
    )


def _close(first: list[np.ndarray], second: list[np.ndarray], radius: float) -> np.ndarray:
    square = None
    for a, b in zip(first, second):
        difference = a - b
        difference *= difference
        square = difference if square is None else np.add(square, difference, out=square)
    assert square is not None
    return square <= radius * radius


def _runs(close: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, first column and length of every horizontal run of True."""
    width = close.shape[1] + 1
    padded = np.zeros(close.shape[0] * width + 1, bool)  # one False before every row and one at the end
    padded[:-1].reshape(-1, width)[:, 1:] = close
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    start, length = edges[::2], edges[1::2] - edges[::2]
    row = start // width
    return row, start - row * width, length


def _pair_ends(rows: int, lags: np.ndarray) -> np.ndarray:
    """How many ends of the pairs `(i, i + lag)` fall into each block of time."""
    edges = -(-np.arange(_BLOCKS + 1) * rows // _BLOCKS)
    left = np.minimum(edges[:, None], rows - lags).sum(axis=1)
    right = np.maximum(edges[:, None] - lags, 0).sum(axis=1)
    return np.diff(left + right).astype(float)
