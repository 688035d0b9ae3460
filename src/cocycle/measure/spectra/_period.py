"""The period of the strongest spectral peak that stands out from red noise."""

import math
from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate
from cocycle.measure._series import as_series

from ._segments import detrended, hann

__all__ = ["dominant_period"]


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
    values = detrended(series.values, "linear", "dominant_period")
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
    taper = hann(x.size)
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
