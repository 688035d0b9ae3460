"""Permutation tests of conditional independence: neighbours in the conditions exchange their values."""

from collections.abc import Callable

import numpy as np

__all__ = ["discoveries", "near_in", "permuted", "sequential_p"]

_EXCHANGE = 5  # points among which a value may go, itself included


def near_in(conditions: np.ndarray) -> np.ndarray:
    """The rows nearest to each in the conditions, itself among them, `(rows, 5)`."""
    from scipy.spatial import KDTree

    return np.asarray(KDTree(conditions).query(conditions, k=min(_EXCHANGE, len(conditions)), p=np.inf)[1])


def permuted(near: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """An order of the rows in which each takes the place of a near one, none twice where that can be avoided.

    So what depends on the conditions still does, and all else is lost. [@runge2018]
    """
    taken = np.zeros(len(near), dtype=bool)
    order = np.empty(len(near), dtype=int)
    shuffled = rng.permuted(near, axis=1)
    for row in rng.permutation(len(near)):
        free = shuffled[row][~taken[shuffled[row]]]
        order[row] = free[0] if len(free) else shuffled[row, -1]
        taken[order[row]] = True
    return order


def sequential_p(own: float, draw: Callable[[], float], most: int, stop: int = 10) -> float:
    """The p-value of `own` among at most `most` draws, cut short once `stop` of them are as large. [@besag1991]

    Exact for any `stop`: `P(p <= a) <= a` if the draws are exchangeable with `own`.
    """
    larger = 0
    for count in range(1, most + 1):
        larger += draw() >= own
        if larger == stop:
            return stop / count
    return (larger + 1) / (most + 1)


def discoveries(p: np.ndarray) -> np.ndarray:
    """Adjusted p-values: the smallest false discovery rate at which each is still found. [@benjamini1995]"""
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted
