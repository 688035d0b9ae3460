"""Recurrence quantification: how often, and for how long, a motion comes back to where it was."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, EstimationError, Estimate

from ._neighbours import spread_lags, whole
from ._reconstruct import Reconstruction, reconstruct
from ._series import as_series

__all__ = ["determinism", "recurrence_quantification", "recurrence_rate"]

_MEASURE = "recurrence quantification"
_COMPARISONS = (
    50_000_000  # pairs compared along diagonals, and as many along columns: all of them up to 10,000 and 7,000 points
)
_BLOCKS = 10
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

    Points $i$ and $j$ recur, $R_{ij} = 1$, if $\\|v_i - v_j\\| \\le \\varepsilon$ (Euclidean) and $|i - j| > w$. With $P(l)$ the number of diagonal
    lines of exactly $l$ recurrences (stretches that run in parallel) and $V(l)$ that of vertical ones (stretches that stay):

    - `recurrence_rate`: RR, the fraction of pairs that recur.
    - `determinism`: DET $= \\sum_{l \\ge l_{min}} l P(l) / \\sum_l l P(l)$, the fraction of recurrences in lines. 1 for a periodic motion; for
      independent noise $1 - (1 - RR)^2$ at $l_{min} = 2$.
    - `mean_line`: L $= \\sum_{l \\ge l_{min}} l P(l) / \\sum_{l \\ge l_{min}} P(l)$, in units of time.
    - `longest_line`: the longest diagonal line, in units of time.
    - `line_entropy`: ENT $= -\\sum_{l \\ge l_{min}} p(l) \\ln p(l)$ of the lengths of diagonal lines, in nats.
    - `laminarity`: LAM, as DET for vertical lines.
    - `trapping_time`: TT, as L for vertical lines, in units of time.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`, `dimension`: of the embedding; default: chosen (`select_delay`, `select_dimension`), none for several variables.
    - `rate`: the recurrence rate that fixes $\\varepsilon$ (from 2 million pairs; reached to about 1 % of itself).
    - `threshold`: $\\varepsilon$ itself, in the data's units, in place of `rate`.
    - `theiler`: $w$, samples; default: one mean period, at least the embedding's span. The band is cut out of vertical lines too; the
      vertical measures of the literature are those at 0, where the diagonal $i = j$ alone is left out.
    - `min_line`: $l_{min}$, samples.

    **Returns** a dictionary of Estimates by the names above. `stderr`: spread over 10 stretches of time, both ends of every line counted
    (delta method). `longest_line` has no `stderr`; its interval runs from the median of the stretches' longest to the longest. All carry
    `diagnostics`: `threshold`, `theiler`, `delay`, `dimension`, `fraction` (of the pairs compared), `reasons`; `determinism` and `laminarity`
    also `lengths` (samples) and `counts` of their lines. Where there is no line of `min_line`, `mean_line`, `line_entropy` or
    `trapping_time` are left out of the dictionary.

    Every pair is compared up to 10,000 points (7,000 for vertical lines); beyond, whole diagonals and whole columns drawn evenly
    over the recording (a note says what fraction). Raises `EstimationError` if nothing recurs.
    """
    series = as_series(data, measure=_MEASURE, min_length=30)
    min_line = whole(min_line, "min_line")
    space = reconstruct(series, delay, dimension, theiler, measure=_MEASURE, least=20)
    space = space._replace(points=space.points - space.points.mean(axis=0))
    radius = _threshold(space, rate, threshold)
    diagonal, vertical = _diagonal_lines(space, radius), _vertical_lines(space, radius)
    if not len(diagonal.length):
        raise EstimationError(
            f"{_MEASURE}: no two points more than {space.theiler} samples apart come within {radius:.4g}. Raise `rate` or `threshold`, "
            "or give a longer recording."
        )
    shared = {
        "threshold": radius,
        "theiler": space.theiler,
        "delay": space.delay,
        "dimension": space.dimension,
        "reasons": space.reasons,
    }
    out: dict[str, Estimate] = {}

    def add(name: str, lines: _Lines, value: float, influence: np.ndarray, unit: str = "", scale: float = 1.0, **more):
        partial = lines.compared < 1
        note = f"From {100 * lines.compared:.2g} % of all pairs, spread evenly over the recording."
        out[name] = Estimate(
            name,
            scale * value,
            scale * influence.std(ddof=1) / np.sqrt(_BLOCKS),
            n=int(lines.length.sum()),
            unit=unit,
            diagnostics={**shared, "fraction": lines.compared, **more},
            notes=(note,) if partial else (),
        )

    recurring = diagonal.length.astype(float)
    found = diagonal.length.sum() / diagonal.ends.sum() * 2
    add("recurrence_rate", diagonal, found, 2 * (diagonal.per_block(recurring) / diagonal.ends - found))
    for name, mean, lines in (("determinism", "mean_line", diagonal), ("laminarity", "trapping_time", vertical)):
        if not len(lines.length):
            continue
        length, long = lines.length.astype(float), lines.length >= min_line
        sizes, counts = np.unique(lines.length, return_counts=True)
        add(name, lines, *lines.ratio(length * long, length), lengths=sizes, counts=counts)
        if long.any():
            add(mean, lines, *lines.ratio(length * long, 1.0 * long), unit="time", scale=series.dt)
    long = diagonal.length >= min_line
    if long.any():
        lengths, index, counts = np.unique(diagonal.length[long], return_inverse=True, return_counts=True)
        surprise = np.zeros(len(long))
        surprise[long] = -np.log(counts / counts.sum())[index]
        add("line_entropy", diagonal, *diagonal.ratio(surprise, 1.0 * long), unit="nats")
    longest = series.dt * diagonal.longest_per_block()
    out["longest_line"] = Estimate(
        "longest_line",
        longest.max(),
        interval=(float(np.median(longest)), float(longest.max())),
        n=len(diagonal.length),
        unit="time",
        diagnostics={**shared, "fraction": diagonal.compared},
        notes=(
            *out["recurrence_rate"].notes,
            *(("A lower bound: not all diagonals were read.",) * (diagonal.compared < 1)),
        ),
    )
    return out


