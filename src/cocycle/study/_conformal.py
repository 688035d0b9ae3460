r"""Prediction intervals from the errors that the model made before (split conformal, per horizon).

With `n` past absolute errors $r_1 \dots r_n$ of forecasts `h` steps ahead, the interval $\hat y \pm r_{(k)}$ with
$k = \lceil (n + 1)\,\text{level} \rceil$, the `k`-th smallest, holds with probability at least `level` if the errors
are exchangeable [@vovk2005; @lei2018, sec. 2.2]. In a time series they are so only
approximately, therefore the observed coverage is always reported next to it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from cocycle.core import DataError

__all__ = ["Coverage", "coverage", "half_widths", "wilson"]


def half_widths(residuals: np.ndarray, level: float) -> tuple[np.ndarray, float]:
    """Half the width of the interval for each horizon and variable.

    **Arguments**

    - `residuals`: errors of past forecasts, shape `(n, horizon, dim)`.
    - `level`: the wanted probability.

    **Returns** the half widths `(horizon, dim)`, and the level that `n` errors can support: with fewer than
    `level / (1 - level)` errors no finite interval reaches the wanted one, the largest error is taken, and the level is
    `n / (n + 1)`.
    """
    errors = np.sort(np.abs(np.asarray(residuals, dtype=float)), axis=0)
    n = errors.shape[0]
    if errors.ndim != 3 or n == 0 or not np.isfinite(errors).all():
        raise DataError(f"Intervals need finite errors of shape (n, horizon, dim); got shape {errors.shape}.")
    k = math.ceil((n + 1) * level - 1e-9)
    if k > n:
        return errors[-1], n / (n + 1)
    return errors[k - 1], level


class Coverage(NamedTuple):
    """How often the intervals held: the `value`, its 95 % interval, and the number of independent trials behind it."""

    value: float
    low: float
    high: float
    trials: float
    by_horizon: np.ndarray  # (horizon,)


def coverage(truth: np.ndarray, forecast: np.ndarray, width: np.ndarray, spacing: int) -> Coverage:
    """Observed coverage of forecasts from successive origins, `spacing` samples apart.

    One forecast counts as one trial at most, and overlapping forecasts as fewer: the number of trials is what makes a
    binomial variance equal the variance of the mean over origins, estimated with their autocorrelation up to one
    horizon (weights of [@newey1987]), between the number of forecasts that do not overlap and the number of forecasts.
    """
    inside = np.abs(truth - forecast) <= width  # (origins, horizon, dim)
    origins, horizon = inside.shape[:2]
    each = inside.mean(axis=(1, 2))
    value = float(each.mean())
    apart = max(1.0, min(float(origins), origins * spacing / horizon))
    trials = apart
    if origins > 2 and 0 < value < 1:
        lags = min(origins - 2, max(1, round(horizon / max(spacing, 1))))
        deviation = each - value
        long_run = float(np.mean(deviation**2))
        for lag in range(1, lags + 1):
            long_run += 2 * (1 - lag / (lags + 1)) * float(np.mean(deviation[lag:] * deviation[:-lag]))
        if long_run > 0:
            trials = float(np.clip(value * (1 - value) * origins / long_run, apart, origins))
    low, high = wilson(value, trials)
    return Coverage(value, low, high, trials, inside.mean(axis=(0, 2)))


def wilson(share: float, n: float, z: float = 1.959964) -> tuple[float, float]:
    """The score interval of a binomial share at 95 % [@wilson1927]."""
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)
