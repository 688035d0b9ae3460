"""The evidence for a verdict in words: what was measured, what it means, what it says here."""

from typing import Any

import numpy as np

from ._format import sig

__all__ = ["evidence", "would_decide"]

_REGULAR = ("periodic", "quasi-periodic")
_RANDOM = ("linear-stochastic", "nonlinear-stochastic", "noise")

#: Which evidence bears on each kind, the most important first.
_ORDER = {
    "fixed-point": ("rest", "stationarity", "predictability"),
    "periodic": ("folding", "predictability", "lines", "amplification"),
    "quasi-periodic": ("lines", "folding", "predictability", "amplification"),
    "chaotic": ("amplification", "predictability", "surrogates", "law", "lines", "growth"),
    "linear-stochastic": ("law", "surrogates", "predictability", "memory", "amplification", "residuals"),
    "nonlinear-stochastic": ("law", "surrogates", "residuals", "amplification", "predictability"),
    "nonstationary": ("stationarity", "unit_root", "regime"),
    "noise": ("memory", "residuals", "law", "surrogates"),
    "undecided": ("surrogates", "amplification", "predictability", "stationarity", "lines", "memory"),
}


def _percent(log10_error: float) -> float:
    """Error in percent of the spread, from a log10 relative error."""
    return 100 * 10 ** min(log10_error, 0.0)


def _all(f: dict[str, float]) -> dict[str, tuple[float, str, str, tuple[str, ...]]]:
    """Name -> value, meaning, sentence, and the kinds it speaks for."""
    out: dict[str, tuple[float, str, str, tuple[str, ...]]] = {}
    rate, sure = f["skeleton"], abs(f["skeleton_score"]) > 2
    if rate > 0.02 and sure:
        say, speaks = "small differences grow", ("chaotic",)
    elif rate < -0.05 and sure:
        say, speaks = "small differences die out", (*_RANDOM, "fixed-point")
    else:
        say, speaks = "small differences neither grow nor die out beyond doubt", (*_REGULAR, *_RANDOM)
    out["amplification"] = (
        rate,
        "largest Lyapunov exponent per correlation time of the map fitted along the recording (positive: it amplifies; "
        "negative: noise is needed to keep it moving)",
        f"In the dynamics fitted to the data {say} (exponent {rate:+.2f} per correlation time).",
        speaks,
    )
    near, linear, far = _percent(f["nl_t"]), _percent(f["ar_t"]), _percent(f["nl_32t"])
    if f["gain_t"] < -0.08:
        speaks = ("chaotic", "nonlinear-stochastic") if far > 1.5 * near else _REGULAR
    else:
        speaks = _REGULAR if far < 50 else ("linear-stochastic", "noise", "nonlinear-stochastic")
    out["predictability"] = (
        near / 100,
        "error of nonlinear prediction one correlation time ahead, relative to the spread",
        f"One correlation time ahead, nearest neighbours predict it with an error of {near:.0f} % of its spread, the "
        f"best linear model with {linear:.0f} %; 32 correlation times ahead the error is {far:.0f} %.",
        speaks,
    )
    z = float(np.sinh(f["z_error"]))
    if z < -3:
        say = "linear noise with its spectrum is no explanation"
        speaks = ("chaotic", "nonlinear-stochastic", *_REGULAR)
    elif z < -2:
        say, speaks = "linear noise with its spectrum is an unlikely explanation", ("nonlinear-stochastic",)
    else:
        say, speaks = "linear noise with its spectrum predicts as well", ("linear-stochastic", "noise")
    out["surrogates"] = (
        z,
        "z-score of the nonlinear prediction error against surrogates with its spectrum (below -2: nonlinear)",
        f"Its prediction error lies {abs(z):.1f} standard deviations {'below' if z < 0 else 'above'} that of "
        f"surrogates: {say}.",
        speaks,
    )
    law = 10 ** f["nonlinear_most"]
    out["law"] = (
        law,
        "largest F statistic of products and cubes of past values, for the mean or the size of the next value, in "
        "whichever of the recorded or normalised values shows less (about 1 if the law is linear)",
        f"Products of past values {'do not improve' if law < 3 else 'improve'} a linear law (F = {law:.1f}, about 1 if "
        "the law is linear).",
        ("linear-stochastic", "noise") if law < 3 else ("chaotic", "nonlinear-stochastic"),
    )
    share = 100 * 10 ** min(f["line_test"], 0.0)
    folded = 100 * 10 ** min(f["fold"], 0.0)
    out["lines"] = (
        share / 100,
        "share of the variance of the last quarter that sinusoids fitted to the first three quarters fail to predict",
        f"{int(f['line_count'])} spectral line(s) fitted to the first three quarters leave {sig(share, 2)} % of the "
        "last quarter unexplained.",
        _REGULAR if share < 25 else ("chaotic", *_RANDOM, "nonstationary"),
    )
    out["folding"] = (
        folded / 100,
        "share of the variance of the last third that repeating the first two thirds at one period fails to predict",
        f"Repeating it at one period leaves {sig(folded, 2)} % of the last third unexplained.",
        ("periodic",) if folded < 25 and f["line_fold"] > -0.3 else ("quasi-periodic", "chaotic", *_RANDOM),
    )
    decay = 10 ** f["rest_decay"]
    out["rest"] = (
        decay,
        "how many times larger the distance from the final value is at the beginning than at the end",
        f"The distance from its final value shrinks {decay:.3g}-fold during the recording.",
        ("fixed-point",) if decay > 5 else (),
    )
    drift = 10 ** f["drift_most"]
    out["stationarity"] = (
        drift,
        "largest F statistic of a smooth curve in time through the mean, size, skewness, memory, pitch or error of "
        "short blocks, against their own scatter (below 10 in 97 % of the stationary recordings of the tuning corpus)",
        f"The statistics of short blocks {'change with' if drift > 10 else 'show no clear change with'} time "
        f"(F = {drift:.1f}; below 10 in 97 % of stationary recordings).",
        ("nonstationary", "fixed-point") if drift > 10 else (*_REGULAR, "chaotic", *_RANDOM),
    )
    t = float(np.sinh(f["unit_root"]))
    out["unit_root"] = (
        t,
        "augmented Dickey-Fuller t statistic with a constant (above -2.86: a unit root is not rejected at 5 %)",
        f"A unit root (a random walk) {'cannot be' if t > -2.86 else 'is'} rejected (Dickey-Fuller t = {t:.1f}).",
        ("nonstationary",) if t > -2.86 else (),
    )
    ratio = 10 ** f["cross_error"]
    out["regime"] = (
        ratio,
        "error of predicting one half from the other, relative to predicting it from itself (1: the same law)",
        f"Each half predicts the other with {ratio:.2f} times the error of predicting itself.",
        ("nonstationary",) if ratio > 1.4 else (),
    )
    m = float(np.sinh(f["memory"]))
    out["memory"] = (
        m,
        "standardised portmanteau statistic of the first 20 autocorrelations (within 2.5 of zero: white)",
        "Its values show no memory (white)."
        if m < 2.5
        else f"Its values remember the past (portmanteau score {m:.0f}).",
        ("noise",) if m < 2.5 else ("linear-stochastic",),
    )
    v = float(np.sinh(max(f["left_squares_least"], f["left_sizes_least"])))
    out["residuals"] = (
        v,
        "standardised portmanteau statistic of the squares and sizes of what the linear model leaves (below 2.5: none)",
        "What a linear model leaves has no structure in its size."
        if v < 2.5
        else f"What a linear model leaves comes in bursts (score {v:.0f}): not linear with independent noise.",
        ("linear-stochastic", "noise") if v < 2.5 else ("nonlinear-stochastic", "chaotic"),
    )
    grow = float(np.exp(f["grow_t_4t"]))
    out["growth"] = (
        grow,
        "factor by which neighbouring states separate between one and four correlation times",
        f"Neighbouring states separate {grow:.1f}-fold between one and four correlation times.",
        ("chaotic",) if grow > 1.5 else (),
    )
    return out


