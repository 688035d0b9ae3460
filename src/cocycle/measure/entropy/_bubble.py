"""Bubble entropy: how much the number of swaps that sort a window varies, and how fast that grows with its length."""

import math
from typing import Any

from cocycle.core import CocycleError, Estimate
from cocycle.measure._neighbours import whole
from cocycle.measure._series import as_series

from ._distribution import Frequencies, combine, definition, estimated, number_of_batches
from ._ordinal import inversions

__all__ = ["bubble_entropy"]


def bubble_entropy(
    data: Any,
    *,
    m: int = 10,
    delay: int = 1,
    kind: str = "renyi",
    q: float | None = 2.0,
    correct_bias: bool | str = False,
) -> Estimate:
    r"""Bubble entropy: the growth with `m` of the entropy of the swaps that sort a window. [@manis2017]

    $(H_{m+1} - H_m) / \log\frac{m+1}{m-1}$, with $H_m = -\log \sum_i p_i^2$ the Renyi entropy of order 2 of the number
    $i$ of swaps (0 to $m(m-1)/2$) in which bubble sort orders a window of `m` samples. It has no tolerance, and hardly
    depends on `m`. White noise, whatever its distribution: known exactly from the number of permutations with $i$
    inversions (0.69 for `m = 10`); a monotone series: 0.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `m`: window length, 2 to 100; `delay`: samples between its points. Equal values need no swap.
    - `kind`, `q`: the entropy $H$, see `permutation_entropy`. - `correct_bias`: as there.

    **Returns** an `Estimate`; `stderr` by batch means of both entropies on the same windows. It can be negative: swaps
    of a periodic series are the same for `m` and `m + 1` up to their parity. Diagnostics: `swaps`, the share of windows
    of `m + 1` samples that need 0, 1, ... swaps (of the last variable).
    """
    m, delay = whole(m, "m", 2), whole(delay, "delay")
    if m > 100:
        raise CocycleError(f"bubble_entropy: m is 2 to 100; got {m}.")
    entropy = definition(kind, q, "bubble_entropy")
    series = as_series(data, measure="bubble entropy", min_length=m * delay + 20)
    windows = len(series.values) - m * delay
    batches = number_of_batches(windows, m * delay + 1)
    parts, frequencies = [], None
    for x in series.values.T:
        swaps = [inversions(x, length, delay)[:windows] for length in (m + 1, m)]
        frequencies = [
            Frequencies(s, length * (length - 1) // 2 + 1, batches) for s, length in zip(swaps, (m + 1, m), strict=True)
        ]
        longer, shorter = (estimated(f, entropy, correct_bias, "bubble_entropy") for f in frequencies)
        parts.append(longer.minus(shorter))
    assert frequencies is not None
    return combine(
        "bubble_entropy",
        parts,
        frequencies[0],
        scale=math.log((m + 1) / (m - 1)),
        low=-math.inf,
        correct_bias=correct_bias,
        diagnostics={"m": m, "delay": delay, "windows": windows, "swaps": frequencies[0].p},
        notes=[],
    )
