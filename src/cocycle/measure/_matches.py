"""Counting pairs of stretches of a series that look alike: the whole cost of sample entropy."""

import numpy as np

__all__ = ["MAX_TEMPLATES", "count_matches"]

MAX_TEMPLATES = 64_000  # ranks then fit in 16 bits, which is what makes the count fast
_GROUPS = 20  # blocks of the record, for the jackknife


def count_matches(x: np.ndarray, m: int, tolerance: float, share: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Matching pairs of `m + 1` and of `m` samples between the blocks of the record, shapes `(groups, groups)`.

    Entry `[g, h]` counts pairs with one template in block `g` and one in `h` (twice the pairs within a block when
    `g = h`), so the sum of all is twice the number of pairs. With `share`, only that part of each block is used.
    """
    templates = x.size - m
    if templates > MAX_TEMPLATES:
        length = MAX_TEMPLATES // 128
        starts = np.linspace(0, templates - length, 128).astype(int)
        sizes = np.full(128, length)
    else:
        edges = np.linspace(0, templates, min(_GROUPS, templates // 2) + 1).astype(int)
        starts, sizes = edges[:-1], np.diff(edges)
    sizes = np.maximum(sizes // share, 1)
    # each stretch is laid down with the m samples after it, so that all its templates are whole
    x = np.concatenate([x[s : s + size + m] for s, size in zip(starts, sizes, strict=True)])
    offsets = np.concatenate([[0], np.cumsum(sizes + m)])
    # |x_j - x_i| <= tolerance means that the rank of x_j lies in an interval of ranks of x_i; in 16-bit arithmetic
    # that is one subtraction (which wraps below the interval) and one comparison
    ordered = np.sort(x)
    rank = np.searchsorted(ordered, x, "left").astype(np.uint16)
    lowest = np.searchsorted(ordered, x - tolerance, "left").astype(np.uint16)
    width = np.searchsorted(ordered, x + tolerance, "right").astype(np.uint16) - lowest - np.uint16(1)

    groups = sizes.size
    longer, shorter = np.zeros((groups, groups), int), np.zeros((groups, groups), int)
    rows, per_strip = 64, max(1, 4096 // int(sizes.max() + m))  # a strip of 64 by about 4096 pairs stays in cache
    cells = (rows + m) * per_strip * int(sizes.max() + m)
    buffers = np.empty(cells, np.uint16), np.empty(cells, bool), np.empty(cells, bool)

    def cut(buffer, height, width):
        return buffer[: height * width].reshape(height, width)

    for g in range(groups):
        for top in range(offsets[g], offsets[g] + sizes[g], rows):
            height = min(rows, offsets[g] + sizes[g] - top)
            low, wide = lowest[top : top + height + m, None], width[top : top + height + m, None]
            for h in range(g, groups, per_strip):
                last = min(h + per_strip, groups)
                left, right = offsets[h], offsets[last]
                columns = right - left - m
                ranks = cut(buffers[0], height + m, columns + m)
                near = cut(buffers[1], height + m, columns + m)
                match = cut(buffers[2], height, columns)
                np.subtract(rank[None, left:right], low, out=ranks)
                np.less_equal(ranks, wide, out=near)
                np.logical_and(
                    near[:height, :columns], near[m - 1 : height + m - 1, m - 1 : columns + m - 1], out=match
                )
                for k in range(1, m - 1):
                    np.logical_and(match, near[k : k + height, k : k + columns], out=match)
                spans = [slice(a, a + size) for a, size in zip(offsets[h:last] - left, sizes[h:last], strict=True)]
                shorter[g, h:last] += [np.count_nonzero(match[:, span]) for span in spans]
                np.logical_and(match, near[m:, m:], out=match)
                longer[g, h:last] += [np.count_nonzero(match[:, span]) for span in spans]
    for counts in (longer, shorter):
        counts[np.diag_indices(groups)] -= sizes  # a template matches itself
        counts += np.triu(counts, 1).T
    return longer, shorter
