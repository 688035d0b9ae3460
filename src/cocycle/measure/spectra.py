"""Spectra of data: power spectrum, dominant period, autocorrelation time."""

import math
from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError

from ._series import as_series

__all__ = ["autocorrelation_time", "dominant_period", "power_spectrum"]


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
    from scipy.special import chdtri

    if window not in ("hann", "boxcar"):
        raise CocycleError(f"power_spectrum: window must be 'hann' or 'boxcar'; got {window!r}.")
    if not isinstance(segments, (int, np.integer)) or segments < 1:
        raise CocycleError(f"power_spectrum: segments must be a whole number, 1 or more; got {segments!r}.")
    if not 0 < confidence < 1:
        raise CocycleError(f"power_spectrum: confidence must lie between 0 and 1; got {confidence!r}.")
    series = as_series(data, measure="the power spectrum", min_length=16)
    values = _detrended(series.values, detrend)
    overlap = 2 if window == "hann" else 1
    length = overlap * len(values) // (segments + overlap - 1)
    if length < 8:
        raise DataError(f"power_spectrum: {len(values)} samples in {segments} segments leave {length} each; use fewer.")
    length -= length % overlap
    taper = _hann(length) if window == "hann" else np.ones(length)
    parts = np.stack([values[s : s + length] for s in range(0, len(values) - length + 1, length // overlap)])
    raw = np.abs(np.fft.rfft(parts * taper[:, None], axis=1)) ** 2 * (2 * series.dt / (taper**2).sum())
    single = [0, -1] if length % 2 == 0 else [0]  # these frequencies have no negative partner
    raw[:, single] /= 2
    density = raw.mean(axis=0)
    used = len(parts)
    shared = ((taper[length // 2 :] @ taper[: length // 2]) / (taper @ taper)) ** 2 if overlap == 2 else 0.0
    dof = np.full(density.shape[0], 2 * used / (1 + 2 * shared * (used - 1) / used))
    dof[single] /= 2
    tail = (1 - confidence) / 2
    factors = [(dof / chdtri(dof, t))[:, None] for t in (tail, 1 - tail)]
    squeeze = (lambda a: a[:, 0]) if density.shape[1] == 1 else (lambda a: a)
    diagnostics = {
        "frequency": np.fft.rfftfreq(length, series.dt),
        "dof": dof,
        "segments": used,
        "segment_length": length,
        "window": window,
        "variables": series.variables,
    }
    return Estimate(
        "power_spectrum", squeeze(density), squeeze(density * np.sqrt(2 / dof)[:, None]),
        (squeeze(density * factors[0]), squeeze(density * factors[1])), len(values), "data^2 time", diagnostics,
    )  # fmt: skip


def _hann(length: int) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)


def _detrended(values: np.ndarray, how: str) -> np.ndarray:
    if how == "none":
        return values
    if how not in ("constant", "linear"):
        raise CocycleError(f"power_spectrum: detrend must be 'constant', 'linear' or 'none'; got {how!r}.")
    values = values - values.mean(axis=0)
    if how == "linear":
        t = np.arange(len(values)) - (len(values) - 1) / 2
        values = values - t[:, None] * (t @ values / (t @ t))
    return values


# -- dominant period ------------------------------------------------------------------------------------------------


def dominant_period(data: Any, *, level: float = 0.05) -> Estimate:
    """The period of the strongest spectral peak that stands out from red noise.

    The periodogram of the linearly detrended, Hann-tapered record is compared with the spectrum of an AR(1) process,
    `s (1 - a^2) / (1 - 2 a cos(2 pi f dt) + a^2)`, fitted to its logarithm by least absolute deviations, so that the
    peak itself does not raise its own background (the aim of [@mann1996], with another fit); where the median
    spectrum over a tenth of the frequencies is higher, as in the broad bands of chaos, that is the background. Under
    it the ratio at each frequency is exponential with mean 1; the largest of `T/2` gives the p-value, with Bonferroni
    over variables. Frequencies below 2 cycles per record are left out.

    Of the peaks with `p <= level` the one with most power is taken, else the one that stands out most, with a note.
    A small p-value says "a peak", not "periodic": noisy and chaotic oscillators have peaks too.

    **Arguments**: `data`: `(T,)` or `(T, dim)`, at least 32 samples; of several variables the one that stands out
    most is used. `level`: significance.

    **Returns** an `Estimate` in units of time. `stderr`: the error for a line in noise [@rife1974], with what the
    peak wanders between the quarters of the record beyond that. Diagnostics: `p`, `significant`,
    `variable`, `ratio` (peak over background), `frequency`, `spectrum`, `background`, `peaks` (periods of all
    significant peaks, strongest first).
    """
    if not 0 < level < 1:
        raise CocycleError(f"dominant_period: level must lie between 0 and 1; got {level!r}.")
    series = as_series(data, measure="the dominant period", min_length=32)
    values = _detrended(series.values, "linear")
    scale = values.std(axis=0)
    if (scale <= 1e-12 * np.abs(series.values).max(axis=0)).any():
        raise DataError("dominant_period: a column is a straight line; it has no period. Drop it or take increments.")
    found = [_strongest(x / s, level) for x, s in zip(values.T, scale, strict=True)]
    best = min(range(len(found)), key=lambda i: (found[i]["p"], -found[i]["ratio"]))
    peak = found[best]
    length, dt = len(values), series.dt
    p = min(1.0, peak["p"] * len(found))
    x = values[:, best] / scale[best]
    bins = peak["bin"]
    line = math.sqrt(12 / max(peak["ratio"], 1.0)) / (2 * math.pi)  # twice the variance of no taper
    # for a line, quarters scatter by 4 times its error: only what is beyond that says that the peak wanders
    error = math.sqrt(line**2 + max(_scatter(x, bins) ** 2 - 2 * (4 * line) ** 2, 0.0))
    period = length * dt / bins
    notes = () if p <= level else (f"No period stands out from red noise (p = {p:.2g}).",)
    frequency = np.arange(peak["spectrum"].size) / (length * dt)
    diagnostics = {
        "p": p,
        "significant": p <= level,
        "variable": series.variables[best],
        "ratio": peak["ratio"],
        "peaks": length * dt / np.array(peak["peaks"]) if peak["peaks"] else np.array([]),
        "frequency": frequency,
        "spectrum": peak["spectrum"],
        "background": peak["background"],
        "cycles": bins,
    }
    return Estimate("dominant_period", period, period * error / bins, None, length, "time", diagnostics, notes)


def _periodogram(x: np.ndarray) -> np.ndarray:
    taper = _hann(x.size)
    return np.abs(np.fft.rfft(x * taper)) ** 2 / (taper @ taper)


def _strongest(x: np.ndarray, level: float) -> dict[str, Any]:
    spectrum = _periodogram(x)
    spectrum = np.maximum(spectrum, 1e-30 * spectrum.max())
    background = np.maximum(_red_background(spectrum, x.size), _broad_background(spectrum))
    ratio = spectrum / background
    mirrored = spectrum[-2] if x.size % 2 == 0 else spectrum[-1]  # what lies beyond the highest frequency
    if x.size % 2 == 0:
        ratio[-1] /= 2  # one degree of freedom instead of two, so a longer tail: half of it is below exponential
    beyond = np.append(spectrum, mirrored)
    inner = np.arange(2, spectrum.size)
    tops = inner[(beyond[inner] >= beyond[inner - 1]) & (beyond[inner] >= beyond[inner + 1])]
    if tops.size == 0:  # power only rises towards an end
        tops = inner[[int(np.argmax(ratio[inner]))]]
    # P(the largest of T/2 exponentials exceeds r), kept accurate when tiny
    p = -np.expm1(x.size / 2 * np.log1p(-np.exp(-ratio[tops])))
    clear = tops[p <= level]
    clear = clear[np.argsort(-spectrum[clear])]
    top = int(clear[0]) if clear.size else int(tops[np.argmax(ratio[tops])])
    return {
        "p": float(-np.expm1(x.size / 2 * np.log1p(-np.exp(-ratio[top])))),
        "ratio": float(ratio[top]),
        "bin": top + _offset(beyond, top),
        "peaks": [int(k) + _offset(beyond, int(k)) for k in clear[:10]],
        "spectrum": spectrum,
        "background": background,
    }


def _offset(spectrum: np.ndarray, top: int) -> float:
    """How far from bin `top` the peak lies, from the ratio of its two neighbours' amplitudes: exact for one line."""
    before, here, after = np.sqrt(spectrum[top - 1 : top + 2])
    # a Hann-tapered line at offset d has neighbours in proportion (1 + d) / (2 - d) to the top (d > 0)
    if after >= before:
        ratio = after / here
        return float(np.clip((2 * ratio - 1) / (1 + ratio), 0.0, 0.5))
    ratio = before / here
    return float(np.clip(-(2 * ratio - 1) / (1 + ratio), -0.5, 0.0))


def _red_background(spectrum: np.ndarray, length: int) -> np.ndarray:
    """AR(1) spectrum fitted to the log-periodogram by least absolute deviations."""
    angle = 2 * np.pi * np.arange(spectrum.size) / length
    logs = np.log(spectrum[2:-1])

    def shape(a):
        return (1 - a**2) / (1 - 2 * a * np.cos(angle) + a**2)

    def deviation(a):
        rest = logs - np.log(shape(a)[2:-1])
        return np.abs(rest - np.median(rest)).sum()

    grid = np.concatenate([np.linspace(-0.9, 0.9, 37), 1 - np.geomspace(0.09, 0.002, 12)])
    for _ in range(2):
        cost = [deviation(a) for a in grid]
        i = int(np.argmin(cost))
        centre, low, high = grid[i], grid[max(i - 1, 0)], grid[min(i + 1, grid.size - 1)]
        grid = np.linspace(low, high, 11)
    rest = logs - np.log(shape(centre)[2:-1])  # the median of an exponential is log 2
    return shape(centre) * math.exp(float(np.median(rest))) / math.log(2)


def _broad_background(spectrum: np.ndarray) -> np.ndarray:
    """Median over overlapping tenths of the frequencies, joined by straight lines."""
    width = max(16, spectrum.size // 10)
    starts = list(range(2, max(3, spectrum.size - width), max(1, width // 2)))
    windows = [
        (2, 2 + max(16, width // 4)),
        *((s, s + width) for s in starts),
    ]  # red spectra are steepest at the low end
    centres = [(low + high) / 2 for low, high in windows]
    medians = [np.median(spectrum[low:high]) for low, high in windows]
    return np.interp(np.arange(spectrum.size), centres, np.array(medians) / math.log(2))


def _scatter(x: np.ndarray, bins: float) -> float:
    """Standard error of the peak's bin number from the quarters of the record; 0 where they are too short to tell."""
    quarter = x.size // 4
    expected = bins / 4
    if expected < 4 or quarter < 32:
        return 0.0
    found = []
    for k in range(4):
        spectrum = _periodogram(x[k * quarter : (k + 1) * quarter])
        low, high = max(2, int(expected - 2)), min(spectrum.size - 1, int(expected + 4))
        if high <= low:
            return 0.0
        top = low + int(np.argmax(spectrum[low:high]))
        found.append(4 * (top + _offset(spectrum, top)))
    return float(np.std(found, ddof=1) / 2)


# -- autocorrelation time -------------------------------------------------------------------------------------------


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
