"""Features of a recording that ask for memory and for a linear law: portmanteau statistics, regressions on products."""

import numpy as np

from . import _verdict_prediction as _prediction

__all__ = ["autocorrelation", "cubic", "normalised", "quadratic", "whiteness"]


def autocorrelation(y: np.ndarray, most: int) -> np.ndarray:
    """Biased autocorrelation at lags 0..most."""
    y = y - y.mean()
    size = 1 << int(np.ceil(np.log2(2 * y.size)))
    acf = np.fft.irfft(np.abs(np.fft.rfft(y, n=size)) ** 2)[: most + 1]
    return acf / (acf[0] + 1e-300)


def whiteness(y: np.ndarray, residual: np.ndarray) -> dict[str, float]:
    """Memory in the values, in their squares, and in what the linear model leaves."""

    def memory(x, lags):
        r = autocorrelation(x, lags)[1:]
        return float(np.arcsinh((x.size * np.sum(r**2) - lags) / np.sqrt(2 * lags)))

    residual = residual - residual.mean()
    scaled = residual / (residual.std() + 1e-300)
    clipped = np.clip(scaled, -5, 5)
    unique = np.unique(np.round(y, 9)).size
    return {
        "memory": memory(y, 20),
        "memory_1": float(autocorrelation(y, 1)[1]),
        "memory_squares": memory(np.clip(y, -5, 5) ** 2, 10),
        "memory_sizes": memory(np.abs(y), 20),
        "left_memory": memory(clipped, 10),
        "left_squares": memory(clipped**2, 10),
        "left_sizes": memory(np.abs(clipped), 10),
        "left_kurtosis": float(np.log10(np.mean(clipped**4))),
        "left_skewness": float(np.abs(np.mean(clipped**3))),
        "kurtosis": float(np.log10(np.mean(np.clip(y, -8, 8) ** 4))),
        "skewness": float(np.abs(np.mean(np.clip(y, -8, 8) ** 3))),
        "distinct": unique / y.size,
    }


def normalised(y: np.ndarray) -> np.ndarray:
    """Ranks mapped to a normal distribution: undoes any monotone distortion by the instrument, not a nonlinear law."""
    from scipy.special import ndtri

    return ndtri((np.argsort(np.argsort(y, kind="stable")) + 0.5) / y.size)


def quadratic(y: np.ndarray) -> dict[str, float]:
    """Does a product of past values improve the linear prediction, or predict the size of its error (log10 F).

    Tsay's test for the mean, and the same regression for the squared residual; on the values as they are and after the
    monotone map to a normal distribution, which undoes an instrument's distortion but not a nonlinear law.
    """
    out = {}
    for name, x in (("raw", np.clip(y, -5, 5)), ("normal", normalised(y))):
        order = int(np.clip(x.size // 60, 3, 12))
        past = _prediction.lagged(x, order, 1)[:-1]
        target = x[order:]
        linear = np.column_stack([np.ones(target.size), past])
        products = np.column_stack(
            [past[:, i] * past[:, j] for i in range(4) for j in range(i, 4) if max(i, j) < order]
        )
        residual = target - linear @ np.linalg.lstsq(linear, target, rcond=None)[0]
        for what, left in (("mean", residual), ("size", np.minimum(residual**2, 9 * residual.var()))):
            left = (
                left - linear @ np.linalg.lstsq(linear, left, rcond=None)[0] if what == "mean" else left - left.mean()
            )
            extra = products if what == "mean" else np.column_stack([past[:, :3], products])
            base = linear if what == "mean" else linear[:, :1]
            part = extra - base @ np.linalg.lstsq(base, extra, rcond=None)[0]
            fitted = part @ np.linalg.lstsq(part, left, rcond=1e-8)[0]
            q, m = part.shape[1], left.size - part.shape[1] - base.shape[1]
            ratio = float(np.sum(fitted**2) / q / (np.sum((left - fitted) ** 2) / m + 1e-12))
            out[f"quadratic_{what}_{name}"] = float(np.log10(ratio + 1e-3))
        if name == "normal":
            scaled = np.clip(residual / (residual.std() + 1e-300), -5, 5)
            for what, series in (("squares", scaled**2), ("sizes", np.abs(scaled))):
                r = autocorrelation(series, 10)[1:]
                out[f"left_{what}_normal"] = float(np.arcsinh((series.size * np.sum(r**2) - 10) / np.sqrt(20)))
            out["left_kurtosis_normal"] = float(np.log10(np.mean(scaled**4)))
            out["left_skewness_normal"] = float(np.abs(np.mean(scaled**3)))
    return out


def cubic(y: np.ndarray, scale: int) -> dict[str, float]:
    """As `quadratic`, for odd terms (cubes and sizes of past values), one sample and one correlation time ahead."""
    out = {}
    for name, x in (("raw", np.clip(y, -4, 4)), ("normal", normalised(y))):
        for when, delay in (("1", 1), ("t", scale)):
            if when == "t" and scale == 1:
                out[f"cubic_t_{name}"] = out[f"cubic_1_{name}"]
                continue
            past = _prediction.lagged(x, 4, delay)
            past, target = past[: past.shape[0] - delay], x[4 * delay :]
            linear = np.column_stack([np.ones(target.size), past])
            a, b = past[:, 0], past[:, 1]
            extra = np.column_stack([a**3, a**2 * b, a * b**2, b**3, a * np.abs(a), a * np.abs(b), a**2, a * b, b**2])
            both = np.column_stack([target, extra])
            both = both - linear @ np.linalg.lstsq(linear, both, rcond=None)[0]
            left, part = both[:, 0], both[:, 1:]
            fitted = part @ np.linalg.lstsq(part, left, rcond=1e-8)[0]
            m = left.size / delay - part.shape[1] - linear.shape[1]
            ratio = np.sum(fitted**2) / part.shape[1] / (np.sum((left - fitted) ** 2) / max(m, 10.0) + 1e-12)
            out[f"cubic_{when}_{name}"] = float(np.log10(ratio + 1e-3))
    for when, value in _prediction.polynomial(normalised(y), scale).items():
        if when.startswith("poly_gain"):
            out[f"{when}_normal"] = value
    centred = (y - y.mean()) / (y.std() + 1e-300)
    out["bimodality"] = float((np.mean(centred**3) ** 2 + 1) / np.mean(centred**4))
    return out
