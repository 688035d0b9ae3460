"""Two series: cross-spectrum, coherence, phase, gain, and the delay from the slope of the phase."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError
from cocycle.measure._series import Series, as_series

from ._coherence import coherence_interval
from ._segments import Segments, hann, segmented

__all__ = ["cross_spectrum", "group_delay"]

_UNIFORM = np.pi / np.sqrt(3)  # standard deviation of a phase of which nothing is known


def cross_spectrum(
    data: Any, *, segments: int = 16, window: str = "hann", detrend: str = "constant", confidence: float = 0.95
) -> dict[str, Estimate]:
    r"""How two series go together at each frequency, by Welch's averaged segments. [@bendat2010]

    With $X_k$, $Y_k$ the coefficients of segment $k$, $\hat S_{xy} = \langle \bar X_k Y_k \rangle$ and

    $$\hat\gamma^2 = \frac{|\hat S_{xy}|^2}{\hat S_{xx} \hat S_{yy}}, \qquad \hat\phi = \arg \hat S_{xy}, \qquad
      |\hat H| = |\hat S_{xy}| / \hat S_{xx}.$$

    If `y` is `x` delayed by $\tau$, the phase is $-2 \pi f \tau$. A delay that is not short against a segment lowers
    the coherence; `group_delay` says so.

    **Arguments**

    - `data`: `(T, 2)`, the columns `x` and `y`; at least 64 samples. - `segments`: 4 or more (half-overlapping); more
      give smaller error bars and coarser frequencies. - `window`, `detrend`: as for `power_spectrum`.
    - `confidence`: of the coherence's interval.

    **Returns** Estimates of shape `(F,)` by name. Zero and the highest frequency, which have no phase, are left out.

    - `"density"`: modulus of the one-sided cross-spectral density, product of the data's units times time.
    - `"coherence"`: squared coherence, as it comes: of `n` independent segments of unrelated series it is `1/n` in the
      mean. The interval inverts its exact law for Gaussian data [@carter1987], overlap counted as fewer independent
      segments; it includes the estimate itself. Diagnostics: `p`, the exact probability of as much from unrelated
      series, $(1 - \hat\gamma^2)^{n-1}$, `chance_level`, what 5 % of unrelated series exceed at one frequency, and
      `cross_density`, complex.
    - `"phase"`: radians; `stderr` $\sqrt{(1 - \gamma^2) / (2 (n - 1) \gamma^2)}$, at most that of an unknown phase,
      $\pi / \sqrt 3$. - `"gain"`: $|H|$, unit of `y` by unit of `x`.

    Diagnostics of each: `frequency`, `independent_segments` (n), `segment_length`. The error bars are those of
    stationary Gaussian series whose spectra are smooth over a bandwidth `1/segment_length`.
    """
    if not 0 < confidence < 1:
        raise CocycleError(f"cross_spectrum: confidence must lie between 0 and 1; got {confidence!r}.")
    series = _pair(data, "cross_spectrum")
    parts = _segments(series, segments, window, detrend, "cross_spectrum")
    sxx, syy, sxy = _densities(parts)
    n = parts.dof[1] / 2
    coherence = np.abs(sxy) ** 2 / (sxx * syy)
    true = _without_bias(coherence, n)
    common = {
        "frequency": parts.frequency[_inner(parts)],
        "independent_segments": float(n),
        "segments": len(parts.coefficients),
        "segment_length": parts.length,
        "variables": series.variables,
    }
    tests = {
        "p": (1 - coherence) ** (n - 1),
        "chance_level": 1 - 0.05 ** (1 / (n - 1)),
        "cross_density": sxy,
    }
    size, length = np.sqrt(sxx * syy), len(series.values)
    interval = coherence_interval(coherence, n, confidence)
    return {
        "density": Estimate(
            "cross_spectral_density", np.abs(sxy), size * np.sqrt((1 + true) / (2 * (n - 1))), None, length,
            "data^2 time", common,
        ),
        "coherence": Estimate("coherence", coherence, None, interval, length, "", common | tests),
        "phase": Estimate("phase", np.angle(sxy), _phase_error(true, n), None, length, "radians", common),
        "gain": Estimate(
            "gain", np.abs(sxy) / sxx, np.sqrt(syy / sxx * (1 - true) / (2 * (n - 1))), None, length, "data / data",
            common,
        ),
    }  # fmt: skip


def group_delay(
    data: Any,
    *,
    segments: int = 16,
    band: tuple[float, float] | None = None,
    offset: bool = True,
    level: float = 0.05,
) -> Estimate:
    r"""By how much the second series lags the first: the slope of the phase of the cross-spectrum. [@hannan1973]

    $$\tau = -\frac{1}{2 \pi} \frac{d\phi}{df},$$

    from the weighted straight line through the phases of the coherent frequencies, weights $\gamma^2 / (1 - \gamma^2)$.
    The line is found without unwrapping: as the largest $|\sum_f w_f e^{i (\phi_f + 2 \pi f \tau)}|$.

    **Arguments**

    - `data`: `(T, 2)`, at least 64 samples. - `segments`: as for `cross_spectrum`. - `band`: lowest and highest
      frequency used (default: all), where the medium is dispersive.
    - `offset`: fit a constant phase besides (a sign, a quarter period); `False` for a pure delay: more precise.
    - `level`: 3 frequencies at least must be coherent at this significance, Bonferroni over frequencies.

    **Returns** an `Estimate` in units of time; positive: the second series comes later. `stderr`: from the phases'
    errors with the correlation of neighbouring frequencies under the taper, enlarged where phases scatter by more than
    their errors. Diagnostics: `offset` (radians), `frequency`, `phase` (of the frequencies used, by whole turns next to
    the line), `phase_stderr`, `phase_fit` (the line), `residual`, `misfit`
    (mean square of residuals in errors: 1 for a straight line).

    Raises `EstimationError` where fewer than 3 frequencies are coherent, or where the delay is over a quarter of a
    segment (the segments then hold different stretches).
    """
    from scipy.ndimage import median_filter

    if not 0 < level < 1:
        raise CocycleError(f"group_delay: level must lie between 0 and 1; got {level!r}.")
    series = _pair(data, "group_delay")
    parts = _segments(series, segments, "hann", "constant", "group_delay")
    sxx, syy, sxy = _densities(parts)
    n = parts.dof[1] / 2
    frequency = parts.frequency[_inner(parts)]
    inside = np.ones(len(frequency), bool)
    if band is not None:
        if len(band) != 2 or not band[0] < band[1]:
            raise CocycleError(f"group_delay: band is (lowest, highest) frequency; got {band!r}.")
        inside = (frequency >= band[0]) & (frequency <= band[1])
    coherence = np.abs(sxy) ** 2 / (sxx * syy)
    clear = inside & ((1 - coherence) ** (n - 1) < level / max(inside.sum(), 1))
    # weights from each frequency's own estimate favour those coherent by chance: the median of five keeps edges
    smooth = median_filter(_without_bias(coherence, n), 5, mode="nearest")
    used = np.flatnonzero(inside & (smooth > 1 / n))
    if clear.sum() < 3 or len(used) < 3:
        raise EstimationError(
            f"group_delay: {series.variables[0]!r} and {series.variables[1]!r} are coherent at {clear.sum()} of "
            f"{inside.sum()} frequencies; a slope needs 3 or more. Give a longer record, or more or fewer segments."
        )
    phase, omega = np.angle(sxy[used]), 2 * np.pi * frequency[used]
    error = _phase_error(np.minimum(smooth[used], 1 - 1e-10), n)
    weight = 1 / error**2
    padded = np.zeros(16 * parts.length, complex)
    padded[used + 1] = weight * np.exp(1j * phase)  # bins of the full transform
    lags = np.fft.fftfreq(len(padded), 1 / (parts.length * series.dt))
    sums = np.fft.ifft(padded)
    tau = lags[np.argmax(np.abs(sums) if offset else sums.real)]
    for _ in range(3):  # from the grid to the least-squares line
        start = np.angle(np.sum(weight * np.exp(1j * (phase + omega * tau)))) if offset else 0.0
        residual = np.angle(np.exp(1j * (phase + omega * tau - start)))
        lever = omega - (weight @ omega / weight.sum() if offset else 0.0)
        pull = weight * lever / (weight @ lever**2)
        tau -= float(pull @ residual)
    longest = parts.length * series.dt / 4
    if abs(tau) > longest:
        raise EstimationError(
            f"group_delay: the phases fit a delay of {tau:.3g}, over a quarter of a segment ({longest:.3g}); segments "
            "then hold different stretches of the two series. Use fewer segments, or shift one series first."
        )
    misfit = float(np.mean((residual / error) ** 2) * len(used) / (len(used) - 1 - offset))
    together = _leak(parts.length)
    share = np.append(together, 0.0)[np.minimum(np.abs(used[:, None] - used), len(together))]
    stderr = np.sqrt((pull * error) @ share @ (pull * error) * max(misfit, 1.0))
    notes = ()
    if misfit > 1 + 4 * np.sqrt(2 * share.sum() / len(used) ** 2):
        notes = ("The phase is no straight line: the delay depends on frequency. Choose a `band`.",)
    line = start - omega * tau
    residual = np.angle(np.exp(1j * (phase - line)))
    diagnostics = {
        "offset": float(start), "frequency": frequency[used], "phase": line + residual, "phase_stderr": error,
        "phase_fit": line, "residual": residual, "misfit": misfit,
        "independent_segments": float(n), "segment_length": parts.length, "variables": series.variables,
    }  # fmt: skip
    return Estimate("group_delay", tau, stderr, None, len(series.values), "time", diagnostics, notes)


def _pair(data: Any, measure: str) -> Series:
    series = as_series(data, measure=measure, min_length=64)
    if series.values.shape[1] != 2:
        raise DataError(
            f"{measure} takes two columns, x and y; got {series.values.shape[1]}. Choose: `data[:, [i, j]]`."
        )
    return series


def _segments(series: Series, segments: Any, window: str, detrend: str, measure: str) -> Segments:
    parts = segmented(series, segments, window, detrend, measure)
    if len(parts.coefficients) < 4:
        raise CocycleError(f"{measure}: coherence needs 4 segments or more (of one it is always 1); got {segments}.")
    return parts


def _inner(parts: Segments) -> slice:
    return slice(1, -1 if parts.length % 2 == 0 else None)


def _densities(parts: Segments) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x, y = np.moveaxis(parts.coefficients[:, _inner(parts)], 2, 0)
    sxx, syy = (np.abs(x) ** 2).mean(axis=0), (np.abs(y) ** 2).mean(axis=0)
    tiny = np.finfo(float).tiny
    return np.maximum(sxx, tiny), np.maximum(syy, tiny), (x.conj() * y).mean(axis=0)


def _without_bias(coherence: np.ndarray, n: float) -> np.ndarray:
    """The mean of the estimate is c + (1 - c)^2 / n to first order; at least 0."""
    return np.clip(coherence - (1 - coherence) ** 2 / n, 0, 1)


def _phase_error(coherence: np.ndarray, n: float) -> np.ndarray:
    return np.minimum(np.sqrt((1 - coherence) / (2 * (n - 1) * np.maximum(coherence, 1e-12))), _UNIFORM)


def _leak(length: int) -> np.ndarray:
    """Correlation of spectral averages 0, 1, 2, ... frequencies apart, of half-overlapping Hann segments."""
    taper = hann(length)
    apart = np.exp(2j * np.pi * np.outer(np.arange(6), np.arange(length)) / length)
    same = apart @ taper**2 / (taper @ taper)
    shifted = apart[:, : length // 2] @ (taper[: length // 2] * taper[length // 2 :]) / (taper @ taper)
    share = np.abs(same) ** 2 + 2 * np.abs(shifted) ** 2
    return share / share[0]
