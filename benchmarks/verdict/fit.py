"""Fit the three questions of the verdict on the tuning part and write src/cocycle/study/verdict_*.json.

    python -m benchmarks.verdict.fit            # needs scikit-learn; nothing else of the project does

Everything is chosen by leaving whole groups of systems out of the tuning part: the calibration of the probabilities,
the probability below which chaos is not called, the stated confidence. The unseen part is not read here. Same
statistics, same files.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from . import corpus
from .evaluate import ROOT, show, summary, table

FOLDS = 12
TREES, LEAVES, LEAST = 60, 80, 3
#: Chaos is called only above a probability at which at most this share of left-out stochastic series is called chaotic.
ALLOWED = 0.008

#: The questions, the answers, and (by the beginning of their names) the statistics that bear on each.
QUESTIONS = {
    "change": (
        ("fixed-point", "nonstationary", ""),
        "rest_ drift_ break_ trend_ mean_spread variance_ pitch_ halves_ unit_root cross_error own_error low_ memory "
        "peak_ scale line_test_1 line_fit fold nl_t ar_t kurtosis",
    ),
    "order": (
        ("periodic", "quasi-periodic", "chaotic", ""),
        "line fold peak flat high_ deep_ spread nl_ ar_ gain_ few unfold dimension embedding skeleton echo div_ grow_ "
        "nn_ z_ surrogate ordinal zero far poly scale distinct cubic quadratic_mean memory",
    ),
    "chance": (
        ("linear-stochastic", "nonlinear-stochastic", "noise"),
        "memory quadratic cubic poly gain left kurt skew bimod z_ surrogate nonlinear ordinal few unfold echo skeleton "
        "grow dimension distinct flat spread zero ar_1 ar_t nl_1 nl_t scale drift_most break_most peak_",
    ),
}


def chosen(names: list[str], question: str) -> list[str]:
    """The statistics that a question may use."""
    return sorted(n for n in names if n.startswith(tuple(QUESTIONS[question][1].split())))


def answers(found: list[corpus.Item], question: str) -> np.ndarray:
    """Index of each series' answer to a question; -1 if the question does not arise."""
    order = list(QUESTIONS)
    settled = {a for q in order[: order.index(question)] for a in QUESTIONS[q][0] if a}
    options = QUESTIONS[question][0]
    out = []
    for item in found:
        if item.kind in settled:
            out.append(-1)
        else:
            out.append(options.index(item.kind) if item.kind in options else options.index(""))
    return np.array(out)


def matrix(rows: list[dict[str, float]], names: list[str]) -> np.ndarray:
    return np.array([[row[n] for n in names] for row in rows])


def weights(found: list[corpus.Item]) -> np.ndarray:
    """Systems of a kind weigh alike, kinds by the square root of their number of systems."""
    pair = [(i.kind, i.system) for i in found]
    size = {p: pair.count(p) for p in set(pair)}
    systems = {k: max(1, len({s for kind, s in size if kind == k})) for k in corpus.KINDS}
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


def grow(x: np.ndarray, y: np.ndarray, w: np.ndarray):
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(
        TREES, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, max_features=0.35, random_state=0, n_jobs=1
    ).fit(x, y, sample_weight=w)


def chain(parts: dict[str, np.ndarray]) -> np.ndarray:
    """Log probabilities of the kinds from the answers to the questions, floored at one in a thousand."""
    n = next(iter(parts.values())).shape[0]
    left, out = np.ones(n), np.zeros((n, len(corpus.KINDS)))
    for question, p in parts.items():
        following = np.zeros(n)
        for k, answer in enumerate(QUESTIONS[question][0]):
            if answer:
                out[:, corpus.KINDS.index(answer)] = left * p[:, k]
            else:
                following = left * p[:, k]
        left = following
    return np.log(out + 1e-3)


