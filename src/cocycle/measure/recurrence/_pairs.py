"""Two recordings: when they visit the same states (cross), and when both come back at once (joint)."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError
from cocycle.measure._neighbours import whole
from cocycle.measure._reconstruct import Reconstruction, reconstruct
from cocycle.measure._series import Series, as_series

from ._quantification import quantities, with_picture
from ._reading import read_lines
from ._relation import Relation, Space
from ._threshold import checked_norm, find_threshold

__all__ = ["cross_recurrence", "joint_recurrence"]


def cross_recurrence(
    x: Any,
    y: Any,
    *,
    delay: int | None = None,
    dimension: int | None = None,
    rate: float = 0.05,
    threshold: float | None = None,
    relative: float | None = None,
    norm: str = "euclidean",
    min_line: int = 2,
    min_vertical: int | None = None,
) -> dict[str, Estimate]:
    r"""Cross recurrence quantification of two recordings of one state space [@marwan2007, section 3.6].

    $$CR_{ij} = \Theta(\varepsilon - \|x_i - y_j\|), \qquad i = 1 \ldots N, \; j = 1 \ldots M$$

    compares states, so both recordings are of the same variables in the same units; their lengths may differ.
    Diagonal lines are stretches in which one moves as the other does (at any lag, of either sign); vertical lines
    stretches in which $y$ stays near one state of $x$. All pairs count, there is no Theiler window.

    **Arguments**: as `recurrence_quantification`; `delay` and `dimension` are chosen on `x` and used for both;
    `relative` is in units of the spread of `y`.

    **Returns** the dictionary of `recurrence_quantification`, and `diagnostics` the same. The error bars take stretches
    of both recordings; where both were measured at once, their scatter is that of both together. `CocycleError` where
    the numbers of variables or the sampling intervals differ, `EstimationError` where nothing recurs.
    """
    measure = "cross recurrence"
    first, second = (as_series(data, measure=measure, min_length=30) for data in (x, y))
    _alike(measure, first, second)
    if first.values.shape[1] != second.values.shape[1]:
        raise CocycleError(
            f"{measure} compares states, so both have the same variables; got {first.values.shape[1]} and "
            f"{second.values.shape[1]}. For different variables take `joint_recurrence`."
        )
    checked_norm(norm)
    one = reconstruct(first, delay, dimension, 0, measure=measure, least=20)
    two = reconstruct(second, one.delay, one.dimension, 0, measure=measure, least=20)
    middle = two.points.mean(axis=0)
    a, b = one.points - middle, two.points - middle
    radius = find_threshold(a, b, None, rate, threshold, relative, norm)
    relation = Relation(Space(a, b, radius, norm))
    shared = {
        "threshold": radius,
        "norm": norm,
        "delay": one.delay,
        "dimension": one.dimension,
        "reasons": one.reasons,
    }
    out = _numbers(measure, read_lines(relation, None), first.dt, min_line, min_vertical, shared)
    return with_picture(out, relation, first.dt, axes=("time of x", "time of y"))


def joint_recurrence(
    x: Any,
    y: Any,
    *,
    delay: Any = None,
    dimension: Any = None,
    rate: Any = 0.05,
    threshold: Any = None,
    relative: Any = None,
    norm: str = "euclidean",
    theiler: int | None = None,
    min_line: int = 2,
    min_vertical: int | None = None,
) -> dict[str, Estimate]:
    r"""Joint recurrence quantification of two recordings made at once [@marwan2007, section 3.7].

    $$JR_{ij} = \Theta(\varepsilon_x - \|x_i - x_j\|) \; \Theta(\varepsilon_y - \|y_i - y_j\|)$$

    asks whether both come back at the same times; the two may be different variables in different units. Of independent
    recordings without memory $RR_{xy} = RR_x RR_y$; of synchronised ones $RR_{xy}$ comes near the smaller of the two.

    **Arguments**: as `recurrence_quantification`; `delay`, `dimension`, `rate`, `threshold` and `relative` may be
    pairs, one for each. `theiler`: default the larger of the two windows. `rate` fixes each threshold for itself.

    **Returns** the dictionary of `recurrence_quantification`; `diagnostics` hold `threshold`, `delay`,
    `dimension` as pairs.
    `DataError` where the recordings differ in length, `EstimationError` where nothing recurs in both.
    """
    measure = "joint recurrence"
    series = [as_series(data, measure=measure, min_length=30) for data in (x, y)]
    if len(series[0].values) != len(series[1].values):
        raise DataError(
            f"{measure} compares times, so both recordings have the same samples; got {len(series[0].values)} and "
            f"{len(series[1].values)}. Cut them to the time that they share, or take `cross_recurrence`."
        )
    _alike(measure, *series)
    checked_norm(norm)
    delays, dimensions = _pair(delay, "delay"), _pair(dimension, "dimension")
    spaces: list[Reconstruction] = [
        reconstruct(s, k, d, theiler, measure=measure, least=20)
        for s, k, d in zip(series, delays, dimensions, strict=True)
    ]
    size, window = min(len(s.points) for s in spaces), max(s.theiler for s in spaces)
    if size - window < 20:
        raise DataError(f"{measure}: {size} delay vectors and a Theiler window of {window} leave fewer than 20 pairs.")
    options = [_pair(value, name) for value, name in ((rate, "rate"), (threshold, "threshold"), (relative, "relative"))]
    parts = []
    for space, share, distance, spread in zip(spaces, *options, strict=True):
        points = space.points[:size] - space.points[:size].mean(axis=0)
        radius = find_threshold(points, points, window, share, distance, spread, norm)
        parts.append(Space(points, points, radius, norm))
    shared = {
        "threshold": tuple(s.radius for s in parts),
        "norm": norm,
        "theiler": window,
        "delay": tuple(s.delay for s in spaces),
        "dimension": tuple(s.dimension for s in spaces),
        "reasons": {
            f"{key} of {name}": why for name, s in zip("xy", spaces, strict=True) for key, why in s.reasons.items()
        },
    }
    relation, dt = Relation(*parts), series[0].dt
    return with_picture(
        _numbers(measure, read_lines(relation, window), dt, min_line, min_vertical, shared), relation, dt
    )


def _numbers(measure, lines, dt, min_line, min_vertical, shared) -> dict[str, Estimate]:
    if not len(lines[0].length):
        raise EstimationError(
            f"{measure}: no pair of points recurs within {shared['threshold']}. Raise `rate` or `threshold`; data in "
            "different units or places are made comparable by taking off the mean and dividing by the spread."
        )
    least = whole(min_line, "min_line")
    tall = least if min_vertical is None else whole(min_vertical, "min_vertical")
    diagonal, vertical = lines
    return quantities(diagonal, vertical, dt, least, tall, shared)


def _alike(measure: str, first: Series, second: Series) -> None:
    if not np.isclose(first.dt, second.dt, rtol=1e-6):
        raise CocycleError(
            f"{measure}: the sampling intervals differ, {first.dt:g} and {second.dt:g}, so lines have no slope of 1. "
            "Resample one of them."
        )


def _pair(value: Any, name: str) -> tuple[Any, Any]:
    if np.ndim(value) == 0:
        return value, value
    if len(value) != 2:
        raise CocycleError(f"joint recurrence: `{name}` is one value, or two, one for each recording; got {value!r}.")
    return value[0], value[1]