def evidence(f: dict[str, float], kind: str) -> tuple[dict[str, dict[str, Any]], list[str], list[str]]:
    """All evidence, that for a kind first; the names that speak for it, and those that speak against it."""
    everything = _all(f)
    speaks_for = [name for name in _ORDER[kind] if kind in everything[name][3]]
    against = [name for name in _ORDER[kind] if name not in speaks_for and everything[name][3]]
    first = speaks_for if kind != "undecided" else list(_ORDER[kind])
    order = [*first, *(n for n in against if n not in first), *(n for n in everything if n not in _ORDER[kind])]
    order += [n for n in everything if n not in order]
    out = {}
    for name in order:
        value, meaning, sentence, _ = everything[name]
        out[name] = {"value": round(float(value), 5), "meaning": meaning, "sentence": sentence}
    return out, speaks_for, [] if kind == "undecided" else against


def would_decide(f: dict[str, float], kind: str, confidence: float, p: dict[str, float], n: int) -> str | None:
    """What data would settle an uncertain verdict; `None` for one that is at least 75 % sure."""
    if kind != "undecided" and confidence >= 0.75:
        return None
    pair = set(sorted(p, key=lambda k: -p[k])[:2])
    if "nonstationary" in pair:
        return (
            f"A recording several times longer than these {n} samples: a change of law and slow memory look alike "
            "until the slow motion has been seen many times. A second recording under the same conditions also helps."
        )
    if "fixed-point" in pair:
        return "A recording that starts earlier, or after a kick, and lasts until nothing changes any more."
    if pair <= set(_REGULAR):
        return "A longer recording of the same motion: nearby frequencies separate in proportion to its length."
    if "chaotic" in pair:
        text = "Repeated runs from nearly the same state (chaos separates them exponentially, noise does at once)"
        if 10 ** f["nl_1"] > 0.1:
            text += "; less measurement noise, so that short-term prediction errors become visible"
        if f["length"] < 3.3:
            text += f"; and more data than the {10 ** f['length']:.0f} samples that remain at its own time scale"
        return text + "."
    if "noise" in pair:
        return f"Several times more than these {n} samples: weak memory shows in proportion to the root of the length."
    return (
        f"More than these {n} samples, and the system's response to a known kick: a linear system responds in "
        "proportion, a nonlinear one does not."
    )
