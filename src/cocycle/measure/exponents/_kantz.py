"""Kantz's divergence curve: all neighbours within a radius, averaged before the logarithm."""

import numpy as np

from cocycle.core import EstimationError

__all__ = ["TYPICAL", "ball_divergence"]

TYPICAL = (5, 10, 20)  # neighbours of a typical point, which set the radii that are tried
_FEWEST = 3  # neighbours that a point needs in order to count


def ball_divergence(
    points: np.ndarray, references: np.ndarray, radius: float, theiler: int, limit: int, steps: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """`ln` of the mean distance to the neighbours within `radius`, and the mean of `ln`.

    Both of shape `(steps, points with enough neighbours)`.
    """
    from scipy.spatial import KDTree

    tree = KDTree(points[:limit], balanced_tree=False)
    found = KDTree(points[references]).sparse_distance_matrix(tree, radius, output_type="ndarray")
    row, j = found["i"], found["j"]
    good = (np.abs(references[row] - j) > theiler) & (found["v"] > 1e-12 * np.abs(points).max())
    row, j = row[good], j[good]
    good = np.bincount(row, minlength=len(references))[row] >= _FEWEST
    order = np.argsort(row[good], kind="stable")
    row, j = row[good][order], j[good][order]
    if not len(row):
        raise EstimationError(
            "largest Lyapunov exponent: no point has three neighbours within the radius. Give more data."
        )
    i = references[row]
    first = np.flatnonzero(np.diff(row, prepend=-1))
    count = np.diff(first, append=len(row))
    outside, inside = np.empty((2, len(steps), len(first)))
    floor = 1e-15 * np.abs(points).max()
    for line, step in enumerate(steps):
        difference = points[i + step] - points[j + step]
        distance = np.maximum(np.sqrt(np.einsum("ij,ij->i", difference, difference)), floor)
        outside[line] = np.log(np.add.reduceat(distance, first) / count)
        inside[line] = np.add.reduceat(np.log(distance), first) / count
    return outside, inside
