"""Runs of ones in rows of packed bits: 64 pairs of points to a machine word."""

from typing import NamedTuple

import numpy as np

__all__ = ["Runs", "clear_band", "count_between", "pack", "pack_down", "runs", "words_for"]


class Runs(NamedTuple):
    """Runs of ones: their `row`, first position `start` and `length`; lone ones apart, as bits, if `single` is set."""

    row: np.ndarray
    start: np.ndarray
    length: np.ndarray
    single: np.ndarray | None


def words_for(width: int) -> int:
    """Words of a row of `width` bits and at least one zero after them."""
    return width // 64 + 1


def pack(rows: np.ndarray, words: int) -> np.ndarray:
    """Rows of booleans as `(rows, words)` machine words, the first in the lowest bit."""
    packed = np.zeros((len(rows), 8 * words), np.uint8)
    packed[:, : -(-rows.shape[1] // 8)] = np.packbits(rows, axis=1, bitorder="little")
    return packed.view("<u8")


def pack_down(rows: np.ndarray) -> np.ndarray:
    """64 rows of booleans as one machine word a column, the first row in the lowest bit; columns a multiple of 8."""
    eight = rows.view(np.uint64)  # 8 columns to a word; a boolean fills the lowest bit of its byte
    byte = eight[7::8].copy()
    for bit in range(6, -1, -1):
        byte <<= np.uint64(1)
        byte |= eight[bit::8]
    out = np.empty((rows.shape[1], 8), np.uint8)
    for number, each in enumerate(byte.view(np.uint8)):
        out[:, number] = each
    return out.view("<u8")[:, 0]


def runs(bits: np.ndarray) -> Runs:
    """Runs along the rows of `bits (rows, words)`. The last bit of every row must be 0.

    Where runs are many, as in noise, most are lone ones: these are returned as bits, as no position is needed to count
    them.
    """
    flat = bits.reshape(-1)
    edges = _later(flat)
    edges ^= flat  # ones where a run starts and after it ends
    single = None
    word = np.flatnonzero(edges != 0)
    if 2 * len(word) > len(flat):
        single = edges >> np.uint64(1)
        single[:-1] |= edges[1:] << np.uint64(63)
        single &= edges
        single &= flat
        edges ^= single
        edges ^= _later(single)
        single = single.reshape(bits.shape)
        word = np.flatnonzero(edges != 0)
    eight = edges[word].view(np.uint8)
    byte = np.flatnonzero(eight != 0)
    inside = np.flatnonzero(np.unpackbits(eight[byte], bitorder="little").view(bool))
    place = (8 * word[byte >> 3] + (byte & 7))[inside >> 3] * 8 + (inside & 7)
    start, length = place[::2], place[1::2] - place[::2]
    row = start // (64 * bits.shape[1])
    return Runs(row, start - row * (64 * bits.shape[1]), length, single)


def _later(flat: np.ndarray) -> np.ndarray:
    """Every bit one place on."""
    out = flat << np.uint64(1)
    out[1:] |= flat[:-1] >> np.uint64(63)
    return out


def clear_band(bits: np.ndarray, middle: np.ndarray, window: int) -> None:
    """Set to zero, in each row, the bits up to `window` away from its `middle`."""
    words = bits.shape[1]
    first = np.maximum(middle - window, 0)
    last = np.minimum(middle + window + 1, 64 * words)
    for word in range(int(first.min()) // 64, min(int(last.max()) // 64 + 1, words)):
        low = np.clip(first - 64 * word, 0, 64)
        high = np.clip(last - 64 * word, 0, 64)
        bits[:, word] &= ~(_below(high) & ~_below(low))


def _below(place: np.ndarray) -> np.ndarray:
    """Words whose lowest `place` bits are ones, 0 to 64."""
    return np.where(place < 64, (np.uint64(1) << (place & 63).astype(np.uint64)) - np.uint64(1), ~np.uint64(0))


def count_between(bits: np.ndarray, place: np.ndarray) -> np.ndarray:
    """How many ones all rows together have between one `place (k,)` or `(rows, k)` and the next; shape `(k - 1,)`."""
    rows, words = bits.shape
    place = np.clip(place, 0, 64 * words - 1)
    word, row = place >> 6, np.arange(rows)[:, None]
    mask = (np.uint64(1) << (place & 63).astype(np.uint64)) - np.uint64(1)
    each = np.bitwise_count(bits)
    if place.ndim == 1:
        before = np.concatenate([[0], each.sum(axis=0, dtype=np.int64).cumsum()])[word]
        return np.diff(before + np.bitwise_count(bits[:, word] & mask).sum(axis=0, dtype=np.int64))
    total = np.zeros((rows, words + 1), np.int32)
    np.cumsum(each, axis=1, dtype=np.int32, out=total[:, 1:])
    return np.diff(total[row, word] + np.bitwise_count(bits[row, word] & mask), axis=1).sum(axis=0, dtype=np.int64)
