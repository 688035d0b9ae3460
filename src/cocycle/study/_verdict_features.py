"""The statistics on which the verdict rests, each with a physical meaning (listed in docs/verdict.md)."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from . import _verdict_lines as _lines
from . import _verdict_prediction as _prediction

__all__ = ["Prepared", "features", "prepare"]

LONGEST = 5000  # samples analysed after averaging to the correlation time; the rest of a longer recording is unused


class Prepared(NamedTuple):
    """A recording reduced to one standardised series on its own time scale."""

    raw: np.ndarray  # (T,) one standardised series at the recording's sampling
    fine: np.ndarray  # (n,) averaged over `stride` samples so that the correlation time is a few samples
    states: np.ndarray | None  # (n, q) principal components of several variables, at the same sampling as `fine`
    stride: int
    scale: int  # samples of `fine` after which the autocorrelation falls below 1/e
    theiler: int


def components(values: np.ndarray) -> np.ndarray:
    """Standardised columns, or the scores of their first six principal components (those above 1 % of the largest)."""
    spread = values.std(axis=0)
    z = (values[:, spread > 0] - values[:, spread > 0].mean(axis=0)) / spread[spread > 0]
    if z.shape[1] == 1:
        return z
    size, vectors = np.linalg.eigh(z.T @ z / z.shape[0])
    vectors = vectors[:, size > 1e-4 * size[-1]][:, ::-1][:, :6]
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])])
    return z @ vectors


def one_series(scores: np.ndarray) -> np.ndarray:
    """One generic observable of several variables: principal components with falling weights."""
    y = scores @ 0.6 ** np.arange(scores.shape[1])
    return (y - y.mean()) / y.std()


def autocorrelation(y: np.ndarray, most: int) -> np.ndarray:
    """Biased autocorrelation at lags 0..most."""
    y = y - y.mean()
    size = 1 << int(np.ceil(np.log2(2 * y.size)))
    acf = np.fft.irfft(np.abs(np.fft.rfft(y, n=size)) ** 2)[: most + 1]
    return acf / (acf[0] + 1e-300)


def prepare(values: np.ndarray) -> Prepared:
    """Reduce `(T, dim)` values to one series, averaged to a sampling of a few samples a correlation time."""
    scores = components(values)
    raw = one_series(scores)
    acf = autocorrelation(raw, raw.size // 4)
    below = np.flatnonzero(acf < np.exp(-1.0))
    corr = int(below[0]) if below.size else raw.size // 4
    # keep at least 400 samples: below that no method tells anything apart
    stride = int(np.clip(corr // 5, 1, max(1, raw.size // 400)))
    fine = raw[: raw.size // stride * stride].reshape(-1, stride).mean(axis=1)[:LONGEST]
    fine = (fine - fine.mean()) / (fine.std() + 1e-300)
    states = None
    if scores.shape[1] > 1:
        states = scores[: raw.size // stride * stride].reshape(-1, stride, scores.shape[1]).mean(axis=1)[:LONGEST]
    scale = int(np.clip(round(corr / stride), 1, max(1, fine.size // 60)))
    theiler = int(np.clip(3 * scale, 3, fine.size // 20))
    return Prepared(raw, fine, states, stride, scale, theiler)


def _relaxation(raw: np.ndarray) -> dict[str, float]:
    """Does the motion die out: how large it was, how small the rest is, and whether the rest is only noise."""
    n = raw.size
    tail = raw[3 * n // 4 :]
    rest = np.median(tail)
    deviation = np.abs(raw - rest)
    noise = float(tail.std())
    blocks = np.array([np.sqrt(np.mean(b**2)) for b in np.array_split(raw - rest, 8)])
    step = np.diff(tail)
    last = float(np.abs(np.mean(np.array_split(tail, 2)[0]) - np.mean(np.array_split(tail, 2)[1])))
    outside = np.flatnonzero(deviation > 4 * noise + 1e-9)
    return {
        "rest_size": float(np.log10(noise / (raw.std() + 1e-300) + 1e-6)),
        "rest_peak": float(np.log10(deviation[: n // 4].max() / (noise + 1e-6) + 1e-6)),
        "rest_decay": float(np.log10(blocks[0] / (blocks[-1] + 1e-6) + 1e-6)),
        "rest_order": float(np.mean(np.diff(np.log(blocks + 1e-6)) < 0.05)),
        "rest_whiteness": float(np.var(step) / (2 * np.var(tail) + 1e-12)),
        "rest_drift": float(np.log10(last / (noise + 1e-9) + 1e-4)),
        "rest_entered": float((outside[-1] + 1) / n) if outside.size else 0.0,
    }


def _stationarity(raw: np.ndarray, correlation: float) -> dict[str, float]:
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


def _whiteness(y: np.ndarray, residual: np.ndarray) -> dict[str, float]:
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


def _quadratic(y: np.ndarray) -> dict[str, float]:
    """Does a product of past values improve the linear prediction, or predict the size of its error (log10 F).

    Tsay's test for the mean, and the same regression for the squared residual; on the values as they are and after the
    monotone map to a normal distribution, which undoes an instrument's distortion but not a nonlinear law.
    """
    from scipy.special import ndtri

    normal = ndtri((np.argsort(np.argsort(y, kind="stable")) + 0.5) / y.size)
    out = {}
    for name, x in (("raw", np.clip(y, -5, 5)), ("normal", normal)):
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


def _regime_change(y: np.ndarray, scale: int, theiler: int, dimension: int, delay: int) -> dict[str, float]:
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


def _zero_one(y: np.ndarray, scale: int, rng: np.random.Generator) -> float:
    """0-1 test on samples a correlation time apart: near 0 regular, near 1 chaotic or random `[@gottwald2004new]`."""
    x = y[:: max(1, scale)]
    if x.size < 150:
        x = y[:: max(1, y.size // 150)]
    x = x[:1000] - x[:1000].mean()
    n = x.size
    c = np.pi / 5 + rng.random(40) * 3 * np.pi / 5
    j = np.arange(1, n + 1)
    p = np.cumsum(x * np.exp(1j * np.outer(c, j)), axis=1)
    lags = np.arange(1, n // 10 + 1)
    moved = np.stack(
        [np.mean(np.abs(p[:, k : k + n - n // 10] - p[:, : n - n // 10]) ** 2, axis=1) for k in lags], axis=1
    )
    centred = moved - moved.mean(axis=1, keepdims=True)
    time = lags - lags.mean()
    slope = centred @ time / (np.sqrt((centred**2).sum(axis=1) * (time @ time)) + 1e-300)
    return float(np.median(slope))


def features(
    values: np.ndarray, *, quick: bool = False, seed: int = 0, on_step: Callable[[str], None] | None = None
) -> dict[str, float]:
    """All statistics of a recording `(T, dim)`, as plain numbers (never NaN)."""
    rng = np.random.default_rng(seed)
    tell = on_step or (lambda _: None)
    p = prepare(values)
    y, scale, theiler = p.fine, p.scale, p.theiler
    out = {
        "length": float(np.log10(y.size)),
        "scale": float(np.log10(scale)),
        "stride": float(np.log10(p.stride)),
        "variables": float(np.log2(values.shape[1])),
    }
    tell("spectrum")
    out |= _lines.spectral(p.raw[:8192])
    part = y[:3000]
    line, frequency = _lines.lines(part, most=6 if quick else 10)
    folded, _ = _lines.fold(part, frequency)
    out |= line | folded
    tell("stationarity")
    out |= _relaxation(p.raw)
    out |= _stationarity(p.raw, scale * p.stride)
    tell("prediction")
    ahead = max(_prediction.horizons(scale, y.size).values())
    first = 6 * scale + 25
    last = y.size - ahead - 1
    if last - first < 60:
        first = min(first, y.size // 3)
    count = min(250 if quick else 500, max(last - first, 40))
    at = np.sort(rng.choice(np.arange(first, last), size=min(count, last - first), replace=False))
    local, found, size = _prediction.local(y, scale, theiler, at, p.states)
    linear, residual = _prediction.linear(y, scale, at)
    grid = ("1", "half", "t", "2t", "4t", "8t", "32t")
    for name in grid:
        error, reference = local[f"nl_{name}"], linear[f"ar_{name}"]
        out[f"nl_{name}"] = float(np.log10(error + 1e-6))
        out[f"ar_{name}"] = float(np.log10(reference + 1e-6))
        out[f"gain_{name}"] = out[f"nl_{name}"] - out[f"ar_{name}"]
    out |= {name: value for name, value in local.items() if not name.startswith("nl_")}
    out["embedding"] = float(found.dimension)
    out |= _prediction.polynomial(y, scale)
    out |= _whiteness(y, residual)
    out |= _quadratic(y)
    tell("divergence")
    out |= _prediction.divergence(y, found, scale)
    steps = 250 if quick else 400
    for name, dimension, delay in (
        ("own", found.dimension, found.delay),
        ("2", 2, scale),
        ("3", 3, scale),
        ("4", 4, scale),
    ):
        share = int(np.clip(y.size // (40 if dimension > 1 else 15), 3 * dimension + 8, 80 if dimension > 1 else 200))
        exponent, error, echo = _prediction.exponent_of_skeleton(y, scale, theiler, dimension, delay, share, steps)
        rate = exponent * scale / delay
        out[f"skeleton_{name}"] = rate if np.isfinite(rate) else 0.0
        out[f"skeleton_score_{name}"] = float(np.clip(exponent / (error + 1e-3), -30, 30)) if np.isfinite(rate) else 0.0
        out[f"echo_{name}"] = echo
    out |= _regime_change(y, scale, theiler, min(found.dimension, 4), found.delay)
    tell("surrogates")
    out |= _prediction.surrogate_scores(
        y[:2500], scale, theiler, found.dimension, found.delay, size, 7 if quick else 15, rng
    )
    for order, delay, name in ((3, 1, "3_1"), (5, 1, "5_1"), (4, scale, "4_t")):
        entropy, missing = _prediction.ordinal(y, order, delay)
        out[f"ordinal_{name}"] = entropy
        if order == 5:
            out["ordinal_missing"] = missing
    out["zero_one"] = _zero_one(y, scale, rng)
    return {name: float(v) if np.isfinite(v) else 0.0 for name, v in out.items()}
