"""The evidence for a verdict in words: what was measured, what it means, what it says here."""

from typing import Any

import numpy as np

__all__ = ["evidence", "would_decide"]

#: Which evidence speaks for or against each kind, the most important first.
_ORDER = {
    "fixed-point": ("rest", "stationarity", "predictability"),
    "periodic": ("folding", "lines", "predictability", "amplification"),
    "quasi-periodic": ("lines", "folding", "predictability", "amplification"),
    "chaotic": ("amplification", "predictability", "surrogates", "lines", "growth"),
    "linear-stochastic": ("surrogates", "predictability", "memory", "amplification", "residuals"),
    "nonlinear-stochastic": ("surrogates", "residuals", "amplification", "predictability", "memory"),
    "nonstationary": ("stationarity", "unit_root", "regime", "memory"),
    "noise": ("memory", "residuals", "surrogates", "predictability"),
    "undecided": ("surrogates", "amplification", "predictability", "stationarity", "lines", "memory"),
}


def _entry(value: float, meaning: str, sentence: str) -> dict[str, Any]:
    return {"value": round(float(value), 5), "meaning": meaning, "sentence": sentence}


def _percent(log10_error: float) -> float:
    """Error in percent of the spread, from a log10 relative error."""
    return 100 * 10 ** min(log10_error, 0.0)


def _all(f: dict[str, float]) -> dict[str, dict[str, Any]]:
    out = {}
    skeleton = float(np.median([f["skeleton_own"], f["skeleton_2"], f["skeleton_3"], f["skeleton_4"]]))
    say = (
        "small differences grow"
        if skeleton > 0.05
        else "small differences die out"
        if skeleton < -0.05
        else "small differences neither grow nor die out"
    )
    out["amplification"] = _entry(
        skeleton,
        "largest Lyapunov exponent per correlation time of the map fitted to the recording (positive: chaos amplifies; "
        "negative: noise is needed to keep it moving)",
        f"In the dynamics fitted to the data {say} (exponent {skeleton:+.2f} per correlation time).",
    )
    near, far = _percent(f["nl_t"]), _percent(f["ar_t"])
    out["predictability"] = _entry(
        near / 100,
        "error of nonlinear prediction one correlation time ahead, relative to the spread",
        f"One correlation time ahead, nearest neighbours predict it with an error of {near:.0f} % of its spread, "
        f"the best linear model with {far:.0f} %.",
    )
    z = float(np.sinh(f["z_error"]))
    say = (
        "linear noise with the same spectrum is no explanation"
        if z < -3
        else (
            "linear noise with the same spectrum is an unlikely explanation"
            if z < -2
            else "linear noise with the same spectrum predicts as well"
        )
    )
    out["surrogates"] = _entry(
        z,
        "z-score of the nonlinear prediction error against surrogates with its spectrum (below -2: nonlinear)",
        f"Against surrogates its prediction error is {abs(z):.1f} standard deviations {'below' if z < 0 else 'above'} "
        f"the mean: {say}.",
    )
    share = 100 * 10 ** min(f["line_test"], 0.0)
    out["lines"] = _entry(
        share / 100,
        "share of the variance of the last quarter that sinusoids fitted to the first three quarters fail to predict",
        f"{int(f['line_count'])} spectral line(s) fitted to the first three quarters leave {share:.0f} % of the last "
        "quarter unexplained.",
    )
    share = 100 * 10 ** min(f["fold"], 0.0)
    out["folding"] = _entry(
        share / 100,
        "share of the variance of the last third that repeating the first two thirds at one period fails to predict",
        f"Repeating it at one period leaves {share:.0f} % of the last third unexplained.",
    )
    out["rest"] = _entry(
        10 ** f["rest_decay"],
        "how many times larger the distance from the final value is at the beginning than at the end",
        f"The distance from its final value shrinks {10 ** f['rest_decay']:.3g}-fold during the recording.",
    )
    score = max(f["trend_score"], f["variance_score"], f["mean_spread"])
    out["stationarity"] = _entry(
        10**score,
        "largest of the drifts of mean and variance, in units of what a stationary series of this memory would show",
        f"Its mean and variance drift {10**score:.1f} times as much as in a stationary series with the same memory.",
    )
    t = float(np.sinh(f["unit_root"]))
    out["unit_root"] = _entry(
        t,
        "augmented Dickey-Fuller t statistic with a constant (above -2.86: a unit root is not rejected at 5 %)",
        f"A unit root (a random walk) {'cannot be' if t > -2.86 else 'is'} rejected (Dickey-Fuller t = {t:.1f}).",
    )
    ratio = 10 ** f["cross_error"]
    out["regime"] = _entry(
        ratio,
        "error of predicting one half from the other, relative to predicting it from itself (1: the same law)",
        f"Each half predicts the other {ratio:.2f} times as badly as itself.",
    )
    m = float(np.sinh(f["memory"]))
    out["memory"] = _entry(
        m,
        "standardised portmanteau statistic of the first 20 autocorrelations (within 2 of zero: white)",
        "Its values show no memory (white)."
        if m < 2.5
        else f"Its values remember the past (portmanteau score {m:.0f}).",
    )
    v = float(np.sinh(max(f["left_squares"], f["left_sizes"])))
    out["residuals"] = _entry(
        v,
        "standardised portmanteau statistic of the squares and sizes of what the linear model leaves (below 2.5: none)",
        "What a linear model leaves has no structure in its size."
        if v < 2.5
        else f"What a linear model leaves comes in bursts (score {v:.0f}): not linear with independent noise.",
    )
    grow = f["grow_t_4t"]
    out["growth"] = _entry(
        grow,
        "growth of the log distance of neighbours between one and four correlation times",
        f"Neighbouring states separate {np.exp(grow):.1f}-fold between one and four correlation times.",
    )
    return out


def evidence(f: dict[str, float], kind: str, n: int) -> dict[str, dict[str, Any]]:
    """Evidence for a kind, the most important first; the rest follows."""
    everything = _all(f)
    order = [*_ORDER[kind], *(name for name in everything if name not in _ORDER[kind])]
    return {name: everything[name] for name in order}


def would_decide(f: dict[str, float], kind: str, confidence: float, p: dict[str, float], n: int) -> str | None:
    """What data would settle an uncertain verdict."""
    if kind != "undecided" and confidence >= 0.75:
        return None
    first, second = sorted(p, key=lambda k: -p[k])[:2]
    pair = {first, second}
    regular = {"periodic", "quasi-periodic", "fixed-point"}
    if "nonstationary" in pair:
        return (
            f"A recording several times longer than these {n} samples: a change of law and slow memory look alike "
            "until the slow motion has been seen many times. A second recording under the same conditions also helps."
        )
    if "fixed-point" in pair:
        return "A recording that starts earlier, or after a kick, and lasts until nothing changes any more."
    if pair <= regular:
        return "A longer recording of the same motion: nearby frequencies separate in proportion to its length."
    if "chaotic" in pair:
        text = "Repeated runs from nearly the same state (chaos separates them exponentially, noise does at once)"
        if 10 ** f["nl_1"] > 0.1:
            text += "; less measurement noise, so that short-term prediction errors become visible"
        if f["length"] < 3.3:
            text += f"; and more data than the {int(10 ** f['length'])} samples that remain at its own time scale"
        return text + "."
    if "noise" in pair:
        return f"Several times more than these {n} samples: weak memory shows in proportion to the root of the length."
    return (
        f"More than these {n} samples, and the system's response to a known kick: a linear system responds in "
        "proportion, a nonlinear one does not."
    )
