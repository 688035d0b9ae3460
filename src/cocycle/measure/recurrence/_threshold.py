"""The distance within which two points recur: given, in units of the spread, or such that a fraction of pairs does."""

import numpy as np

from cocycle.core import CocycleError
from cocycle.measure._neighbours import spread_lags

from ._relation import NORMS

__all__ = ["checked_norm", "find_threshold"]

_PAIRS = 250_000


def checked_norm(norm: str) -> None:
    if norm not in NORMS:
        raise CocycleError(f"recurrence: `norm` is one of {', '.join(map(repr, NORMS))}; got {norm!r}.")


def find_threshold(
    x: np.ndarray,
    y: np.ndarray,
    window: int | None,
    rate: float,
    threshold: float | None,
    relative: float | None,
    norm: str,
) -> float:
    """The distance, from whichever of the three is given; `window`: as in `read_lines`."""
    if threshold is not None and relative is not None:
        raise CocycleError("recurrence: give `threshold` or `relative`, not both.")
    for name, value in (("threshold", threshold), ("relative", relative)):
        if value is not None and not (np.isfinite(value) and value > 0):
            raise CocycleError(f"recurrence: `{name}` must be positive; got {value}.")
    if threshold is not None:
        return float(threshold)
    if relative is not None:
        return float(relative * np.sqrt(((y - y.mean(axis=0)) ** 2).sum(axis=1).mean()))
    if not 0 < rate < 1:
        raise CocycleError(f"recurrence: `rate` is a fraction of pairs, between 0 and 1; got {rate}.")
    # many lags, few pairs each: distances at one lag are alike
    lags = spread_lags(1 - len(x) if window is None else window + 1, len(y), 1000)
    longest = max(len(x), len(y))
    stride = max(1, longest * len(lags) // (2 * _PAIRS))
    first = np.maximum(0, -lags) + np.arange(len(lags)) % stride
    counts = np.maximum(0, -(-(np.minimum(len(x), len(y) - lags) - first) // stride))
    number = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    i = np.repeat(first, counts) + stride * number
    difference = x[i] - y[i + np.repeat(lags, counts)]
    if norm == "maximum":
        distance = np.abs(difference).max(axis=1)
    else:
        distance = np.sqrt(np.einsum("ij,ij->i", difference, difference))
    rank = min(int(rate * len(distance)), len(distance) - 1)
    # a hair up, so that distances equal to the threshold but for rounding recur as well
    return float(np.partition(distance, rank)[rank] * (1 + 1e-9))
