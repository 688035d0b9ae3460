"""The power spectrum by Welch's method."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate
from cocycle.measure._series import as_series

from ._segments import segmented

__all__ = ["chi_squared_factors", "power_spectrum"]


def power_spectrum(
    data: Any, *, segments: int = 8, window: str = "hann", detrend: str = "constant", confidence: float = 0.95
) -> Estimate:
    """One-sided power spectral density by Welch's averaged periodograms. [@welch1967]

    Tapered segments that overlap by half are transformed and averaged. Normalised so that the integral over frequency
    is the variance: exactly for `segments=1, window="boxcar"` (Parseval), in the mean otherwise.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, at least 16 samples. - `segments`: how many (half-overlapping) segments; more give
      smaller error bars and coarser frequencies.
    - `window`: `"hann"` or `"boxcar"` (no taper, no overlap). - `detrend`: `"constant"`, `"linear"` or `"none"`, of the
      whole record. - `confidence`: of the interval.

    **Returns** an `Estimate`: the density, shape `(F,)`, or `(F, dim)` for several variables; unit: square of the
    data's times the unit of time. `stderr` and `interval` from the chi-squared law with `diagnostics["dof"]` degrees of
    freedom, the correlation of overlapping segments counted; half as many at zero and at the highest frequency. The
    interval holds where the spectrum is smooth over a bandwidth `1/segment_length`; next to a sharp peak it does not.
    Diagnostics: `frequency` (cycles per unit of time), `segment_length`, `segments`.
    """
    if not 0 < confidence < 1:
        raise CocycleError(f"power_spectrum: confidence must lie between 0 and 1; got {confidence!r}.")
    series = as_series(data, measure="the power spectrum", min_length=16)
    parts = segmented(series, segments, window, detrend, "power_spectrum")
    density = (np.abs(parts.coefficients) ** 2).mean(axis=0)
    dof = parts.dof
    low, high = (factor[:, None] for factor in chi_squared_factors(dof, confidence))
    squeeze = (lambda a: a[:, 0]) if density.shape[1] == 1 else (lambda a: a)
    diagnostics = {
        "frequency": parts.frequency,
        "dof": dof,
        "segments": len(parts.coefficients),
        "segment_length": parts.length,
        "window": window,
        "variables": series.variables,
    }
    return Estimate(
        "power_spectrum", squeeze(density), squeeze(density * np.sqrt(2 / dof)[:, None]),
        (squeeze(density * low), squeeze(density * high)), len(series.values), "data^2 time", diagnostics,
    )  # fmt: skip


def chi_squared_factors(dof: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """What to multiply an average of squares by to get the ends of its interval."""
    from scipy.special import chdtri

    tail = (1 - confidence) / 2
    return dof / chdtri(dof, tail), dof / chdtri(dof, 1 - tail)
