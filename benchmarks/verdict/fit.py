"""Fit the classifier of the verdict on the tuning part and write src/cocycle/study/verdict.json.

    python -m benchmarks.verdict.fit            # needs scikit-learn; nothing else of the project does

Everything is chosen by leaving whole systems out of the tuning part: the trees' size, the probability below which chaos
is not called, the calibration of the confidence. The unseen part is not read here. Same features, same file.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from . import corpus
from .evaluate import ROOT, show, summary, table

FOLDS = 12
STEPS, LEAVES, RATE, LEAST = 90, 8, 0.08, 8
#: Chaos is called only above a probability at which at most this share of left-out stochastic series is called chaotic.
ALLOWED = 0.008
DROPPED = ("length", "stride", "variables")


def matrix(rows: list[dict[str, float]], names: list[str]) -> np.ndarray:
    return np.array([[row[n] for n in names] for row in rows])


def weights(found: list[corpus.Item]) -> np.ndarray:
    """Systems of a kind weigh alike, kinds by the square root of their number of systems."""
    pair = [(i.kind, i.system) for i in found]
    size = {p: pair.count(p) for p in set(pair)}
    systems = {k: len({s for kind, s in size if kind == k}) for k in corpus.KINDS}
    w = np.array([1.0 / size[p] / np.sqrt(systems[p[0]]) for p in pair])
    return w / w.mean()


def folds(found: list[corpus.Item]) -> np.ndarray:
    """Fold of each series: whole groups, spread evenly over the folds kind by kind."""
    first: dict[str, str] = {}
    for item in found:
        first.setdefault(item.group, item.kind)
    rng = np.random.default_rng(7)
    fold, k = {}, 0
    for kind in corpus.KINDS:
        groups = sorted(g for g, first_kind in first.items() if first_kind == kind)
        for g in rng.permutation(groups):
            fold[str(g)] = k % FOLDS
            k += 1
    return np.array([fold[i.group] for i in found])


def boost(x: np.ndarray, y: np.ndarray, w: np.ndarray, seed: int = 0):
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=STEPS,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        min_samples_leaf=LEAST,
        l2_regularization=3.0,
        max_features=0.3,
        random_state=seed,
        early_stopping=False,
    ).fit(x, y, sample_weight=w)


def export(fitted, names: list[str]) -> dict:
    """Trees as flat lists: feature, threshold, left, right (a negative child is a leaf value's index, minus one)."""
    trees = []
    for step in fitted._predictors:
        for tree in step:
            nodes = tree.nodes
            inner = [i for i in range(len(nodes)) if not nodes[i]["is_leaf"]]
            place = {i: k for k, i in enumerate(inner)}
            leaves = [i for i in range(len(nodes)) if nodes[i]["is_leaf"]]
            leaf = {i: -k - 1 for k, i in enumerate(leaves)}
            where = lambda i: place.get(int(i), leaf.get(int(i)))  # noqa: B023,E731
            trees.append(
                [
                    [int(nodes[i]["feature_idx"]) for i in inner],
                    [float(f"{nodes[i]['num_threshold']:.5g}") for i in inner],
                    [where(nodes[i]["left"]) for i in inner],
                    [where(nodes[i]["right"]) for i in inner],
                    [float(f"{nodes[i]['value']:.4g}") for i in leaves],
                ]
            )
    return {"features": names, "start": [float(v) for v in np.ravel(fitted._baseline_prediction)], "trees": trees}


def held_out_scores(found, rows, names) -> np.ndarray:
    """Class scores (log odds) of every series from trees that saw no series of its system."""
    x, y, w, fold = matrix(rows, names), kinds_of(found), weights(found), folds(found)
    out = np.zeros((len(found), len(corpus.KINDS)))
    for k in range(FOLDS):
        test = fold == k
        out[test] = boost(x[~test], y[~test], w[~test]).decision_function(x[test])
    return out


def kinds_of(found) -> np.ndarray:
    return np.array([corpus.KINDS.index(i.kind) for i in found])


def softmax(score: np.ndarray) -> np.ndarray:
    e = np.exp(score - score.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def calibrate(found, score) -> dict:
    """Temperature (by likelihood), chaos threshold (by allowed false calls), least confidence, reliability table."""
    y, w = kinds_of(found), weights(found)
    grid = np.linspace(0.3, 3.0, 109)
    loss = [-np.average(np.log(softmax(score * t)[np.arange(y.size), y] + 1e-9), weights=w) for t in grid]
    temperature = float(grid[int(np.argmin(loss))])
    p = softmax(score * temperature)
    chaos = corpus.KINDS.index("chaotic")
    random = np.array([i.random for i in found])
    called = p.argmax(axis=1) == chaos
    threshold = 0.4
    while ((p[:, chaos] >= threshold) & called & random).sum() > ALLOWED * random.sum() and threshold < 0.98:
        threshold += 0.005
    best = p.max(axis=1)
    right = p.argmax(axis=1) == y
    edges = np.linspace(0.2, 1.0, 9)
    middle, share = [], []
    for a, b in pairwise(edges):
        inside = (best >= a) & (best < b + (b == 1.0))
        if inside.sum() >= 15:
            middle.append(float(best[inside].mean()))
            share.append(float((right[inside].sum() + 1) / (inside.sum() + 2)))
    share = list(np.maximum.accumulate(share))
    return {
        "temperature": temperature,
        "chaos": round(threshold, 3),
        "least": 0.36,
        "reliability": [[round(v, 4) for v in middle], [round(float(v), 4) for v in share]],
    }


def said_by(score: np.ndarray, rule: dict) -> list[str]:
    """What the stored rule says, given class scores (the same rule as cocycle.study._verdict_rules.decide)."""
    p = softmax(score * rule["temperature"])
    out = []
    for row in p:
        k = int(row.argmax())
        kind = corpus.KINDS[k]
        if row[k] < rule["least"] or (kind == "chaotic" and row[k] < rule["chaos"]):
            kind = "undecided"
        out.append(kind)
    return out


def held_out(found, rows) -> list[str]:
    """What would be said of each tuning series if its system had been absent."""
    names = sorted(set(rows[0]) - set(DROPPED))
    score = held_out_scores(found, rows, names)
    return said_by(score, calibrate(found, score))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/verdict/.cache"))
    parser.add_argument("--out", type=Path, default=ROOT / "src/cocycle/study/verdict.json")
    parser.add_argument("--partial", action="store_true", help="fit on what is cached so far")
    args = parser.parse_args()
    found, rows = table("tuning", args.cache)
    names = sorted(set(rows[0]) - set(DROPPED))
    score = held_out_scores(found, rows, names)
    rule = calibrate(found, score)
    print(show(summary(found, said_by(score, rule))))
    print(rule)
    stored = export(boost(matrix(rows, names), kinds_of(found), weights(found)), names)
    stored = {"kinds": list(corpus.KINDS), **rule, **stored}
    text = json.dumps(stored, separators=(",", ":"))
    args.out.write_text(text + "\n")
    print(f"{args.out}: {len(text) / 1000:.0f} kB, {len(stored['trees'])} trees")


if __name__ == "__main__":
    main()
