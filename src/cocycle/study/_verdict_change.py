"""Features of a recording that ask whether its law changes while it is watched."""

import numpy as np

from . import _verdict_prediction as _prediction

__all__ = ["drift", "regime_change", "stationarity"]

BLOCKS = 18


def stationarity(raw: np.ndarray, correlation: float) -> dict[str, float]:
    """Does the law of the motion change during the recording: mean, variance, spectrum, distribution; unit root."""
    n = raw.size
    t = np.linspace(-1, 1, n)
    trend = np.polynomial.legendre.legvander(t, 3)
    coefficients = np.linalg.lstsq(trend, raw, rcond=None)[0]
    smooth = trend @ coefficients
    effective = n / max(2.0 * correlation, 1.0)
    out = {
        "trend_share": float(np.var(smooth)),
        "trend_score": float(np.log10(np.var(smooth) * effective / 3.0 + 1e-3)),
    }
    blocks = np.array_split(raw, 10)
    means = np.array([b.mean() for b in blocks])
    variances = np.array([b.var() for b in blocks])
    out["mean_spread"] = float(np.log10(means.var() * effective / 10 + 1e-4))
    log_var = np.log(variances + 1e-12)
    out["variance_spread"] = float(log_var.std())
    out["variance_score"] = float(np.log10(log_var.var() * effective / 20 + 1e-4))
    rank = np.argsort(np.argsort(log_var)) - 4.5
    out["variance_trend"] = float(np.abs(rank @ np.arange(-4.5, 5)) / (rank @ rank))
    window = np.hanning(n // 6)
    spectra = np.array(
        [
            np.abs(np.fft.rfft((raw[i : i + n // 6] - raw[i : i + n // 6].mean()) * window)) ** 2
            for i in (np.arange(6) * (n // 6))
        ]
    )[:, 1:]
    spectra = spectra / (spectra.sum(axis=1, keepdims=True) + 1e-300)
    centre = np.log((spectra * np.arange(1, spectra.shape[1] + 1)).sum(axis=1) + 0.1)
    rank = np.argsort(np.argsort(centre)) - 2.5
    out["pitch_spread"] = float(centre.std())
    out["pitch_trend"] = float(np.abs(rank @ np.arange(-2.5, 3)) / (rank @ rank))
    cumulative = np.cumsum(spectra, axis=1)
    out["pitch_distance"] = float(np.abs(cumulative[0] - cumulative[-1]).max())
    half = np.sort(raw[: n // 2]), np.sort(raw[n // 2 :])
    grid = np.linspace(-2.5, 2.5, 41)
    ks = np.abs(np.searchsorted(half[0], grid) / half[0].size - np.searchsorted(half[1], grid) / half[1].size).max()
    out["halves_distance"] = float(ks)
    out["halves_score"] = float(np.log10(ks * np.sqrt(effective / 4) + 1e-3))
    # unit root: t statistic of the augmented Dickey-Fuller regression with constant
    lags = int(np.clip(round(2 * correlation), 4, 12))
    step = np.diff(raw)
    design = np.column_stack(
        [raw[lags:-1], np.ones(n - 1 - lags), *[step[lags - k : n - 1 - k] for k in range(1, lags + 1)]]
    )
    target = step[lags:]
    gram = design.T @ design + 1e-9 * np.eye(design.shape[1])
    coefficients = np.linalg.solve(gram, design.T @ target)
    sigma = np.sum((target - design @ coefficients) ** 2) / max(target.size - design.shape[1], 1)
    out["unit_root"] = float(np.arcsinh(coefficients[0] / np.sqrt(sigma * np.linalg.inv(gram)[0, 0] + 1e-300)))
    return out


def drift(y: np.ndarray, scale: int) -> dict[str, float]:
    """Do the statistics of short blocks follow a smooth curve in time (log10 F of a cubic against their scatter)?

    The scatter of the blocks themselves is the yardstick, so irregular motion does not count as a change of law. The
    statistics: mean, size, skewness, memory, pitch, share of rapid variation, error of the linear model.
    """
    n = y.size // BLOCKS * BLOCKS
    order = int(np.clip(y.size // 60, 2, 12))
    past = np.column_stack([_prediction.lagged(y, order, 1)[:-1], np.ones(y.size - order)])
    residual = np.zeros(y.size)
    residual[order:] = y[order:] - past @ np.linalg.lstsq(past, y[order:], rcond=1e-9)[0]
    blocks, left = y[:n].reshape(BLOCKS, -1), residual[:n].reshape(BLOCKS, -1)
    mean = blocks.mean(axis=1)
    centred = blocks - mean[:, None]
    size = np.sqrt((centred**2).mean(axis=1)) + 1e-6
    step = np.diff(blocks, axis=1)
    lag = min(scale, blocks.shape[1] // 3)
    tables = {
        "mean": mean,
        "size": np.log(size),
        "skew": np.clip((centred**3).mean(axis=1) / size**3, -4, 4),
        "memory": (centred[:, 1:] * centred[:, :-1]).mean(axis=1) / size**2,
        "memory_t": (centred[:, lag:] * centred[:, : centred.shape[1] - lag]).mean(axis=1) / size**2,
        "pitch": np.log(np.sqrt((step**2).mean(axis=1)) / size + 1e-6),
        "turns": np.log((np.diff(np.sign(step), axis=1) != 0).mean(axis=1) + 0.5 / blocks.shape[1]),
        "error": np.log(np.sqrt((left**2).mean(axis=1)) + 1e-6),
    }
    curve = np.polynomial.legendre.legvander(np.linspace(-1, 1, BLOCKS), 3)[:, 1:]
    curve = curve - curve.mean(axis=0)
    curve, _ = np.linalg.qr(curve)
    out = {}
    for name, values in tables.items():
        values = values - values.mean()
        fitted = np.sum((curve.T @ values) ** 2)
        rest = max(np.sum(values**2) - fitted, 0.0)
        out[f"drift_{name}"] = float(np.log10((fitted / 3 + 1e-9) / (rest / (BLOCKS - 4) + 1e-6) + 1e-3))
        # sudden changes: the two-sample t statistic at the best of the inner cuts, in units of the scatter beside them
        most = 0.0
        for cut in range(3, BLOCKS - 2):
            one, two = values[:cut], values[cut:]
            inside = np.sum((one - one.mean()) ** 2) + np.sum((two - two.mean()) ** 2)
            spread = np.sqrt(inside / (BLOCKS - 2) * (1 / cut + 1 / (BLOCKS - cut))) + 1e-3
            most = max(most, abs(one.mean() - two.mean()) / spread)
        out[f"break_{name}"] = float(np.log10(most + 1e-2))
    out["drift_most"] = max(out[f"drift_{name}"] for name in tables)
    out["drift_law"] = max(out[f"drift_{name}"] for name in ("memory", "memory_t", "pitch", "turns"))
    out["break_most"] = max(out[f"break_{name}"] for name in tables)
    out["break_law"] = max(out[f"break_{name}"] for name in ("memory", "memory_t", "pitch", "turns"))
    return out


def regime_change(y: np.ndarray, scale: int, theiler: int, dimension: int, delay: int) -> dict[str, float]:
    """Cross-prediction: how much worse the other half of the recording predicts than the same half (log10)."""
    half = y.size // 2
    span = (dimension - 1) * delay
    at = np.arange(span, half - scale - 1)
    at = at[:: max(1, at.size // 200)]
    parts = (y[:half], y[half : 2 * half])
    errors = {}
    from scipy.spatial import KDTree

    for a in (0, 1):
        library = _prediction.lagged(parts[a], dimension, delay)
        library = library[: library.shape[0] - scale]
        tree = KDTree(library, balanced_tree=False, compact_nodes=False)
        for b in (0, 1):
            queries = _prediction.lagged(parts[b], dimension, delay)[at - span]
            k = min(8, library.shape[0] // 4)
            extra = min(2 * theiler + 1 if a == b else 0, library.shape[0] - k)
            distance, index = tree.query(queries, k=k + extra)
            if a == b:
                distance = np.where(np.abs(index - (at - span)[:, None]) <= theiler, np.inf, distance)
                order = np.argsort(distance, axis=1)[:, :k]
                index = np.take_along_axis(index, order, axis=1)
            predicted = parts[a][np.minimum(np.asarray(index)[:, :k] + span + scale, half - 1)].mean(axis=1)
            errors[a, b] = float(np.mean((parts[b][at + scale] - predicted) ** 2)) + 1e-4
    return {
        "cross_error": 0.5 * float(np.log10(errors[0, 1] / errors[1, 1]) + np.log10(errors[1, 0] / errors[0, 0])),
        "own_error_change": float(np.abs(np.log10(errors[0, 0] / errors[1, 1]))),
    }
