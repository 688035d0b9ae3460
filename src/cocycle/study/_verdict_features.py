"""The statistics on which the verdict rests, each with a physical meaning (listed in docs/verdict.md)."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from . import _verdict_change as _change
from . import _verdict_lines as _lines
from . import _verdict_memory as _memory
from . import _verdict_prediction as _prediction
from ._verdict_memory import autocorrelation

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


def combined(f: dict[str, float]) -> dict[str, float]:
    """Differences and extremes that matter, so that a single threshold can use them.

    Folding against lines (beyond 1e-4 of the variance both are exact), both against the noise that prediction leaves,
    middle exponents, and signs of nonlinearity in the representation (as recorded, or mapped to normal) that has fewer:
    a linear process may be seen through a distorting instrument, or be driven by noise that is not normal.
    """
    floor = max(2 * min(f["nl_1"], f["nl_half"], f["nl_t"]), -4.0)
    line, fold = max(f["line_test"], -4.0), max(f["fold"], -4.0)
    skeleton = sorted(f[f"skeleton_{name}"] for name in ("own", "2", "3", "4"))
    score = sorted(f[f"skeleton_score_{name}"] for name in ("own", "2", "3", "4"))
    out = {
        "line_fold": line - fold,
        "fold_excess": fold - floor,
        "line_excess": line - floor,
        "skeleton": 0.5 * (skeleton[1] + skeleton[2]),
        "skeleton_score": 0.5 * (score[1] + score[2]),
        "far_near": f["nl_32t"] - f["nl_t"],
    }
    for name in ("quadratic_mean", "quadratic_size", "cubic_1", "cubic_t"):
        out[f"{name}_least"] = min(f[f"{name}_raw"], f[f"{name}_normal"])
    for name in ("left_squares", "left_sizes", "left_skewness"):
        out[f"{name}_least"] = min(f[name], f[f"{name}_normal"])
    for name in ("poly_gain_1", "poly_gain_t"):
        out[f"{name}_least"] = max(f[name], f[f"{name}_normal"])
    law = ("quadratic_mean_least", "quadratic_size_least", "cubic_1_least")
    out["nonlinear_most"] = max(out[name] for name in law)
    return out


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
    out |= _change.stationarity(p.raw, scale * p.stride)
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
    out |= _memory.whiteness(y, residual)
    out |= _memory.quadratic(y)
    out |= _memory.cubic(y, scale)
    out |= _change.drift(y, scale)
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
    out |= _change.regime_change(y, scale, theiler, min(found.dimension, 4), found.delay)
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
    out |= combined(out)
    return {name: float(v) if np.isfinite(v) else 0.0 for name, v in out.items()}
