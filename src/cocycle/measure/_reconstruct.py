"""The state space that a measure of data works in: given, chosen, or the variables themselves."""

from typing import NamedTuple

import numpy as np

from cocycle.core import DataError

from ._neighbours import delay_matrix, theiler_window, whole
from ._series import Series
from .embedding import select_delay, select_dimension

__all__ = ["Reconstruction", "reconstruct"]


class Reconstruction(NamedTuple):
    """Points `(rows, delay vector)` and how they were made; `reasons` says why, for the diagnostics."""

    points: np.ndarray
    delay: int
    dimension: int
    theiler: int
    reasons: dict[str, str]

    @property
    def span(self) -> int:
        """Samples that one delay vector spans, less one."""
        return (self.dimension - 1) * self.delay


def reconstruct(
    series: Series,
    delay: int | None,
    dimension: int | None,
    theiler: int | None,
    *,
    measure: str,
    least: int,
    extra: int = 0,
) -> Reconstruction:
    """Delay vectors with the project's defaults; at least `least` of them or a `DataError`.

    One variable: delay and dimension by `select_delay` and `select_dimension` (plus `extra`). Several variables: no
    embedding unless asked for, since the variables are then taken to be the state.
    """
    reasons = {}
    if delay is None:
        if series.values.shape[1] > 1 or dimension == 1:
            delay, reasons["delay"] = 1, "no embedding of several variables, or in one dimension"
        else:
            chosen = select_delay(series.values)
            delay, reasons["delay"] = int(chosen.value), chosen.diagnostics["reason"]
    delay = whole(delay, "delay")
    if dimension is None:
        if series.values.shape[1] > 1:
            dimension, reasons["dimension"] = 1, "several variables: taken to be the state"
        else:
            picked = select_dimension(series.values, delay)
            dimension, reasons["dimension"] = int(picked.value) + extra, picked.diagnostics["reason"]
    dimension = whole(dimension, "dimension")
    rows = len(series.values) - (dimension - 1) * delay
    window = theiler_window(series, (dimension - 1) * delay, theiler)
    if rows - window < least:
        raise DataError(
            f"{measure}: {len(series.values)} samples give {max(rows, 0)} delay vectors (delay {delay}, dimension "
            f"{dimension}) and a Theiler window of {window}; at least {least} vectors beyond the window are needed. "
            "Give more data, or a smaller delay, dimension or Theiler window."
        )
    return Reconstruction(delay_matrix(series.values, delay, dimension), delay, dimension, window, reasons)
