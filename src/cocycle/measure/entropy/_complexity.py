"""Statistical complexity of ordinal patterns, and its bounds."""

import functools
import math
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate

from ._distribution import Part, combine
from ._ordinal import check_order, ordinal_frequencies

__all__ = ["complexity_bounds", "statistical_complexity"]


def _divergence_scale(states: int) -> float:
    """1 over the largest Jensen-Shannon divergence between a distribution on `states` and the uniform one."""
    n = float(states)
    return -2.0 / ((n + 1) / n * math.log(n + 1) - 2 * math.log(2 * n) + math.log(n))


def _entropy_term(p):
    return -p * np.log(np.where(p > 0, p, 1.0))


def statistical_complexity(data: Any, *, order: int = 5, delay: int | None = 1, correct_bias: bool = False) -> Estimate:
    """Jensen-Shannon statistical complexity of ordinal patterns. [@rosso2007]

    `C = Q_J[P, U] H[P]`, with `H` the normalised permutation entropy and `Q_J` the Jensen-Shannon divergence
    `S((P + U)/2) - S(P)/2 - S(U)/2` from the uniform distribution `U`, divided by its maximum. 0 both for perfect
    order and for white noise; large for chaos. With the entropy it makes the complexity-entropy plane.

    **Arguments** as `permutation_entropy`; several variables: the mean.

    **Returns** an `Estimate`; diagnostics: `entropy` (normalised), `bounds` (least and greatest complexity possible at
    that entropy, `complexity_bounds`), `plane` (both at all entropies: `(3, 101)`), and those of `permutation_entropy`.
    Errors as there.
    """
    if not isinstance(correct_bias, (bool, np.bool_)):
        raise CocycleError(f"statistical_complexity: `correct_bias` is True or False; got {correct_bias!r}.")
    columns, diagnostics, notes = ordinal_frequencies(data, "statistical complexity", order, delay)
    states = columns[0].states
    u, top = 1.0 / states, math.log(states)
    parts, entropies = [], []
    for c in columns:
        p = c.p[c.seen]
        missing = states - c.seen.size
        entropy = abs(float(_entropy_term(p).sum()))
        mixed = _entropy_term((p + u) / 2).sum() + missing * _entropy_term(u / 2)
        divergence = max(float(mixed) - entropy / 2 - top / 2, 0.0)
        sums_h = c.sums(-np.log(p) - 1)
        sums_j = c.sums(0.5 * (np.log(p) - np.log((p + u) / 2)))
        weighted = (entropy * 0.5 * (1 / p - 1 / (p + u)) - divergence / p) * c.spread()
        bias = (2 * c.covariance(sums_h, sums_j) + weighted.sum()) / (2 * c.n)
        sums = divergence * sums_h + entropy * sums_j
        parts.append(Part(entropy * divergence, sums, float(weighted @ weighted), float(bias)))
        entropies.append(entropy / top)
    mean_entropy = float(np.mean(entropies))
    _, low, high = complexity_bounds(states, np.array([mean_entropy]), states=True)
    diagnostics |= {"entropy": mean_entropy, "bounds": (float(low[0]), float(high[0])), "plane": plane(states)}
    return combine(
        "statistical_complexity",
        parts,
        columns[0],
        scale=top / _divergence_scale(states),
        top=1.0,
        correct_bias=correct_bias,
        diagnostics=diagnostics,
        notes=notes,
    )


@functools.cache
def plane(states: int) -> np.ndarray:
    """Entropies from 0 to 1, and the least and greatest complexity at each, shape `(3, 101)`: what a figure shows."""
    found = np.array(complexity_bounds(states, np.linspace(0.0, 1.0, 101), states=True))
    found.flags.writeable = False
    return found


def complexity_bounds(order: int, entropy=None, *, states: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The least and greatest statistical complexity possible at a given entropy. [@martin2006]

    The least has one state more likely than the others, which share the rest; the greatest has some states of
    probability zero, one below the others, and the others equal. Both are solved for the entropy exactly.

    `order`: length of the ordinal patterns (with `states=True`, the number of states itself). `entropy`: normalised
    entropies in [0, 1], shape `(k,)`; default 201 equal steps. Returns `(entropy, least, greatest)`, shapes `(k,)`.
    """
    n = int(order) if states else math.factorial(check_order(order))
    h = np.linspace(0.0, 1.0, 201) if entropy is None else np.atleast_1d(np.asarray(entropy, dtype=float))
    if h.ndim != 1 or not ((h >= 0) & (h <= 1)).all():
        raise CocycleError("complexity_bounds: entropy must be numbers between 0 and 1, shape (k,).")
    target = h * math.log(n)

    def solve(entropy_of, low, high):  # bisection on a decreasing entropy_of
        low, high = np.full_like(h, low), np.broadcast_to(high, h.shape).copy()
        for _ in range(200):
            middle = (low + high) / 2
            above = entropy_of(middle) > target
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        return (low + high) / 2

    def complexity(weights_and_values):
        mixed = sum(w * _entropy_term((v + 1 / n) / 2) for w, v in weights_and_values)
        own = sum(w * _entropy_term(v) for w, v in weights_and_values)
        return np.clip(_divergence_scale(n) * (mixed - own / 2 - math.log(n) / 2) * h, 0.0, None)

    p = solve(lambda p: _entropy_term(p) + (n - 1) * _entropy_term((1 - p) / (n - 1)), 1 / n, 1.0)
    least = complexity([(1, p), (n - 1, (1 - p) / (n - 1))])

    # m equal states and one below them, q in [0, 1/(m + 1)]: entropy runs from log m to log(m + 1)
    m = np.clip(np.floor(np.exp(target) * (1 + 1e-12)), 1, n - 1)
    q = solve(
        lambda s: _entropy_term(1 / (m + 1) - s) + m * _entropy_term((1 - (1 / (m + 1) - s)) / m), 0.0, 1 / (m + 1)
    )
    q = 1 / (m + 1) - q
    greatest = complexity([(1, q), (m, (1 - q) / m), (n - 1 - m, np.zeros_like(q))])
    return h, least, greatest
