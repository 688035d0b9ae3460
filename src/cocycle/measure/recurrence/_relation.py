"""Which pairs of points recur: by rows of the recurrence matrix, and along its diagonals."""

from typing import NamedTuple

import numpy as np

__all__ = ["NORMS", "Relation", "Space"]

NORMS = ("euclidean", "maximum")
_COLUMNS = 2048  # columns at once: a tile of 64 rows in single precision stays in a core's cache
_ALONE = 260_000  # multiplications: OpenBLAS gives larger products to threads, which costs more than it gains


class Space(NamedTuple):
    """Points `x` (rows) and `y` (columns) of one state space, the `radius` within which they recur, the `norm`.

    `moved`: the same in units of the radius about the middle, as factors of one product, and its error; see `rows`.
    """

    x: np.ndarray
    y: np.ndarray
    radius: float
    norm: str

    def prepared(self) -> "_Prepared":
        middle = self.y.mean(axis=0)
        x, y = ((points - middle) / self.radius for points in (self.x, self.y))
        xx, yy = (x * x).sum(axis=1), (y * y).sum(axis=1)
        left = np.column_stack([-2 * x, xx - 1, np.ones(len(x))])
        right = np.ascontiguousarray(np.column_stack([y, np.ones(len(y)), yy]).T)
        # twice the bound of the rounding of a scalar product: its length times the sum of sizes times the unit
        size = 2 * (x.shape[1] + 6) * (2 * xx.max() + 2 * yy.max() + 1)
        single = size * np.finfo(np.float32).eps / 2
        if single < 0.01:
            return _Prepared(left.astype(np.float32), right.astype(np.float32), single)
        return _Prepared(left, right, size * np.finfo(float).eps / 2)

    def near(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Whether point `i` and point `j` recur, by the definition; `i`, `j` as for numpy's indexing."""
        difference = self.x[i] - self.y[j]
        if self.norm == "maximum":
            return np.abs(difference).max(axis=-1) <= self.radius
        return (difference * difference).sum(axis=-1) <= self.radius**2


class _Prepared(NamedTuple):
    left: np.ndarray
    right: np.ndarray
    error: float


class Relation:
    """Recurrence in one state space, or in several at once (joint recurrence)."""

    def __init__(self, *spaces: Space):
        self.spaces = spaces
        self.shape = len(spaces[0].x), len(spaces[0].y)
        self._prepared = [s.prepared() if s.norm == "euclidean" else None for s in spaces]
        self._buffers = np.empty(0), np.empty(0)
        self._columns = [(s.x.T.copy(), s.y.T.copy()) for s in spaces]

    def rows(self, index: np.ndarray, out: np.ndarray, first: int = 0) -> None:
        """Write rows `index` of the matrix, from column `first` on, to `out (len(index), columns - first)`."""
        for number in range(len(self.spaces)):
            for start in range(first, self.shape[1], _COLUMNS):
                part = slice(start, min(start + _COLUMNS, self.shape[1]))
                there = slice(part.start - first, part.stop - first)
                here = out[:, there] if number == 0 else np.empty_like(out[:, there])
                if self._prepared[number] is None:
                    self._within(number, index, part, here)
                else:
                    self._product(number, index, part, here)
                if number:
                    out[:, there] &= here

    def _within(self, number, index, part, out) -> None:
        for k, (x, y) in enumerate(zip(*self._columns[number], strict=True)):
            difference = x[index, None] - y[part]
            near = np.abs(difference, out=difference) <= self.spaces[number].radius
            if k:
                out &= near
            else:
                out[:] = near

    def _product(self, number, index, part, out) -> None:
        """|x - y|^2 - 1 of all pairs as one product of matrices; those too near to 0 again, by the definition."""
        left, right, error = self._prepared[number]
        rows, columns = out.shape
        width = -(-columns // 8) * 8
        square, near = self._buffers
        if rows * width > len(square) or square.dtype != left.dtype:
            square, near = np.empty(rows * width, left.dtype), np.empty(2 * rows * width, bool)
            self._buffers = square, near
        square = square[: rows * columns].reshape(rows, columns)
        near = near[: 2 * rows * width].reshape(2, rows, width)
        near[:, :, columns:] = False
        here, there = left[index], right[:, part]
        step = max(64, _ALONE // (rows * left.shape[1]) // 64 * 64)
        for start in range(0, columns, step):
            np.matmul(here, there[:, start : start + step], out=square[:, start : start + step])
        for limit, each in zip((error, -error), near, strict=True):
            np.less_equal(square, left.dtype.type(limit), out=each[:, :columns])
        out[:] = near[0, :, :columns]
        maybe, surely = near.view(np.uint64).reshape(2, -1)
        eight = np.flatnonzero(maybe != surely)
        if len(eight):
            open_ = np.flatnonzero((maybe[eight] ^ surely[eight]).view(bool))
            row, column = np.divmod(8 * eight[open_ >> 3] + (open_ & 7), width)
            out[row, column] = self.spaces[number].near(index[row], column + part.start)

    def diagonal(self, lag: int) -> np.ndarray:
        """`R[i, i + lag]` for `i = 0 ...` (lag >= 0) or `i = -lag ...`."""
        result = None
        for space, (xs, ys) in zip(self.spaces, self._columns, strict=True):
            first = max(0, -lag)
            size = min(self.shape[0] - first, self.shape[1] - first - lag)
            total = None
            for x, y in zip(xs, ys, strict=True):
                difference = y[first + lag : first + lag + size] - x[first : first + size]
                if space.norm == "maximum":
                    np.abs(difference, out=difference)
                    total = difference if total is None else np.maximum(total, difference, out=total)
                else:
                    difference *= difference
                    total = difference if total is None else np.add(total, difference, out=total)
            assert total is not None
            near = total <= (space.radius if space.norm == "maximum" else space.radius**2)
            result = near if result is None else result & near
        assert result is not None
        return result