def held_out_scores(found, rows) -> np.ndarray:
    """Scores of every series from trees that saw no series of its group."""
    w, fold, names = weights(found), folds(found), list(rows[0])
    x = {q: matrix(rows, chosen(names, q)) for q in QUESTIONS}
    y = {q: answers(found, q) for q in QUESTIONS}
    out = np.zeros((len(found), len(corpus.KINDS)))
    for k in range(FOLDS):
        test = fold == k
        parts = {}
        for q in QUESTIONS:
            use = ~test & (y[q] >= 0)
            parts[q] = grow(x[q][use], y[q][use], w[use]).predict_proba(x[q][test])
        out[test] = chain(parts)
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
    middle, share = [], []
    for a, b in pairwise(np.linspace(0.2, 1.0, 9)):
        inside = (best >= a) & (best < b + (b == 1.0))
        if inside.sum() >= 15:
            middle.append(float(best[inside].mean()))
            share.append(float((right[inside].sum() + 1) / (inside.sum() + 2)))
    share = [float(v) for v in np.maximum.accumulate(share)]
    return {
        "temperature": round(temperature, 4),
        "chaos": round(threshold, 3),
        "least": 0.36,
        "reliability": [[round(v, 4) for v in middle], [round(v, 4) for v in share]],
    }


def said_by(score: np.ndarray, rule: dict) -> list[str]:
    """What the stored rule says, given scores (the same rule as cocycle.study._verdict_rules.decide)."""
    out = []
    for row in softmax(score * rule["temperature"]):
        k = int(row.argmax())
        kind = corpus.KINDS[k]
        unsure = row[k] < rule["least"] or (kind == "chaotic" and row[k] < rule["chaos"])
        out.append("undecided" if unsure else kind)
    return out


def held_out(found, rows) -> list[str]:
    """What would be said of each tuning series if its group had been absent."""
    score = held_out_scores(found, rows)
    return said_by(score, calibrate(found, score))


def export(fitted, names: list[str], options: tuple[str, ...]) -> dict:
    """Trees as flat lists `[feature, threshold, left, right, leaves]`; leaves hold percent of each answer.

    A child `k >= 0` is the next split, `k < 0` the leaf `-k - 1`.
    """
    trees = []
    for one in fitted.estimators_:
        t = one.tree_
        inner = [i for i in range(t.node_count) if t.children_left[i] >= 0]
        leaves = [i for i in range(t.node_count) if t.children_left[i] < 0]
        place = {i: k for k, i in enumerate(inner)} | {i: -k - 1 for k, i in enumerate(leaves)}
        value = t.value[leaves, 0]
        value = value / value.sum(axis=1, keepdims=True)
        trees.append(
            [
                [int(t.feature[i]) for i in inner],
                [float(f"{t.threshold[i]:.4g}") for i in inner],
                [place[int(t.children_left[i])] for i in inner],
                [place[int(t.children_right[i])] for i in inner],
                [[int(v) for v in np.round(100 * row)] for row in value],
            ]
        )
    return {"answers": list(options), "features": names, "trees": trees}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/verdict/.cache"))
    parser.add_argument("--out", type=Path, default=ROOT / "src/cocycle/study")
    args = parser.parse_args()
    found, rows = table("tuning", args.cache)
    score = held_out_scores(found, rows)
    rule = calibrate(found, score)
    print(show(summary(found, said_by(score, rule))))
    print(rule)
    w, names = weights(found), list(rows[0])
    stored = {"rule": {"kinds": list(corpus.KINDS), "questions": list(QUESTIONS), **rule}}
    for q, (options, _) in QUESTIONS.items():
        y = answers(found, q)
        use = y >= 0
        fitted = grow(matrix(rows, chosen(names, q))[use], y[use], w[use])
        stored[q] = export(fitted, chosen(names, q), options)
    for name, content in stored.items():
        text = json.dumps(content, separators=(",", ":"))
        (args.out / f"verdict_{name}.json").write_text(text + "\n")
        print(f"verdict_{name}.json: {len(text) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
