"""Dimensions of the graph of a recording, t against x: Higuchi's and Katz's."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._neighbours import whole
from cocycle.measure._scaling import scaling_region
from cocycle.measure._series import as_series

__all__ = ["higuchi_dimension", "katz_dimension"]

_BLOCKS = 10


def higuchi_dimension(data: Any, *, scales: tuple[int, int] | None = None) -> Estimate:
    r"""Higuchi's dimension of the graph of one variable: how its length depends on the step [@higuchi1988].

    $$L(k) = \frac{T - 1}{k^2} \bigl\langle |x_{t+k} - x_t| \bigr\rangle_t \sim k^{-D}$$

    (the mean over all $t$ at once; Higuchi averages over k combs with nearly the same weights). $D = 1$ for a smooth
    curve, 2 for white noise, $2 - H$ for fractional Brownian motion of Hurst exponent H and the Weierstrass function.

    **It depends on the scale**: a smooth motion has 1 below its period and 2 far beyond. The longest straight stretch
    of $\ln L$ over a factor 8 in k is taken, and its `window`, in samples, is part of the answer. A note says where
    another stretch is straight too, with a different slope.

    **Arguments**: `data`: one variable. `scales`: least and greatest k, in samples; default 1 to T / 20.

    **Returns** an Estimate. `stderr` joins in quadrature the statistical error (spread over 10 stretches of time),
    misfit and the choice of the window. `diagnostics`: `scales` (k, samples), `log_inverse_scale` ($\ln 1/k$),
    `log_length`, `local_slope`, `window` (in $\ln 1/k$), the three errors, `alternative_windows`.

    **Fails** with `EstimationError` where no stretch over a factor 8 in k is straight (a period within the scales, say:
    choose `scales` on one side of it).
    """
    measure = "Higuchi dimension"
    series = as_series(data, measure=measure, min_length=200, univariate=True)
    x = series.column
    rows = len(x)
    first, last = (1, rows // 20) if scales is None else (whole(scales[0], "scales"), whole(scales[1], "scales"))
    if not 8 * first <= last <= rows // 4:
        raise CocycleError(
            f"{measure}: scales run from k to at least 8 k and at most T / 4 = {rows // 4} samples; got "
            f"({first}, {last})."
        )
    steps = np.unique(np.geomspace(first, last, 60).round().astype(int))[::-1]
    lengths = np.empty((_BLOCKS + 1, len(steps)))
    for column, k in enumerate(steps):
        change = np.abs(x[k:] - x[:-k])
        parts = [part.mean() for part in np.array_split(change, _BLOCKS)]
        lengths[:, column] = [change.mean(), *parts]
    if (lengths[0] <= 1e-14 * np.abs(x).max()).any():
        k = int(steps[np.argmin(lengths[0])])
        raise EstimationError(
            f"{measure}: the series repeats exactly after {k} samples: its graph has no scaling there."
        )
    log_k = np.log(steps)
    y = np.log(lengths[0] * (rows - 1)) - 2 * log_k
    # linear in each block's mean: a block without any change must not make a logarithm of zero
    blocks = y + lengths[1:] / lengths[0] - 1
    region = scaling_region(
        -log_k, y, blocks, min_points=5, min_extent=np.log(8) - 1e-9, min_rise=np.log(4), max_bend=0.05
    )
    if region is None or region.stderr > 0.25:  # of a number between 1 and 2
        raise EstimationError(
            f"{measure}: ln L(k) has no straight stretch over a factor 8 between k = {first} and {last} samples, so no "
            "one number describes the graph (a smooth motion goes from 1 below its period to 2 beyond). Set `scales`."
        )
    notes = _other_scales(-log_k, y, blocks, region)
    window = (int(steps[region.stop]), int(steps[region.start]))
    notes.insert(0, f"For steps of {window[0]} to {window[1]} samples; the dimension of a graph depends on the scale.")
    diagnostics = {"log_inverse_scale": -log_k, "log_length": y, "scales": steps} | region.diagnostics(-log_k, y)
    return Estimate(
        "higuchi_dimension", region.slope, region.stderr, n=rows, diagnostics=diagnostics, notes=tuple(notes)
    )


def _other_scales(x, y, blocks, region) -> list[str]:
    """The same search in what the window leaves over, on either side."""
    notes = []
    for part in (slice(region.stop, None), slice(0, region.start + 1)):
        other = scaling_region(
            x[part],
            y[part],
            blocks[:, part],
            min_points=5,
            min_extent=np.log(8) - 1e-9,
            min_rise=np.log(4),
            max_bend=0.05,
        )
        if other is not None and abs(other.slope - region.slope) > 3 * np.hypot(other.stderr, region.stderr):
            near, far = np.exp(-x[part][[other.stop, other.start]])
            notes.append(f"For steps of {near:.0f} to {far:.0f} samples it is {other.slope:.2f} +- {other.stderr:.2f}.")
    return notes


def katz_dimension(data: Any, *, length: int | None = None) -> Estimate:
    r"""Katz's dimension of the graph of one variable [@katz1988].

    $$D = \frac{\ln n}{\ln n + \ln (d / L)}, \qquad
    L = \sum_t |x_{t+1} - x_t|, \qquad d = \max_t |x_t - x_0|$$

    over n steps; distances are along x alone, so that the value does not depend on the units of time or of x. 1 for a
    monotone series.

    **It is an index at one length, not a dimension**: it grows or shrinks with n (a random walk tends to 2 like
    $1 / \ln n$; white noise grows without bound). Compare only values at the same `length`; `by_length` shows how it
    changes. `higuchi_dimension` has a limit.

    **Arguments**: `data`: one variable. `length`: samples in a window; default T / 10.

    **Returns** an Estimate: the mean over the windows that fit end to end. `stderr`: of that mean, by the spread over
    windows, allowing for their correlation. `diagnostics`: `length`, `window_values` (one a window), `by_length` (rows:
    length, mean).

    **Fails** with `EstimationError` where a window does not leave the neighbourhood of its first sample ($d$ no larger
    than the mean step): the index is infinite there.
    """
    measure = "Katz dimension"
    series = as_series(data, measure=measure, min_length=100, univariate=True)
    x = series.column
    size = len(x) // 10 if length is None else whole(length, "length", 10)
    if size > len(x) // 4:
        raise CocycleError(f"{measure}: windows of {size} samples fit fewer than 4 times into {len(x)}: no error bar.")
    values = _katz(x, size)
    if not np.isfinite(values).all():
        raise EstimationError(
            f"{measure}: in window {int(np.argmin(np.isfinite(values)))} of {size} samples the series strays no "
            "further from its first sample than one mean step, or does not move: the index is infinite there. Give a "
            "longer `length`."
        )
    lengths = [n for n in (size // 4, size // 2, size, 2 * size) if 10 <= n <= len(x) // 2]
    table = np.array([(n, _katz(x, n).mean()) for n in lengths])
    return Estimate(
        "katz_dimension",
        values.mean(),
        float(error_of_mean(values)),
        n=len(values),
        diagnostics={"length": size, "window_values": values, "by_length": table},
        notes=(f"At a length of {size} samples; it changes with the length.",),
    )


def _katz(x: np.ndarray, size: int) -> np.ndarray:
    """One value a window of `size` samples; infinite or NaN where it does not exist."""
    count = len(x) // size
    windows = x[: count * size].reshape(count, size)
    steps = np.log(size - 1)
    along = np.abs(np.diff(windows, axis=1)).sum(axis=1)
    away = np.abs(windows - windows[:, :1]).max(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        below = steps + np.log(away / along)
        return np.where(below > 1e-12, steps / below, np.inf)
