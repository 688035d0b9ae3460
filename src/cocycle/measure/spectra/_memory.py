"""How long data remember: the integrated autocorrelation time."""

from typing import Any

import numpy as np

from cocycle.core import Estimate, EstimationError
from cocycle.measure._series import as_series

__all__ = ["autocorrelation_time"]


def autocorrelation_time(data: Any) -> Estimate:
    """Integrated autocorrelation time `tau = dt (1 + 2 sum_k rho_k)`: `T dt / tau` is the effective number of samples.

    The sum is cut at the first lag `W >= 5 tau / dt`, which balances bias and noise [@sokal1997]. For AR(1) with
    coefficient `a` it is `dt (1 + a) / (1 - a)`. For data that oscillate it is small or zero, and says only that the
    mean is known well.

    **Arguments**: `data`: `(T,)` or `(T, dim)`, at least 50 samples. **Returns** an `Estimate` in units of time, shape
    `()` or `(dim,)`; `stderr = tau sqrt(2 (2 W + 1) / T)` [@sokal1997]. Diagnostics: `window` (W),
    `autocorrelation` `(lags, dim)` at `times`. Raises `EstimationError` if the record is too short for its memory.
    """
    series = as_series(data, measure="the autocorrelation time", min_length=50)
    length = len(series.values)
    z = series.values - series.values.mean(axis=0)
    power = np.abs(np.fft.rfft(z, 2 * length, axis=0)) ** 2
    correlation = np.fft.irfft(power, axis=0)[:length]
    correlation = correlation / correlation[0]
    taus, windows = [], []
    for i, name in enumerate(series.variables):
        running = 2 * np.cumsum(correlation[:, i]) - 1
        enough = np.flatnonzero(np.arange(length) >= 5 * running)
        window = int(enough[0]) if enough.size else length
        tau = float(running[min(window, length - 1)])
        if window > length // 10:
            raise EstimationError(
                f"autocorrelation_time: the memory of {name!r} (about {max(tau, window / 5):.3g} samples) is too long "
                f"for a record of {length}. Give a record at least 50 times longer than its memory."
            )
        taus.append(max(tau, 0.0))
        windows.append(window)
    tau = np.array(taus)
    stderr = np.maximum(tau, 1.0) * np.sqrt(2 * (2 * np.array(windows) + 1) / length)
    kept = min(length, 2 * max(windows) + 20)
    diagnostics = {
        "times": series.dt * np.arange(kept),
        "autocorrelation": correlation[:kept],
        "read_on": "times",
        "window": windows,
        "variables": series.variables,
    }
    single = tau.size == 1
    return Estimate(
        "autocorrelation_time",
        series.dt * (tau[0] if single else tau),
        series.dt * (stderr[0] if single else stderr),
        None,
        length,
        "time",
        diagnostics,
    )
