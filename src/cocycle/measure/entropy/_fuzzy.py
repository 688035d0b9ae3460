"""Fuzzy entropy: sample entropy with a degree of similarity in place of a yes or no."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate

from ._matches import Design
from ._matching import ratio_entropy

__all__ = ["fuzzy_entropy"]

_WIDTH = 256  # templates of a tile, and the rows compared with it at a time: the distances stay in the cache
_ROWS = 1024


def fuzzy_entropy(
    data: Any,
    *,
    m: int = 2,
    r: float = 0.2,
    power: float = 2.0,
    centred: bool = True,
    scale: Any = None,
    most: int = 10_000,
) -> Estimate:
    r"""Fuzzy entropy: like `sample_entropy`, but two stretches are similar to a degree. [@chen2007]

    $-\log(A / B)$ with $B$ the sum over pairs of distinct templates of $e^{-(d/r)^{power}}$, $d$ their distance in the
    maximum norm, and $A$ the same for one sample more. Smooth in `r`, and defined where no two stretches match. In nats
    per sample.

    **Arguments** as `sample_entropy`, and

    - `power`: of the distance, > 0. Large powers approach a yes or no.
    - `centred`: subtract from each template its mean [@chen2007], so that shapes are compared and drifts matter less.
      Then it is not the sample entropy for large powers. With `m = 1` the centred template is 0 and B counts all pairs.

    Some write the similarity as $e^{-d^{power}/r}$, which is another tolerance: $r' = r^{1/power}$ in standard
    deviations.

    **Returns** an `Estimate`; `stderr` as in `sample_entropy`. All pairs cost 1 s for 1e4 templates, so those of a
    longer record are thinned evenly as said there.
    """
    if not power > 0:
        raise CocycleError(f"fuzzy_entropy: power must be positive; got {power!r}.")

    def compare(x: np.ndarray, m: int, tolerance: float, plan: Design) -> Iterator:
        from scipy.spatial.distance import cdist

        templates = [np.lib.stride_tricks.sliding_window_view(x, length)[: x.size - m] for length in (m, m + 1)]
        if centred:
            templates = [t - t.mean(axis=1, keepdims=True) for t in templates]
        for tile in range(plan.tiles):
            own = slice(plan.edges[tile], plan.edges[tile + 1])
            for first, last in plan.partners(tile, False):
                left, right = int(plan.edges[first]), int(plan.edges[last])
                sums = np.empty((2, right - left))
                for top in range(left, right, _ROWS):
                    rows = slice(top, min(top + _ROWS, right))
                    for total, t in zip(sums, templates, strict=True):
                        distance = cdist(t[own], t[rows], "chebyshev")
                        distance /= tolerance
                        np.power(distance, power, out=distance)
                        np.negative(distance, out=distance)
                        total[rows.start - left : rows.stop - left] = np.exp(distance, out=distance).sum(axis=0)
                yield tile, first, last, sums[0], sums[1]

    return ratio_entropy("fuzzy_entropy", data, m, r, scale, compare, most, _WIDTH, counts=False)
