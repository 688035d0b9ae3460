"""What every measure of one recording begins with: its points, and the distance within which two of them recur."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.measure._reconstruct import reconstruct
from cocycle.measure._series import as_series

from ._relation import Relation, Space
from ._threshold import checked_norm, find_threshold

__all__ = ["Recording", "recorded"]


class Recording(NamedTuple):
    """`points` about their mean, the sampling interval, the Theiler window, and how points were made and compared."""

    points: np.ndarray
    dt: float
    window: int
    radius: float
    norm: str
    shared: dict[str, Any]  # of all diagnostics

    def relation(self, part: slice | np.ndarray = slice(None)) -> Relation:
        """Recurrence among the points, or some of them."""
        points = self.points[part]
        return Relation(Space(points, points, self.radius, self.norm))


def recorded(
    data: Any,
    measure: str,
    *,
    delay: int | None,
    dimension: int | None,
    rate: float,
    threshold: float | None,
    relative: float | None,
    norm: str,
    theiler: int | None,
    min_length: int = 30,
    least: int = 20,
) -> Recording:
    """The recording as points with a threshold; `min_length` as for `as_series`, `least` as for `reconstruct`."""
    series = as_series(data, measure=measure, min_length=min_length)
    checked_norm(norm)
    space = reconstruct(series, delay, dimension, theiler, measure=measure, least=least)
    points, window = space.points - space.points.mean(axis=0), space.theiler
    radius = find_threshold(points, points, window, rate, threshold, relative, norm)
    shared = {
        "threshold": radius,
        "norm": norm,
        "theiler": window,
        "delay": space.delay,
        "dimension": space.dimension,
        "reasons": space.reasons,
    }
    return Recording(points, series.dt, window, radius, norm, shared)
