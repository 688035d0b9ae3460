"""The continuity statistic: at what scale is one coordinate a function of others?"""

import numpy as np

from cocycle.measure._neighbours import whole

__all__ = ["MOST", "continuity_scale", "missed", "needed"]

_LEAST, MOST = 8, 13  # neighbours: fewer cannot reject at 5 %, more are not near


def needed(neighbours: int, alpha: float, p: float = 0.5) -> int:
    """How many of so many neighbours must land together before chance, `p` each, is rejected at level `alpha`."""
    from scipy.stats import binom

    return int(binom.isf(alpha, whole(neighbours, "neighbours"), p)) + 1


def continuity_scale(apart: np.ndarray, alpha: float) -> np.ndarray:
    r"""$\varepsilon^*$ of each point: the smallest scale at which its nearest neighbours agree beyond chance.

    `apart`: shape `(points, 13)`, distances in the other coordinate, the nearest neighbour first. The smallest over the
    nearest 8, 9, ..., 13.
    """
    scales = [np.sort(apart[:, :k], axis=1)[:, needed(k, alpha) - 1] for k in range(_LEAST, MOST + 1)]
    return np.min(scales, axis=0)


def missed(alpha: float) -> float:
    """How often a fold, which puts each neighbour on the right sheet with probability 1/2, passes as continuous.

    More than `alpha`, since any of the numbers of neighbours may pass. Exact: over all sequences of 13 tosses.
    """
    tosses = (np.arange(2**MOST)[:, None] >> np.arange(MOST)) & 1
    together = np.cumsum(tosses, axis=1)
    passed = [together[:, k - 1] >= needed(k, alpha) for k in range(_LEAST, MOST + 1)]
    return float(np.any(passed, axis=0).mean())
