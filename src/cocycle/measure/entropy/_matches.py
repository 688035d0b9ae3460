"""Counting pairs of stretches of a series that look alike, 64 pairs to a machine word.

A tile is a run of consecutive templates. For the points of one tile, sorted by value, the sets "the r lowest points"
are kept as bits for every r. The points within the tolerance of any x are the difference of two of these sets, and the
templates that match are the intersection of m such sets, each one sample later. Bit b of word c stands for point
b * words + c of the tile, so that one sample later is one word on.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

__all__ = ["MOST", "WIDTH", "Design", "count_matches", "design"]

MOST = 100_000  # templates up to which every pair is compared
_GROUPS = 20  # blocks of the record that the jackknife deletes
WIDTH = 1024  # templates in a tile at most, so that the table of its sets stays in the cache
_ROWS = 4096  # templates compared with a tile at a time, likewise


class Design(NamedTuple):
    """Which tiles are compared: their `edges (tiles + 1,)`, and the distances `lags` between them, round the record.

    Every tile meets as many others, so every template weighs the same: a balanced incomplete U-statistic [@blom1976].
    `weight`: how many pairs of different tiles a compared one stands for.
    """

    edges: np.ndarray
    lags: np.ndarray
    weight: float

    @property
    def tiles(self) -> int:
        return self.edges.size - 1

    @property
    def group(self) -> np.ndarray:
        """The block of the jackknife that each tile belongs to, shape `(tiles,)`."""
        return np.arange(self.tiles) * min(_GROUPS, self.tiles) // self.tiles

    @property
    def share(self) -> float:
        """The part of all pairs that is compared."""
        return self.lags.size / self.tiles

    def partners(self, tile: int, both: bool) -> list[tuple[int, int]]:
        """Runs `(first, stop)` of tiles to compare `tile` with; each pair of tiles once, unless `both` ways."""
        if self.lags.size == self.tiles:
            return [(0 if both else tile, self.tiles)]
        lags = self.lags if both else self.lags[self.lags <= self.tiles // 2]
        return [(int(p), int(p) + 1) for p in (tile + lags) % self.tiles]


def design(templates: int, most: int = MOST, blocks: int = _GROUPS, width: int = WIDTH) -> Design:
    """All pairs up to `most` templates; of a longer record about as many pairs as `most` templates have."""
    groups = max(min(blocks, templates // 2), 1)
    tiles = groups * -(-templates // (groups * width))
    edges = np.linspace(0, templates, tiles + 1).astype(int)
    half = max(int(tiles * (most / templates) ** 2 / 2), 1)
    if templates <= most or 2 * half + 1 >= tiles - 1:
        return Design(edges, np.arange(tiles), 1.0)
    chosen = np.random.default_rng(0).choice(np.arange(1, (tiles + 1) // 2), half, replace=False)
    return Design(edges, np.concatenate([[0], chosen, tiles - chosen]), (tiles - 1) / (2 * half))


def count_matches(
    x: np.ndarray, m: int, tolerance: float, plan: Design, *, both: bool = False
) -> Iterator[tuple[int, int, int, np.ndarray, np.ndarray]]:
    """How many templates of a tile match each template, for `m` and for `m + 1` samples.

    Yields `(tile, first, stop, shorter, longer)`: the counts in `tile` for each template of the tiles
    `first .. stop - 1`. A template matches itself. The templates are the first `x.size - m` points.
    """
    order = np.argsort(x, kind="stable")
    ordered = x[order]
    rank, lowest, highest = (np.empty(x.size, np.int32) for _ in range(3))
    rank[order] = np.arange(x.size)
    lowest[order] = np.searchsorted(ordered, ordered - tolerance, "left")
    highest[order] = np.searchsorted(ordered, ordered + tolerance, "right")
    words = -(-int(np.diff(plan.edges).max()) // 64)
    buffers = np.empty((3, (words + m) * (_ROWS + m)), np.uint64)
    counts = np.empty(words * _ROWS, np.uint8)

    for tile in range(plan.tiles):
        start, stop = int(plan.edges[tile]), int(plan.edges[tile + 1])
        sets = _prefix_sets(rank[start : stop + m], words, m)
        below = np.zeros(x.size + 1, np.uint16)  # how many of the tile's points have a lower rank
        below[rank[start : stop + m] + 1] = 1
        np.cumsum(below, out=below)
        for first, last in plan.partners(tile, both):
            left, right = int(plan.edges[first]), int(plan.edges[last])
            low = below[lowest[left : right + m]].astype(np.intp)
            high = below[highest[left : right + m]].astype(np.intp)
            shorter, longer = np.empty((2, right - left), np.uint16)
            for top in range(0, right - left, _ROWS):
                rows = min(_ROWS, right - left - top)
                near, other, match = (
                    b[: h * w].reshape(h, w)
                    for b, h, w in zip(buffers, (words + m, words + m, words), (rows + m, rows + m, rows), strict=True)
                )
                number = counts[: words * rows].reshape(words, rows)
                np.take(sets, low[top : top + rows + m], axis=1, out=near, mode="clip")
                np.take(sets, high[top : top + rows + m], axis=1, out=other, mode="clip")
                near ^= other
                np.bitwise_and(near[:words, :rows], near[m - 1 : m - 1 + words, m - 1 : m - 1 + rows], out=match)
                for k in range(1, m - 1):
                    match &= near[k : k + words, k : k + rows]
                if stop - start < 64 * words:  # the point after the tile's last template starts none
                    match[(stop - start) % words] &= ~(np.uint64(1) << np.uint64((stop - start) // words))
                np.bitwise_count(match, out=number).sum(axis=0, dtype=np.uint16, out=shorter[top : top + rows])
                match &= near[m : m + words, m : m + rows]
                np.bitwise_count(match, out=number).sum(axis=0, dtype=np.uint16, out=longer[top : top + rows])
            yield tile, first, last, shorter, longer


def _prefix_sets(rank: np.ndarray, words: int, m: int) -> np.ndarray:
    """Column `r` has the bits of the `r` lowest of the tile's points; shape `(words + m, points + 1)`."""
    point = np.argsort(rank)
    column = np.arange(1, point.size + 1)
    sets = np.zeros((words + m, point.size + 1), np.uint64)
    for word in range(0, words + m, words):  # a point is found again in the words past the end, one bit lower
        bit = point // words - word // words
        there = (bit >= 0) & (bit < 64) & (point % words + word < words + m)
        sets[(point % words + word)[there], column[there]] = np.uint64(1) << bit[there].astype(np.uint64)
    return np.bitwise_xor.accumulate(sets, axis=1, out=sets)
