"""Forecasts from many origins, and their errors: the one place where models meet data they were not fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import NumericalError, Trajectory

__all__ = ["Origin", "Predictions", "predict", "scale_of", "spread_origins"]


class Origin(NamedTuple):
    """A forecast of row `row` of episode `episode` and those after it, from what lies before."""

    episode: int
    row: int


class Predictions(NamedTuple):
    """`forecast` and `truth`, both `(origins, horizon, dim)`, and the `origins` that they start from."""

    forecast: np.ndarray
    truth: np.ndarray
    origins: list[Origin]

    @property
    def residuals(self) -> np.ndarray:
        """Truth minus forecast."""
        return self.truth - self.forecast


def spread_origins(first: int, last: int, count: int) -> list[int]:
    """At most `count` rows, evenly spread from `first` to `last`, both included."""
    if last < first:
        return []
    return sorted({round(row) for row in np.linspace(first, last, min(count, last - first + 1))})


def predict(
    model: Any,
    episodes: Sequence[Trajectory],
    origins: Sequence[Origin],
    horizon: int,
    *,
    throw: bool = True,
    rows: int | None = None,
) -> Predictions:
    """Forecast `horizon` samples from every origin; a forecast sees only the rows of its episode before the origin.

    With `rows` only the last so many rows of an episode are passed to the model, where that leaves half of them before
    the first origin: equal shapes compile once. Raises `NumericalError` when a forecast runs away; with `throw=False`
    it is NaN from there on.
    """
    from cocycle.learn import rolling_forecasts

    forecasts, truths, ordered = [], [], []
    for index, episode in enumerate(episodes):
        mine = [origin for origin in origins if origin.episode == index]
        if not mine:
            continue
        end = max(origin.row for origin in mine) + horizon
        start = end - rows if rows is not None and min(o.row for o in mine) - (end - rows) >= rows // 2 else 0
        start = max(start, 0)
        seen = episode[start:end] if start else episode
        result = rolling_forecasts(model, seen, [origin.row - 1 - start for origin in mine], horizon)
        if throw and result.diverged.any():
            raise NumericalError(f"{int(result.diverged.sum())} of {len(mine)} forecasts ran away.")
        forecasts.append(result.forecasts)
        truths.append(result.truth)
        ordered += mine
    return Predictions(np.concatenate(forecasts), np.concatenate(truths), ordered)


def scale_of(episodes: Sequence[Trajectory]) -> np.ndarray:
    """The error of the one-step persistence forecast, by variable, shape `(dim,)`: the unit of MASE.

    A variable that hardly ever changes falls back on its standard deviation.
    """
    steps = np.concatenate([np.abs(np.diff(np.asarray(e.states, float), axis=0)) for e in episodes])
    values = np.concatenate([np.asarray(e.states, float) for e in episodes])
    scale = steps.mean(axis=0)
    spread = values.std(axis=0)
    return np.where(scale > 1e-12 * np.maximum(spread, 1e-300), scale, np.where(spread > 0, spread, 1.0))
