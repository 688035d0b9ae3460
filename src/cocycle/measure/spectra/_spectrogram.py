"""The spectrum as it changes in time."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate
from cocycle.measure._series import as_series

from ._power import chi_squared_factors
from ._segments import hann, without_partner

__all__ = ["spectrogram"]


def spectrogram(
    data: Any,
    *,
    segment: float | None = None,
    step: float | None = None,
    tapers: int = 4,
    bandwidth: float | None = None,
    confidence: float = 0.95,
) -> Estimate:
    r"""Power spectral density of a sliding stretch of the record, by several orthogonal tapers. [@thomson1982]

    $$\hat S(t, f) = \frac{2 \Delta t}{K} \sum_{k=1}^{K}
      \Big| \sum_n w^{(k)}_n x_{t + n} e^{-2 \pi i f n \Delta t} \Big|^2, \quad
      \sum_n w_n^{(k)} w_n^{(l)} = \delta_{kl},$$

    with the discrete prolate sequences, those best concentrated within `bandwidth`. One stretch seen once has an error
    of its own size; `K` tapers see it `K` times, at the price of `K` times coarser frequencies. The mean of each
    stretch is removed.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, at least 32 samples. - `segment`: length of the stretch in units of time (default:
      an eighth of the record). - `step`: from one stretch to the next in units of time (default: half a stretch).
    - `tapers`: K; 1 is the plain short-time spectrum under a Hann taper. - `bandwidth`: half-width of the frequencies
      that are averaged, at least `(K + 1) / (2 segment)`, which is the default.
    - `confidence`: of the interval.

    **Returns** an `Estimate`: density of shape `(W, F)`, or `(W, F, dim)`, one-sided, square of the data's unit times
    time. `stderr` and `interval` from the chi-squared law with `2 K` degrees of freedom (half as many at zero and the
    highest frequency): right where the spectrum is smooth over `bandwidth` and changes slowly over a stretch.
    Overlapping stretches are not independent. Diagnostics: `times` (middle of each stretch, from the first sample),
    `frequency`, `dof`, `bandwidth`, `concentration` (share of each taper's energy within the bandwidth).
    """
    series = as_series(data, measure="the spectrogram", min_length=32)
    total, dt = len(series.values), series.dt
    length = max(16, total // 8) if segment is None else _samples(segment, dt, "segment")
    if not 16 <= length <= total:
        raise DataError(
            f"spectrogram: a stretch has 16 samples or more and at most the record's {total}; got {length}."
        )
    hop = length // 2 if step is None else _samples(step, dt, "step")
    if hop < 1:
        raise CocycleError(f"spectrogram: step must be at least one sampling interval, {dt}; got {step!r}.")
    if not 0 < confidence < 1:
        raise CocycleError(f"spectrogram: confidence must lie between 0 and 1; got {confidence!r}.")
    windows, half, concentration = _tapers(length, dt, tapers, bandwidth)
    starts = np.arange(0, total - length + 1, hop)
    pieces = np.stack([series.values[s : s + length] for s in starts])
    pieces = pieces - pieces.mean(axis=1, keepdims=True)
    power = [np.abs(np.fft.rfft(pieces * w[:, None], axis=1)) ** 2 for w in windows]
    density = np.mean(power, axis=0) * (2 * dt)
    single = without_partner(length)
    density[:, single] /= 2
    dof = np.full(density.shape[1], 2.0 * len(windows))
    dof[single] /= 2
    low, high = (factor[:, None] for factor in chi_squared_factors(dof, confidence))
    squeeze = (lambda a: a[..., 0]) if density.shape[2] == 1 else (lambda a: a)
    diagnostics = {
        "times": (starts + (length - 1) / 2) * dt, "frequency": np.fft.rfftfreq(length, dt), "dof": dof,
        "bandwidth": half, "concentration": concentration, "segment_length": length, "variables": series.variables,
    }  # fmt: skip
    return Estimate(
        "spectrogram", squeeze(density), squeeze(density * np.sqrt(2 / dof)[:, None]),
        (squeeze(density * low), squeeze(density * high)), total, "data^2 time", diagnostics,
    )  # fmt: skip


def _samples(time: Any, dt: float, name: str) -> int:
    if not isinstance(time, (int, float, np.number)) or not 0 < float(time) < np.inf:
        raise CocycleError(f"spectrogram: {name} is a time greater than 0; got {time!r}.")
    return round(float(time) / dt)


def _tapers(length: int, dt: float, tapers: Any, bandwidth: Any) -> tuple[np.ndarray, float, np.ndarray]:
    """Orthonormal tapers `(K, length)`, the half-width that they average over, and the energy that they keep in it."""
    if not isinstance(tapers, (int, np.integer)) or tapers < 1:
        raise CocycleError(f"spectrogram: tapers must be a whole number, 1 or more; got {tapers!r}.")
    least = (tapers + 1) / (2 * length * dt)
    half = least if bandwidth is None else float(bandwidth)
    if tapers == 1 and bandwidth is None:
        taper = hann(length)
        return (taper / np.sqrt(taper @ taper))[None], 2 / (length * dt), np.array([0.9995])
    if not least <= half < 0.5 / dt:
        raise CocycleError(
            f"spectrogram: {tapers} tapers on {length} samples need a bandwidth of {least:.3g} or more, below the "
            f"highest frequency {0.5 / dt:.3g}; got {half:.3g}. Use fewer tapers or a longer segment."
        )
    from scipy.signal.windows import dpss

    windows, kept = dpss(length, half * length * dt, tapers, return_ratios=True)
    return np.asarray(windows), half, np.asarray(kept)
