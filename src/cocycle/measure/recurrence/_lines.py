"""The lines of a recurrence matrix: how many of each length, and in which stretches of time."""

from typing import NamedTuple

import numpy as np

from ._bits import count_between, runs

__all__ = ["BLOCKS", "Lines", "Tally", "edges", "interval"]

BLOCKS = 10
_T = 2.262  # 97.5 % quantile of Student's t with 9 degrees of freedom, as the error is estimated from 10 stretches
_SHORT = 1024  # lengths that have a column of their own from the start


def edges(size: int) -> np.ndarray:
    """First sample of each of the `BLOCKS` stretches of time, and the end."""
    return -(-np.arange(BLOCKS + 1) * size // BLOCKS)


def interval(value: float, error: float, most: float = np.inf) -> tuple[float, float]:
    """The 95 % interval of a quantity that lies between 0 and `most`."""
    return max(0.0, value - _T * error), min(most, value + _T * error)


class Lines(NamedTuple):
    """How many lines of each `length (k,)` end in each stretch of time: `histogram (BLOCKS, k)`, two ends a line.

    `groups (BLOCKS, k)`: the lines by the group of diagonals that they were read from, where these are a sample.
    `pair_ends (BLOCKS,)`: ends of all pairs compared; `compared`: the fraction of all pairs.
    """

    length: np.ndarray
    histogram: np.ndarray
    groups: np.ndarray
    pair_ends: np.ndarray
    compared: float

    @property
    def count(self) -> np.ndarray:
        """The number of lines of each length."""
        return self.histogram.sum(axis=0) // 2

    def ratio(self, above: np.ndarray, below: np.ndarray) -> tuple[float, float]:
        """The ratio of two sums over lines of functions of their length, and its standard error (delta method)."""
        value = float(self.count @ above / (self.count @ below))
        change = above - value * below
        # 2: a stretch of time acts through both ends of a line
        influence = 2 * (self.histogram @ change) / (self.histogram @ below).mean()
        return value, self.error(influence, (self.groups @ change) / max((self.groups @ below).mean(), 1e-300))

    def rate(self) -> tuple[float, float]:
        """The fraction of the pairs compared that recur, and its standard error."""
        found = float(self.histogram.sum(axis=0) @ self.length / self.pair_ends.sum())
        by_group = self.groups @ self.length
        influence = 2 * (self.histogram @ self.length / self.pair_ends - found)
        return found, self.error(influence, found * (by_group / max(by_group.mean(), 1e-300) - 1))

    def error(self, by_block: np.ndarray, by_group: np.ndarray) -> float:
        """The scatter over stretches of time and, of a sample of diagonals, that over the diagonals."""
        return float(np.sqrt((by_block.var(ddof=1) + (1 - self.compared) * by_group.var(ddof=1)) / BLOCKS))


class Tally:
    """Lines as they are found. Lengths beyond the table are few and kept one by one."""

    def __init__(self, shape: tuple[int, int]):
        self.shape = shape
        self._block = [np.arange(size) * BLOCKS // size for size in shape]  # of each sample
        self._ends = np.zeros(BLOCKS * _SHORT, np.int64)
        self._groups = np.zeros(BLOCKS * _SHORT, np.int64)
        self._long: list[np.ndarray] = []
        self._pair_ends = np.zeros(BLOCKS)

    def read(self, bits, first, second, *, along: bool, group=None) -> None:
        """Count the lines in rows of `bits` that start at sample `first` of x and `second` of y.

        `along`: both ends move with the position in the row (diagonals), or that in y alone (columns).
        """
        found = runs(bits)
        middle = found.start + found.length // 2
        codes = [
            self._block[0][first[found.row] + middle if along else first[found.row]],
            self._block[1][second[found.row] + middle],
        ]
        tables = [self._ends, self._ends]
        if group is not None:
            codes.append(group[found.row])
            tables.append(self._groups)
        short = found.length < _SHORT
        all_short = bool(short.all())
        for table, code in zip(tables, codes, strict=True):
            code = code * _SHORT + found.length
            table += np.bincount(code if all_short else code[short], minlength=len(table))
        if not all_short:
            codes = codes if group is not None else [*codes, np.zeros_like(codes[0])]
            self._long.append(np.stack([*codes, found.length])[:, ~short])
        if found.single is None:
            return
        alone = np.bitwise_count(found.single).sum(axis=1, dtype=np.int64)
        for start, size, block, moves in zip((first, second), self.shape, self._block, (along, True), strict=True):
            if moves:
                count = count_between(found.single, edges(size) - (start[:, None] if start.any() else 0))
            else:
                count = np.bincount(block[start], weights=alone, minlength=BLOCKS).astype(int)
            self._ends[1::_SHORT] += count
        if group is not None:
            self._groups[1::_SHORT] += np.bincount(group, weights=alone, minlength=BLOCKS).astype(int)

    def compare(self, first: np.ndarray, second: np.ndarray, size: np.ndarray) -> None:
        """Note that `size` pairs were compared from each of the pairs `(first, second)` on, along the diagonal."""
        for start, whole in zip((first, second), self.shape, strict=True):
            place = np.clip(edges(whole), start[:, None], (start + size)[:, None])
            self._pair_ends += np.diff(place, axis=1).sum(axis=0)

    def lines(self, compared: float) -> Lines:
        """All of them together; `compared`: the fraction of pairs that was read."""
        long = np.concatenate([np.zeros((4, 0), int), *self._long], axis=1)
        ends, groups = (table.reshape(BLOCKS, _SHORT) for table in (self._ends, self._groups))
        short = np.flatnonzero(ends.any(axis=0))
        more = np.unique(long[3])
        column = np.searchsorted(more, long[3])

        def beyond(code):
            return np.bincount(code * len(more) + column, minlength=BLOCKS * len(more)).reshape(BLOCKS, -1)

        return Lines(
            np.concatenate([short, more]),
            np.concatenate([ends[:, short], beyond(long[0]) + beyond(long[1])], axis=1),
            np.concatenate([groups[:, short], beyond(long[2])], axis=1),
            self._pair_ends,
            compared,
        )
