"""Uzal's cost of a reconstruction: how much noise its neighbourhoods amplify, per size."""

import numpy as np

from cocycle.core import EstimationError
from cocycle.measure._neighbours import nearest_neighbours

__all__ = ["Cost", "cost_fall"]

_PARTS = 16  # stretches of the record, left out one by one for the error
_SHORTEST = 2  # samples: at one sample noise can look as if a coordinate helped


class Cost:
    """The terms of the cost L of a reconstruction at every reference point, for any horizon."""

    def __init__(self, points: np.ndarray, references: np.ndarray, theiler: int, reach: int, k: int):
        found = nearest_neighbours(points[: len(points) - reach], references, theiler, k=k)
        self.have = found.index[:, -1] >= 0
        self.points = points
        self.ball = np.concatenate([references[:, None], found.index], axis=1)  # a point and its neighbours
        self.size = _scatter(points[self.ball]) * 2 * (k + 1) / k  # mean squared distance of the pairs
        self.grown = [np.zeros(len(references))]  # sums of the scatter after 2, 3, ... samples

    def value(self, horizon: int, keep: np.ndarray) -> float:
        """$L$ over the reference points `keep` with horizons up to `horizon`."""
        steps = horizon - _SHORTEST + 1
        while len(self.grown) <= steps:
            later = self.ball + len(self.grown) + _SHORTEST - 1
            self.grown.append(self.grown[-1] + _scatter(self.points[later]))
        size = self.size[keep]
        amplified = np.mean(self.grown[steps][keep] / size) / steps
        return 0.5 * float(np.log10(amplified / np.mean(1 / size)))


def _scatter(balls: np.ndarray) -> np.ndarray:
    return ((balls - balls.mean(axis=1, keepdims=True)) ** 2).mean(axis=1).sum(axis=-1)


def cost_fall(old: Cost, new: Cost, reach: int) -> tuple[float, float, int]:
    """The change of L from one reconstruction to another, its error, and the horizon of both.

    Over rising horizons 2, 3, ... up to `reach`: the first minimum of the change below zero, or the last value.
    """
    places = np.flatnonzero(old.have & new.have)
    if len(places) < 4 * _PARTS:
        raise EstimationError(
            f"the cost of a reconstruction: only {len(places)} of {len(old.have)} points have neighbours at a distance "
            "above zero and outside the Theiler window: the series repeats exactly or is too short. Give a longer "
            "recording or finer resolution."
        )

    def change(horizon: int, keep: np.ndarray) -> float:
        return new.value(horizon, keep) - old.value(horizon, keep)

    horizon, fall = _SHORTEST, change(_SHORTEST, places)
    while horizon < reach:
        longer = change(horizon + 1, places)
        if longer > fall and fall < 0:
            break
        horizon, fall = horizon + 1, longer
    left_out = [np.delete(places, part) for part in np.array_split(np.arange(len(places)), _PARTS)]
    partial = np.array([change(horizon, keep) for keep in left_out])
    error = np.sqrt((_PARTS - 1) / _PARTS * np.sum((partial - partial.mean()) ** 2))
    return fall, float(error), horizon
