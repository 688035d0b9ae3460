"""Recurrence quantification in windows that slide along the recording."""

from typing import Any

import numpy as np

from cocycle.core import Estimate, EstimationError
from cocycle.measure._neighbours import whole

from ._quantification import quantities
from ._reading import read_lines
from ._recording import recorded

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
    window, least = whole(window, "window", 50), whole(min_line, "min_line")
    stride = window if step is None else whole(step, "step")
    tall = least if min_vertical is None else whole(min_vertical, "min_vertical")
    source = recorded(
        data, _MEASURE, delay=delay, dimension=dimension, rate=rate, threshold=threshold, relative=relative,
        norm=norm, theiler=theiler, min_length=60, least=window,
    )  # fmt: skip
    found = []
    starts = np.arange(0, len(source.points) - window + 1, stride)
    for start in starts:
        lines = read_lines(source.relation(slice(start, start + window)), source.window)
        if not len(lines[0].length):
            raise EstimationError(
                f"{_MEASURE}: in the window that starts at sample {start} no two points more than {source.window} "
                f"samples apart come within {source.radius:.4g}. Raise `rate` or `threshold`, or widen the window."
            )
        found.append(quantities(*lines, source.dt, least, tall, {}))
    shared = {"times": source.dt * (starts + (window - 1) / 2)} | source.shared
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
