"""Scores of a single forecast against what happened."""

from __future__ import annotations

from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Trajectory

__all__ = ["mase", "rmse", "smape", "valid_prediction_time"]


def numbers(value: Any, name: str) -> np.ndarray:
    """A finite float array from an array, list or Trajectory; the error says where it is not finite."""
    array = np.asarray(value.states if isinstance(value, Trajectory) else value, dtype=float)
    if array.size == 0:
        raise DataError(f"{name} is empty.")
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise DataError(f"{name} is not finite at index {where}: a forecast that diverged has no score. Leave it out.")
    return array


def pair(truth: Any, forecast: Any) -> tuple[np.ndarray, np.ndarray]:
    """Both as finite arrays of the same shape."""
    truth, forecast = numbers(truth, "truth"), numbers(forecast, "forecast")
    if truth.shape != forecast.shape:
        raise CocycleError(f"truth has shape {truth.shape} but forecast has shape {forecast.shape}; they must match.")
    return truth, forecast


def rmse(truth: Any, forecast: Any, *, scale: Any = None) -> float:
    r"""Root mean square error, $\sqrt{\mathrm{mean}\,(y - \hat y)^2}$, over all times and variables.

    `scale`, one number per variable (say the standard deviations of the training data), makes it the normalised
    error: 0 is perfect, 1 is as good as the mean.
    """
    truth, forecast = pair(truth, forecast)
    error = truth - forecast
    if scale is not None:
        error = error / _positive(scale, "scale")
    return float(np.sqrt(np.mean(error**2)))


def mase(truth: Any, forecast: Any, training: Any, *, period: int = 1) -> float:
    r"""Mean absolute scaled error. [@hyndman2006]

    $$\frac{\mathrm{mean}_t |y_t - \hat y_t|}{\frac1{n-m}\sum_{t=m+1}^{n} |y_t - y_{t-m}|}$$

    The scale is the error, on the *training* data, of the naive forecast ($m = 1$), or of the seasonal naive one with
    `period` $m$ in samples. Below 1 is better than the naive one-step forecast was on the training data. Several
    variables: the mean of their scores. `DataError` if a training variable never changes (the scale would be zero).
    """
    truth, forecast = pair(truth, forecast)
    past = numbers(training, "training")
    if past.shape[1:] != truth.shape[1:]:
        raise CocycleError(f"training has shape {past.shape}; it must have the columns of truth, {truth.shape}.")
    if int(period) != period or not 1 <= period < len(past):
        raise CocycleError(f"period must be between 1 and {len(past) - 1} samples; got {period!r}.")
    naive = np.mean(np.abs(past[int(period) :] - past[: -int(period)]), axis=0)
    if np.any(naive == 0):
        raise DataError("mase: a training variable repeats exactly, so its naive error is zero. Use rmse instead.")
    return float(np.mean(np.mean(np.abs(truth - forecast), axis=0) / naive))


def smape(truth: Any, forecast: Any) -> float:
    r"""Symmetric mean absolute percentage error, in per cent, from 0 to 200. [@makridakis1993]

    $$200\;\mathrm{mean}\,\frac{|y - \hat y|}{|y| + |\hat y|}$$

    over all times and variables; a time at which both are exactly zero counts as 0. It has no meaning for variables
    whose zero is arbitrary.
    """
    truth, forecast = pair(truth, forecast)
    size = np.abs(truth) + np.abs(forecast)
    return float(200.0 * np.mean(np.abs(truth - forecast) / np.where(size > 0, size, 1.0)))


def valid_prediction_time(
    truth: Any,
    forecast: Any,
    *,
    dt: float = 1.0,
    threshold: float = 0.4,
    scale: Any = None,
    lyapunov: float | None = None,
) -> float:
    r"""For how long a forecast is good: until the normalised error first exceeds `threshold`. [@vlachas2020]

    The error at one time is $\sqrt{\mathrm{mean}_i\,(y_i - \hat y_i)^2 / s_i^2}$ over the variables. The first row is
    one sampling interval `dt` ahead; the time returned is that of the last good row, 0 if even the first is bad, and
    the whole length of the forecast if it never fails (a lower bound). A forecast that is not finite is bad from there
    on.

    - `scale`: $s_i$, the standard deviation of each variable; give that of long data. Default: that of `truth`.
    - `lyapunov`: the largest exponent, in units of 1/time; the result is then in Lyapunov times.
    """
    truth = numbers(truth, "truth")
    forecast = np.asarray(forecast.states if isinstance(forecast, Trajectory) else forecast, dtype=float)
    if truth.shape != forecast.shape:
        raise CocycleError(f"truth has shape {truth.shape} but forecast has shape {forecast.shape}; they must match.")
    if truth.ndim == 1:
        truth, forecast = truth[:, None], forecast[:, None]
    if not (dt > 0 and threshold > 0):
        raise CocycleError(f"dt and threshold must be positive; got {dt} and {threshold}.")
    if lyapunov is not None and not lyapunov > 0:
        raise CocycleError(f"A Lyapunov time exists only for a positive exponent; got {lyapunov}. Leave it out.")
    scale = _positive(truth.std(axis=0) if scale is None else scale, "scale")
    error = np.sqrt(np.mean(((truth - forecast) / scale) ** 2, axis=1))
    bad = ~(error <= threshold)  # NaN is bad
    good = int(np.argmax(bad)) if bad.any() else len(bad)
    return float(good * dt * (1.0 if lyapunov is None else lyapunov))


def _positive(scale: Any, name: str) -> np.ndarray:
    scale = np.asarray(scale, dtype=float)
    if not np.all(np.isfinite(scale) & (scale > 0)):
        raise CocycleError(f"{name} must be positive (a constant variable has no scale of its own); got {scale}.")
    return scale
