"""Straight stretches of a curve: which window a slope is read from, and what that choice is worth."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

__all__ = ["ScalingRegion", "scaling_region"]


class ScalingRegion(NamedTuple):
    """A slope and its error, taken apart.

    `stderr` is the root of the sum of squares of `statistical` (spread of the slope over blocks of the data),
    `misfit` (how far the curve is from a straight line within the window) and `choice` (spread of the slope over the
    alternative windows).
    """

    slope: float
    intercept: float
    stderr: float
    statistical: float
    misfit: float
    choice: float
    start: int
    stop: int  # last index, included
    alternatives: np.ndarray  # (windows, 4): first x, last x, slope, error of that window

    def diagnostics(self, x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
        """What a report needs in order to draw and to distrust the fit."""
        part = slice(self.start, self.stop + 1)
        residual = y[part] - (self.intercept + self.slope * x[part])
        return {
            "local_slope": np.gradient(y, x),
            "window": (float(x[self.start]), float(x[self.stop])),
            "intercept": self.intercept,
            "r_squared": float(1 - residual.var() / y[part].var()),
            "stderr_statistical": self.statistical,
            "stderr_misfit": self.misfit,
            "stderr_choice": self.choice,
            "alternative_windows": self.alternatives,
        }


def scaling_region(
    x: np.ndarray,
    y: np.ndarray,
    blocks: np.ndarray,
    *,
    min_points: int,
    min_extent: float,
    min_rise: float,
    max_bend: float,
    penalty: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
) -> ScalingRegion | None:
    """The window of `(x, y)` that gives the slope with the smallest error, or `None` if there is none worth the name.

    Every window of at least `min_points` points, `min_extent` in x and `min_rise` in y is fitted by least squares.
    Its error is made of the spread of the slopes of `blocks` (the same curve from B parts of the data, shape `(B,
    n)`) and of the misfit: half the difference of slope between the window's halves, and
    $2\\,\\mathrm{rms} / (x_b - x_a)$, the slope error of a line through three independent residuals of that size
    (neighbouring residuals of a smooth curve are not independent). Long straight windows have the least. A window
    whose halves differ in slope by more than the fraction `max_bend` of the slope, beyond twice the statistical error
    of that difference, is not straight. Windows with up to twice the least error are the alternatives; their spread
    enters the result, as in [@deshmukh2021].
    """
    n = len(x)
    if n < min_points:
        return None
    first, last = np.triu_indices(n, k=min_points - 1)
    keep = (x[last] - x[first] >= min_extent) & (y[last] - y[first] >= min_rise)
    first, last = first[keep], last[keep]
    if not len(first):
        return None
    curves = np.vstack([y[None], blocks])
    slope, rms = _fits(x, curves, first, last)
    middle = (first + last) // 2
    left, _ = _fits(x, curves, first, middle)
    right, _ = _fits(x, curves, middle, last)
    root = np.sqrt(len(blocks))
    statistical = slope[1:].std(axis=0, ddof=1) / root
    bend, bend_error = right[0] - left[0], (right - left)[1:].std(axis=0, ddof=1) / root
    straight = np.abs(bend) <= max_bend * slope[0] + np.minimum(2 * bend_error, max_bend * slope[0])
    straight &= slope[0] > 0
    if penalty is not None:
        statistical = np.hypot(statistical, penalty(first, last))
    count = last - first + 1
    misfit = np.hypot(2 * rms / (x[last] - x[first]), bend / 2) * (count - 1) / (count - 3)  # few points fit by luck
    error = np.hypot(statistical, misfit)
    straight &= error < 0.5 * slope[0]
    if not straight.any():
        return None
    first, last, middle, error = first[straight], last[straight], middle[straight], error[straight]
    slope, statistical, misfit = slope[0][straight], statistical[straight], misfit[straight]
    near = error <= 1.5 * error.min()
    best = int(np.flatnonzero(near)[np.argmax((last - first)[near])])
    near = error <= 2 * error.min()
    weights = error[near] ** -2
    choice = np.sqrt(np.average((slope[near] - slope[best]) ** 2, weights=weights))
    total = float(np.sqrt(error[best] ** 2 + choice**2))
    if total > 0.5 * slope[best]:
        return None
    order = np.argsort(error[near])
    alternatives = np.column_stack([x[first[near]], x[last[near]], slope[near], error[near]])[order]
    a, b = int(first[best]), int(last[best])
    return ScalingRegion(
        slope=float(slope[best]),
        intercept=float(y[a : b + 1].mean() - slope[best] * x[a : b + 1].mean()),
        stderr=total,
        statistical=float(statistical[best]),
        misfit=float(misfit[best]),
        choice=float(choice),
        start=a,
        stop=b,
        alternatives=alternatives[:200],
    )


def _fits(x: np.ndarray, curves: np.ndarray, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least-squares slopes `(curves, windows)` in every window `first .. last`, and the first curve's rms residual."""
    x = x - x.mean()
    curves = curves - curves.mean(axis=1, keepdims=True)
    count = last - first + 1

    def total(z):
        running = np.concatenate([np.zeros((*z.shape[:-1], 1)), np.cumsum(z, axis=-1)], axis=-1)
        return running[..., last + 1] - running[..., first]

    sx, sy = total(x), total(curves)
    sxx = total(x * x) - sx**2 / count
    sxy = total(x * curves) - sx * sy / count
    slope = sxy / sxx
    syy = total(curves[0] ** 2) - sy[0] ** 2 / count
    rms = np.sqrt(np.maximum(syy - slope[0] * sxy[0], 0.0) / count)
    return slope, rms
