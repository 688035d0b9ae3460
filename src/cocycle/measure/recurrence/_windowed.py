"""Recurrence quantification in windows that slide along the recording."""

from typing import Any

import numpy as np

from cocycle.core import Estimate, EstimationError
from cocycle.measure._neighbours import whole
from cocycle.measure._reconstruct import reconstruct
from cocycle.measure._series import as_series

from ._quantification import quantities
from ._reading import read_lines
from ._relation import Relation, Space
from ._threshold import checked_norm, find_threshold

__all__ = ["windowed_recurrence"]

_MEASURE = "windowed recurrence"


def windowed_recurrence(
    data: Any,
    window: int,
    step: int | None = None,
    *,
    delay: int | None = None,
    dimension: int | None = None,
    rate: float = 0.05,
    threshold: float | None = None,
    relative: float | None = None,
    norm: str = "euclidean",
    theiler: int | None = None,
    min_line: int = 2,
    min_vertical: int | None = None,
) -> dict[str, Estimate]:
    """Recurrence quantification in windows along a recording: where the motion changes its kind [@marwan2007].

    Embedding, Theiler window and threshold are those of the whole recording, so that windows can be compared; a window
    is the square of the recurrence plot on its diagonal.

    **Arguments**: `window`, `step`: in samples (default step: the window; smaller ones overlap, and neighbouring values
    then share data). The others as for `recurrence_quantification`.

    **Returns** its dictionary, each Estimate with one value (and interval) a window, and `diagnostics`: `times`, the
    middle of each window. Quantities that some window has no lines for are left out. `EstimationError` where nothing
    recurs in a window.
    """
    series = as_series(data, measure=_MEASURE, min_length=60)
    window, least = whole(window, "window", 50), whole(min_line, "min_line")
    stride = window if step is None else whole(step, "step")
    tall = least if min_vertical is None else whole(min_vertical, "min_vertical")
    checked_norm(norm)
    space = reconstruct(series, delay, dimension, theiler, measure=_MEASURE, least=window)
    points = space.points - space.points.mean(axis=0)
    radius = find_threshold(points, points, space.theiler, rate, threshold, relative, norm)
    found = []
    starts = np.arange(0, len(points) - window + 1, stride)
    for start in starts:
        part = points[start : start + window]
        lines = read_lines(Relation(Space(part, part, radius, norm)), space.theiler)
        if not len(lines[0].length):
            raise EstimationError(
                f"{_MEASURE}: in the window that starts at sample {start} no two points more than {space.theiler} "
                f"samples apart come within {radius:.4g}. Raise `rate` or `threshold`, or widen the window."
            )
        found.append(quantities(*lines, series.dt, least, tall, {}))
    shared = {
        "times": series.dt * (starts + (window - 1) / 2),
        "threshold": radius,
        "norm": norm,
        "theiler": space.theiler,
        "delay": space.delay,
        "dimension": space.dimension,
        "reasons": space.reasons,
    }
    out = {}
    for name, first in found[0].items():
        if not all(name in each for each in found):
            continue
        column = [each[name] for each in found]
        low, high = (np.array([e.interval[k] for e in column if e.interval is not None]) for k in (0, 1))
        out[name] = Estimate(
            name,
            [e.value for e in column],
            None if first.stderr is None else [e.stderr for e in column],
            interval=(low, high),
            n=int(sum(e.n or 0 for e in column)),
            unit=first.unit,
            diagnostics=shared,
        )
    return out
