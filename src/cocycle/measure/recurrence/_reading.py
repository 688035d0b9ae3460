"""Reading the lines of a recurrence matrix that is never held: all of it, or a sample of diagonals and columns."""

import numpy as np

from cocycle.measure._neighbours import spread_lags

from ._bits import clear_band, pack, pack_down, words_for
from ._lines import BLOCKS, Lines, Tally
from ._relation import Relation

__all__ = ["MOST", "read_lines"]

MOST = 12_000**2  # pairs up to which all are compared: 18 MB of bits for the diagonals (36 MB of a cross recurrence)
_ALONG = 200_000_000  # pairs compared along diagonals of a longer recording
_ACROSS = 100_000_000  # and along its columns
_TILE = 64
_BITS = 1 << 18  # bytes of packed bits searched for lines at a time


def read_lines(relation: Relation, window: int | None, most: int = MOST) -> tuple[Lines, Lines]:
    """Diagonal and vertical lines (row of the first series fixed, the second runs).

    `window`: pairs up to so many samples apart are left out and, the matrix being symmetric, diagonals above are read
    only; `None`: all pairs of two series.
    """
    if relation.shape[0] * relation.shape[1] <= most:
        return _all_lines(relation, window)
    return _some_diagonals(relation, window), _some_columns(relation, window)


def _lags(relation: Relation, window: int | None) -> tuple[int, int]:
    rows, columns = relation.shape
    return (1 - rows if window is None else window + 1), columns


def _all_lines(relation: Relation, window: int | None) -> tuple[Lines, Lines]:
    """Tile by tile, 64 rows at once; of a symmetric matrix the columns from the diagonal on, the rest by reflection.

    A tile is written with a row length one short of that by which it is read again: the diagonals then are columns.
    64 zeros before each row keep one row's end apart from the next one's start.
    """
    rows, columns = relation.shape
    low, high = _lags(relation, window)
    # word by word of time, so that a tile writes to one place; turned when they are read
    across = np.zeros((words_for(columns), rows), "<u8")
    diagonals = np.zeros((words_for(rows), high - low), "<u8")
    reach = -1 if window is None else window
    band = np.abs(np.arange(_TILE + reach + 1) - np.arange(_TILE)[:, None]) > reach
    buffer = np.zeros((2, _TILE * (columns + 2 * _TILE)), bool)
    for number, top in enumerate(range(0, rows, _TILE)):
        size, left = min(_TILE, rows - top), 0 if window is None else top
        width = -(-(columns - left) // 8) * 8
        length = width + _TILE + 8
        near = buffer[0, : _TILE * width].reshape(_TILE, width)
        flat = buffer[1, : _TILE * length]
        tile, sheared = flat[: _TILE * (length - 1)].reshape(_TILE, length - 1), flat.reshape(_TILE, length)
        relation.rows(np.arange(top, top + size), near[:size, : columns - left], left)
        near[size:], near[:, columns - left :] = False, False
        if window is not None:
            near[:, : band.shape[1]] &= band[:, :width]
        tile[:, :_TILE], tile[:, _TILE + width :], flat[-_TILE:] = False, False, False
        tile[:, _TILE : _TILE + width] = near
        across[left // _TILE :, top : top + size] = pack(near[:size], len(across) - left // _TILE).T
        if window is not None:
            across[number, top + _TILE :] = pack_down(near)[_TILE : columns - left]
        zero = _TILE + top - left  # where the diagonal of lag 0 stands
        start = min(max(0, zero + low) // 8 * 8, length)
        words = pack_down(sheared[:, start:])
        first, last = max(low, start - zero), min(high, start + len(words) - zero)
        if first < last:
            diagonals[number, first - low : last - low] = words[first + zero - start : last + zero - start]

    along, down = Tally(relation.shape), Tally(relation.shape)
    for words, begin, tally in ((diagonals, low, along), (across, 0, down)):
        step = max(1, _BITS // (8 * len(words)))
        for start in range(0, words.shape[1], step):
            bits = np.ascontiguousarray(words[:, start : start + step].T)
            which = np.arange(start, start + len(bits)) + begin
            zeros = np.zeros_like(which)
            if tally is along:
                tally.read(bits, zeros, which, along=True)
            else:
                tally.read(bits, which, zeros, along=False)
    _compare(along, np.arange(low, high))
    return along.lines(1.0), down.lines(1.0)


def _compare(tally: Tally, lag: np.ndarray) -> None:
    first = np.maximum(0, -lag)
    tally.compare(first, first + lag, np.minimum(tally.shape[0] - first, tally.shape[1] - first - lag))


def _some_diagonals(relation: Relation, window: int | None) -> Lines:
    low, high = _lags(relation, window)
    longest = max(relation.shape)
    lags = spread_lags(low, high, max(40, 2 * _ALONG // longest if window is not None else _ALONG // longest))
    tally = Tally(relation.shape)
    for number, lag in enumerate(lags):
        bits = pack(relation.diagonal(int(lag))[None], words_for(longest))
        here = np.array([lag])
        first = np.maximum(0, -here)
        tally.read(bits, first, first + here, along=True, group=np.array([number % BLOCKS]))
        _compare(tally, here)
    return tally.lines(len(lags) / (high - low))


def _some_columns(relation: Relation, window: int | None) -> Lines:
    rows, columns = relation.shape
    chosen = spread_lags(0, rows, max(40, _ACROSS // columns))
    tally = Tally(relation.shape)
    step = max(1, 8 * _BITS // columns)
    for start in range(0, len(chosen), step):
        index = chosen[start : start + step]
        close = np.empty((len(index), columns), bool)
        relation.rows(index, close)
        bits = pack(close, words_for(columns))
        if window is not None:
            clear_band(bits, index, window)
        tally.read(bits, index, np.zeros_like(index), along=False)
    return tally.lines(len(chosen) / rows)
