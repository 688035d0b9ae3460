"""From statistics to a kind: three fitted questions (verdict_*.json), asked in turn, evaluated in numpy."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ._results import KINDS as KINDS_OR_UNDECIDED

__all__ = ["KINDS", "answer", "decide", "model", "probabilities"]

KINDS = KINDS_OR_UNDECIDED[:-1]  # what the questions can answer


@cache
def model() -> dict[str, Any]:
    """The stored questions (trees) and the rule that turns their answers into a verdict."""
    read = lambda name: json.loads(Path(__file__).with_name(f"verdict_{name}.json").read_text())  # noqa: E731
    rule = read("rule")
    return rule | {"trees": {question: read(question) for question in rule["questions"]}}


def answer(f: dict[str, float], question: dict[str, Any]) -> np.ndarray:
    """Probability of each answer to one question: the mean over trees of the shares in the leaf that `f` falls into.

    A tree is `[feature, threshold, left, right, leaves]`; values not above the threshold go left; a child `k >= 0` is
    the next split, a child `k < 0` the leaf `-k - 1`; leaves hold percent of each answer.
    """
    # thresholds were fitted in single precision
    x = [float(np.float32(f[name])) for name in question["features"]]
    total = np.zeros(len(question["answers"]))
    for feature, threshold, left, right, leaves in question["trees"]:
        node = 0 if feature else -1
        while node >= 0:
            node = left[node] if x[feature[node]] <= threshold[node] else right[node]
        share = np.array(leaves[-node - 1], float)
        total += share / share.sum()
    return total / total.sum()


def probabilities(f: dict[str, float], stored: dict[str, Any]) -> np.ndarray:
    """Probability of each kind: does it change or rest; if not, is it ordered; if not, what chance is it."""
    left, out = 1.0, dict.fromkeys(stored["kinds"], 0.0)
    for question in stored["trees"].values():
        following = 0.0
        for name, share in zip(question["answers"], answer(f, question), strict=True):
            if name:
                out[name] = left * float(share)
            else:
                following = left * float(share)
        left = following
    score = np.log(np.array(list(out.values())) + 1e-3) * stored["temperature"]
    p = np.exp(score - score.max())
    return p / p.sum()


def decide(f: dict[str, float]) -> tuple[str, float, dict[str, float]]:
    """Kind, confidence and probabilities.

    Chaos is called only above a probability chosen so that left-out stochastic systems are almost never called chaotic;
    below it, and where no kind stands out, the answer is `undecided`.
    """
    stored = model()
    p = probabilities(f, stored)
    best = int(np.argmax(p))
    kind = KINDS[best]
    if p[best] < stored["least"] or (kind == "chaotic" and p[best] < stored["chaos"]):
        kind = "undecided"
    middle, share = stored["reliability"]
    confidence = float(np.clip(np.interp(p[best], middle, share), 0.0, 0.99))
    return kind, confidence, {k: float(v) for k, v in zip(KINDS, p, strict=True)}