def recurrence_rate(data: Any, *, threshold: float, **options: Any) -> Estimate:
    """Fraction of pairs of points closer than `threshold`; see `recurrence_quantification`, whose other arguments it takes.

    `threshold` is required here: with the threshold set by a rate, the rate would only be given back.
    """
    return recurrence_quantification(data, threshold=threshold, **options)["recurrence_rate"]


def determinism(data: Any, **options: Any) -> Estimate:
    """Fraction of recurrences that lie in diagonal lines; see `recurrence_quantification`, whose arguments it takes."""
    return recurrence_quantification(data, **options)["determinism"]


class _Lines(NamedTuple):
    """Lines by the blocks of time of their two ends, their lengths, and how many pair-ends of each block were compared."""

    first: np.ndarray
    second: np.ndarray
    length: np.ndarray
    ends: np.ndarray
    compared: float

    def per_block(self, amount: np.ndarray) -> np.ndarray:
        """Sum of `amount` over lines, for either end in each block."""
        return np.bincount(self.first, amount, _BLOCKS) + np.bincount(self.second, amount, _BLOCKS)

    def ratio(self, above: np.ndarray, below: np.ndarray) -> tuple[float, np.ndarray]:
        """The ratio of two sums over lines, and each block's influence on it (its spread / sqrt(blocks) is the error)."""
        value = above.sum() / below.sum()
        return float(value), 2 * self.per_block(above - value * below) / self.per_block(below).mean()

    def longest_per_block(self) -> np.ndarray:
        longest = np.zeros(_BLOCKS)
        np.maximum.at(longest, self.first, self.length)
        np.maximum.at(longest, self.second, self.length)
        return longest


def _threshold(space: Reconstruction, rate: float, threshold: float | None) -> float:
    if threshold is not None:
        if not threshold > 0:
            raise CocycleError(f"`threshold` must be positive; got {threshold}.")
        return float(threshold)
    if not 0 < rate < 1:
        raise CocycleError(f"`rate` is a fraction of pairs, between 0 and 1; got {rate}.")
    rows = len(space.points)
    lags = spread_lags(space.theiler + 1, rows, max(1, 4_000_000 // rows))
    stride = max(1, rows * len(lags) // 8_000_000)
    square = [((space.points[lag::stride] - space.points[: rows - lag : stride]) ** 2).sum(axis=1) for lag in lags]
    square = np.concatenate(square)
    rank = min(int(rate * len(square)), len(square) - 1)
    # the next double up, so that distances equal to the threshold but for rounding recur as well
    return float(np.sqrt(np.partition(square, rank)[rank]) * (1 + 1e-12))


def _diagonal_lines(space: Reconstruction, radius: float) -> _Lines:
    points, rows, window = space.points, len(space.points), space.theiler
    lags = spread_lags(window + 1, rows, max(20, 2 * _COMPARISONS // rows))
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
        starts.append(start), lengths.append(length), seconds.append(start + chunk[row])
    first, length, second = np.concatenate(starts), np.concatenate(lengths), np.concatenate(seconds)
    return _Lines(
        (first + length // 2) * _BLOCKS // rows,
        (second + length // 2) * _BLOCKS // rows,
        length,
        _pair_ends(rows, lags),
        len(lags) / (rows - window - 1),
    )


def _vertical_lines(space: Reconstruction, radius: float) -> _Lines:
    points, rows, window = space.points, len(space.points), space.theiler
    chosen = spread_lags(0, rows, max(20, _COMPARISONS // rows))
    here = [np.ascontiguousarray(column) for column in points.T]
    owners, starts, lengths = [], [], []
    step = max(1, _CHUNK // rows)
    for position in range(0, len(chosen), step):
        chunk = chosen[position : position + step]
        close = _close([h[chunk, None] for h in here], here, radius)
        for row, i in enumerate(chunk):
            close[row, max(0, i - window) : i + window + 1] = False
        row, start, length = _runs(close)
        owners.append(chunk[row]), starts.append(start), lengths.append(length)
    owner, start, length = np.concatenate(owners), np.concatenate(starts), np.concatenate(lengths)
    block = np.arange(rows) * _BLOCKS // rows
    return _Lines(
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
