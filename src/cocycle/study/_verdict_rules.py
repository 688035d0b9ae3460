"""From statistics to a kind: the fitted classifier (verdict.json), evaluated in numpy; or plain rules without it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["KINDS", "decide", "model"]

KINDS = (
    "fixed-point",
    "periodic",
    "quasi-periodic",
    "chaotic",
    "linear-stochastic",
    "nonlinear-stochastic",
    "nonstationary",
    "noise",
)


@cache
def model() -> dict[str, Any] | None:
    """The stored classifier, or None."""
    path = Path(__file__).with_name("verdict.json")
    return json.loads(path.read_text()) if path.exists() else None


def _rules(f: dict[str, float]) -> np.ndarray:
    """Plain thresholds: what the classifier falls back on, and the baseline it has to beat."""
    score = dict.fromkeys(KINDS, 0.02)
    skeleton = np.median([f["skeleton_own"], f["skeleton_2"], f["skeleton_3"], f["skeleton_4"]])
    if f["rest_decay"] > 1.0 and f["rest_peak"] > 0.8 and f["rest_size"] < -0.4:
        score["fixed-point"] = 1
    elif f["fold"] < -0.8 and f["fold"] < f["line_test"] + 0.4:
        score["periodic"] = 1
    elif f["line_test"] < -0.8:
        score["quasi-periodic"] = 1
    elif skeleton > 0.05 and f["gain_t"] < -0.12 and f["z_error"] < -1.8 and f["nl_half"] < -0.3:
        score["chaotic"] = 1
    elif f["unit_root"] > -1.7 or f["trend_score"] > 1.0 or f["variance_score"] > 0.9:
        score["nonstationary"] = 1
    elif f["memory"] < 1.6 and f["memory_squares"] < 1.6 and f["z_error"] > -1.7:
        score["noise"] = 1
    elif f["z_error"] < -1.7 or f["left_squares"] > 1.8 or f["z_asymmetry_1"] > 2:
        score["nonlinear-stochastic"] = 1
    else:
        score["linear-stochastic"] = 1
    p = np.array([score[k] for k in KINDS])
    return p / p.sum()


def class_scores(f: dict[str, float], stored: dict[str, Any]) -> np.ndarray:
    """Log odds of each kind: the sum of the trees' leaves. A tree is `[feature, threshold, left, right, leaves]`.

    A child `k >= 0` is the next split, a child `k < 0` the leaf `-k - 1`; values not above the threshold go left.
    """
    x = [f[name] for name in stored["features"]]
    score = np.array(stored["start"], float)
    kinds = score.size
    for number, (feature, threshold, left, right, leaves) in enumerate(stored["trees"]):
        node = 0 if feature else -1
        while node >= 0:
            node = left[node] if x[feature[node]] <= threshold[node] else right[node]
        score[number % kinds] += leaves[-node - 1]
    return score


def decide(f: dict[str, float]) -> tuple[str, float, dict[str, float]]:
    """Kind, confidence and probabilities.

    Chaos is called only above a probability chosen so that left-out stochastic systems are almost never called chaotic;
    below it, and where no kind stands out, the answer is `undecided`.
    """
    stored = model()
    if stored is None:
        p = _rules(f)
        best = int(np.argmax(p))
        return KINDS[best], float(p[best]), {k: float(v) for k, v in zip(KINDS, p, strict=True)}
    score = class_scores(f, stored) * stored["temperature"]
    p = np.exp(score - score.max())
    p /= p.sum()
    best = int(np.argmax(p))
    kind = KINDS[best]
    if p[best] < stored["least"] or (kind == "chaotic" and p[best] < stored["chaos"]):
        kind = "undecided"
    middle, share = stored["reliability"]
    confidence = float(np.clip(np.interp(p[best], middle, share), 0.0, 0.99))
    return kind, confidence, {k: float(v) for k, v in zip(KINDS, p, strict=True)}
