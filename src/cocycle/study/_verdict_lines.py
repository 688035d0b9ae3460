"""Features of a recording that come from its spectrum: lines that hold in the future, and folding at a period.

A discrete spectrum is what separates periodic and quasi-periodic motion from everything else. A narrow peak does not
prove a line; a line that was fitted to the past and still predicts the future does.
"""

import numpy as np

__all__ = ["fold", "lines", "spectral"]


def _periodogram(y: np.ndarray, pad: int = 1) -> np.ndarray:
    window = np.hanning(y.size + 2)[1:-1]
    return np.abs(np.fft.rfft((y - y.mean()) * window, n=pad * y.size)) ** 2


def spectral(y: np.ndarray) -> dict[str, float]:
    """Shape of the spectrum: peaks, flatness, slope at low frequency, floor at high frequency."""
    power = _periodogram(y)[1:] + 1e-18
    power /= power.sum()
    n = power.size
    rest, peaks = power.copy(), []
    for _ in range(10):
        top = int(np.argmax(rest))
        low, high = max(0, top - 2), min(n, top + 3)
        peaks.append(float(rest[low:high].sum()))
        rest[low:high] = 0.0
    bins = max(1, n // 48)
    smooth = power[: n // bins * bins].reshape(-1, bins).mean(axis=1)
    low = power[: max(8, n // 16)]
    slope = np.polyfit(np.log(np.arange(1, low.size + 1)), np.log(low), 1)[0]
    return {
        "peak_1": peaks[0],
        "peak_3": sum(peaks[:3]),
        "peak_10": sum(peaks),
        "flatness": float(np.mean(np.log(smooth)) - np.log(smooth.mean())),
        "low_share": float(power[:3].sum()),
        "low_slope": float(slope),
        "high_floor": float(np.log10(np.median(power[3 * n // 4 :]) * n)),
        "deep_floor": float(np.log10(np.percentile(smooth, 5) * n)),
        "spread": float(-np.sum(power * np.log(power)) / np.log(n)),
    }


def _sines(t: np.ndarray, frequency: np.ndarray) -> np.ndarray:
    angle = 2 * np.pi * np.outer(t, frequency)
    return np.hstack([np.ones((t.size, 1)), np.cos(angle), np.sin(angle)])


def _solve(design: np.ndarray, target: np.ndarray) -> np.ndarray:
    gram = design.T @ design
    return np.linalg.solve(gram + 1e-9 * np.trace(gram) / gram.shape[0] * np.eye(gram.shape[0]), design.T @ target)


def lines(y: np.ndarray, most: int = 10, share: float = 0.75) -> tuple[dict[str, float], np.ndarray]:
    """Fit a few sinusoids to the first part and predict the rest. Features, and the frequencies, strongest first.

    Frequencies are refined jointly with the amplitudes (Gauss-Newton), so a line is known to about
    `1 / (length sqrt(length x signal-to-noise))` and holds over the rest if it is a line.
    """
    n = int(share * y.size)
    t = np.arange(y.size, dtype=float) - n / 2
    head, past, future = t[:n], y[:n], y[n:]
    spread = float(np.var(future)) + 1e-12
    frequency = np.empty(0)
    residual = past - past.mean()
    test: dict[int, float] = {}
    fit: dict[int, float] = {}
    for count in range(1, most + 1):
        power = _periodogram(residual, pad=2)
        power[:2] = 0.0
        top = int(np.argmax(power[:-1]))
        left, mid, right = np.log(power[[max(top - 1, 0), top, top + 1]] + 1e-300)
        bend = left - 2 * mid + right
        shift = 0.5 * (left - right) / bend if bend < 0 else 0.0
        frequency = np.append(frequency, (top + np.clip(shift, -0.5, 0.5)) / (2 * n))
        for _ in range(2):
            design = _sines(head, frequency)
            coefficients = _solve(design, past)
            cosine, sine = coefficients[1 : count + 1], coefficients[count + 1 :]
            # derivative of the model with respect to each frequency
            change = 2 * np.pi * head[:, None] * (design[:, count + 1 :] * -cosine + design[:, 1 : count + 1] * sine)
            step = _solve(np.hstack([design, change]), past - design @ coefficients)[2 * count + 1 :]
            frequency = np.clip(frequency + np.clip(step, -0.3 / n, 0.3 / n), 0.2 / n, 0.5)
        coefficients = _solve(_sines(head, frequency), past)
        residual = past - _sines(head, frequency) @ coefficients
        fit[count] = float(np.mean(residual**2)) / (float(np.var(past)) + 1e-12)
        predicted = _sines(t[n:], frequency) @ coefficients
        test[count] = float(np.mean(np.clip(future - predicted, -6, 6) ** 2)) / spread
        if fit[count] < 1e-9:
            break
    last = max(fit)
    values = [test.get(k, test[last]) for k in (1, 3, 6)]
    out = {f"line_test_{k}": float(np.log10(min(v, 3.0) + 1e-9)) for k, v in zip((1, 3, 6), values, strict=True)}
    out["line_test"] = float(np.log10(min(min(test.values()), 3.0) + 1e-9))
    out["line_fit"] = float(np.log10(fit[last] + 1e-9))
    out["line_count"] = float(next(k for k in test if test[k] <= 1.3 * min(test.values()) + 1e-9))
    return out, frequency


def _fold_error(y: np.ndarray, n: int, periods: np.ndarray) -> np.ndarray:
    """Mean square error of predicting `y[n:]` from the samples of `y[:n]` with the nearest phase, for each period."""
    t = np.arange(y.size, dtype=float)
    out = np.empty(periods.size)
    for i, period in enumerate(periods):
        phase = t / period
        phase -= np.floor(phase)
        order = np.argsort(phase[:n])
        known, value = phase[:n][order], y[:n][order]
        place = np.searchsorted(known, phase[n:])
        columns = (place[:, None] + np.array([-2, -1, 0, 1])) % n
        gap = np.abs(known[columns] - phase[n:, None])
        gap = np.minimum(gap, 1.0 - gap)
        w = 1.0 / (gap + 0.3 / n)
        predicted = (w * value[columns]).sum(axis=1) / w.sum(axis=1)
        out[i] = np.mean((y[n:] - predicted) ** 2)
    return out


def fold(y: np.ndarray, frequency: np.ndarray, share: float = 0.65) -> tuple[dict[str, float], float]:
    """Best prediction of the last part by folding the first at one period; the features and that period (samples).

    Needs no waveform: spikes, square waves and period-n maps fold as well as sines. Periods up to a sixth of the
    first part are tried: multiples of the strongest lines and the lags at which the recording best repeats itself.
    """
    n = int(share * y.size)
    longest = n / 5.0
    spread = float(np.var(y[n:])) + 1e-12
    spectrum = np.abs(np.fft.rfft(y - y.mean(), n=2 * y.size)) ** 2
    acf = np.fft.irfft(spectrum)[: int(longest) + 2] / np.arange(y.size, y.size - int(longest) - 2, -1)
    peaks = np.flatnonzero((acf[1:-1] >= acf[:-2]) & (acf[1:-1] > acf[2:])) + 1
    peaks = peaks[np.argsort(acf[peaks])[::-1][:8]]
    bend = acf[peaks - 1] - 2 * acf[peaks] + acf[peaks + 1]
    repeats = peaks + 0.5 * (acf[peaks - 1] - acf[peaks + 1]) / np.where(bend < 0, bend, -1.0)
    base = 1.0 / frequency[:3]
    base = base[base < longest]
    tries = np.concatenate([(base[:, None] * np.arange(1, 9)).ravel(), repeats, np.arange(2.0, 17.0)])
    tries = np.unique(np.round(tries[(tries >= 1.5) & (tries <= longest)], 4))
    out = {"fold": 0.2, "fold_period": 0.0, "fold_cycles": 0.0}
    if not tries.size:
        return out, np.nan
    screen = _fold_error(y, n, tries) / spread
    refined: list[tuple[float, float]] = []
    for candidate in tries[np.argsort(screen)[:5]]:
        width = candidate**2 / n
        for half in (0.5, 0.12, 0.03):
            grid = candidate + width * half * np.linspace(-1, 1, 9)
            errors = _fold_error(y, n, grid) / spread
            candidate = float(grid[int(np.argmin(errors))])
        refined.append((candidate, float(errors.min())))
    best = min(error for _, error in refined)
    best_period, best = min(pair for pair in refined if pair[1] <= 1.2 * best + 1e-6)
    shortest = 1.0 / frequency[0] if frequency.size else best_period
    out["fold"] = float(np.log10(min(best, 3.0) + 1e-9))
    out["fold_period"] = float(np.log2(max(best_period / shortest, 0.1)))
    out["fold_cycles"] = float(np.log10(y.size / best_period))
    return out, best_period
