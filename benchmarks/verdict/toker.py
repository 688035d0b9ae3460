"""The Chaos Decision Tree (Toker, Sommer, D'Esposito, Communications Biology 3:11, 2020) on the same corpus.

    python -m benchmarks.verdict.toker --part tuning     # fits the cutoff of the 0-1 test, as the authors did on theirs
    python -m benchmarks.verdict.toker --part unseen

Written from the paper and the behaviour of the authors' released program with its default settings:

1. Stochastic if the permutation entropy (order 8, lag 1) lies within the range of 1,000 amplitude-adjusted Fourier
   surrogates or of 1,000 cyclic-phase-permutation surrogates (cycles of the centred signal, shuffled).
2. Schreiber's noise reduction: each point becomes the mean over states within one standard deviation.
3. Halved in sampling rate while range / mean |step| exceeds 10.
4. Modified 0-1 test (standard deviation set to 1/2, oscillation term removed, uniform noise of width 1/2 on the mean
   square displacement, 100 angles, median correlation); chaotic if K exceeds a cutoff that depends on the length.

Departures: the authors' table of cutoffs is not in the paper, so the best cutoff for each length is fitted on our
tuning part (in the method's favour, capped at 0.99 as theirs); of several variables the first is used.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from . import corpus
from .evaluate import items, share, table

COARSE = {
    "fixed-point": "periodic",
    "periodic": "periodic",
    "quasi-periodic": "periodic",
    "chaotic": "chaotic",
    "linear-stochastic": "stochastic",
    "nonlinear-stochastic": "stochastic",
    "noise": "stochastic",
    "nonstationary": "nonstationary",
    "undecided": "undecided",
}


def permutation_entropies(series: np.ndarray, order: int = 8) -> np.ndarray:
    """Permutation entropy in bits of each row, lag 1; equal values keep their order of appearance."""
    n = series.shape[1] - order + 1
    code = np.zeros((series.shape[0], n), dtype=np.int32)
    for i in range(order):  # Lehmer code: how many later values are smaller
        smaller = np.zeros((series.shape[0], n), dtype=np.int32)
        for j in range(i + 1, order):
            smaller += series[:, j : j + n] < series[:, i : i + n]
        code = code * (order - i) + smaller
    code.sort(axis=1)
    out = np.empty(series.shape[0])
    for r, row in enumerate(code):
        edges = np.flatnonzero(np.concatenate([[True], row[1:] != row[:-1], [True]]))
        p = np.diff(edges) / n
        out[r] = -np.sum(p * np.log2(p))
    return out


def end_matched(y: np.ndarray) -> np.ndarray:
    """Cut so that value and slope agree at both ends (as before any Fourier surrogate)."""
    cut = max(2, y.size // 10)
    head, tail = np.arange(cut), np.arange(y.size - cut, y.size - 1)
    value = (y[head][:, None] - y[tail][None, :]) / y.std()
    slope = ((y[head + 1] - y[head])[:, None] - (y[tail + 1] - y[tail])[None, :]) / (np.diff(y).std() + 1e-300)
    i, j = np.unravel_index(int(np.argmin(np.abs(value) + np.abs(slope))), value.shape)
    return y[head[i] : tail[j] + 1]


def aaft(y: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    rank = np.argsort(np.argsort(y, kind="stable"))
    gauss = np.sort(rng.standard_normal((n, y.size)), axis=1)[:, rank]
    z = np.fft.rfft(gauss, axis=1)
    z[:, 1:] *= np.exp(2j * np.pi * rng.random((n, z.shape[1] - 1)))
    shaped = np.fft.irfft(z, n=y.size, axis=1)
    return np.sort(y)[np.argsort(np.argsort(shaped, axis=1), axis=1)]


def cycle_permutations(y: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray | None:
    """Cycles between wraps of the signal taken as a phase, shuffled; None if there are fewer than two."""
    phase = np.mod(y, 2 * np.pi)
    cuts = np.flatnonzero(np.diff(phase) < -np.pi) + 1
    if cuts.size < 3:
        return None
    pieces = np.split(np.arange(y.size), cuts)
    first, middle, last = pieces[0], pieces[1:-1], pieces[-1]
    out = np.empty((n, y.size))
    for k in range(n):
        order = np.concatenate([first, *[middle[i] for i in rng.permutation(len(middle))], last])
        out[k] = phase[order]
    return np.unwrap(out, axis=1)


def schreiber(y: np.ndarray) -> np.ndarray:
    states = np.stack([y[:-2], y[1:-1], y[2:]], axis=1)
    radius, out = y.std(), np.zeros_like(y)
    for start in range(0, states.shape[0], 400):
        block = states[start : start + 400]
        near = np.ones((block.shape[0], states.shape[0]), dtype=bool)
        for c in range(3):
            near &= np.abs(block[:, c, None] - states[None, :, c]) <= radius
        near[np.arange(block.shape[0]), start + np.arange(block.shape[0])] = False
        count = near.sum(axis=1)
        mean = near @ states[:, 1] / np.maximum(count, 1)
        out[1 + start : 1 + start + block.shape[0]] = np.where(count > 0, mean, block[:, 1])
    return out[9:-10]


def zero_one(y: np.ndarray, rng: np.random.Generator, noise: float = 0.5) -> float:
    y = y * 0.5 / (y.std() + 1e-300)
    n, m = y.size, round(y.size / 10)
    c = np.pi / 5 + rng.random(100) * 3 * np.pi / 5
    walk = np.concatenate([np.cumsum(y * np.exp(1j * np.outer(c, np.arange(1, n + 1))), axis=1)], axis=1)
    lags = np.arange(1, m + 1)
    moved = np.empty((c.size, m))
    for k in lags:
        step = walk[:, k:] - walk[:, :-k]
        moved[:, k - 1] = np.mean(step.real**2 + step.imag**2, axis=1)
    moved -= y.mean() ** 2 * (1 - np.cos(np.outer(c, lags))) / (1 - np.cos(c))[:, None]
    moved += noise * (rng.random(moved.shape) - 0.5)
    a = moved - moved.mean(axis=1, keepdims=True)
    t = lags - lags.mean()
    return float(np.median(a @ t / (np.sqrt((a**2).sum(axis=1) * (t @ t)) + 1e-300)))


def decision_tree(y: np.ndarray, surrogates: int = 1000, seed: int = 0) -> tuple[bool, float, int]:
    """Is it stochastic; if not, K of the 0-1 test and the length it was taken on."""
    rng = np.random.default_rng(seed)
    cut = end_matched(y - y.mean())
    own = permutation_entropies(cut[None])[0]

    def inside(make):
        low, high = np.inf, -np.inf
        for _ in range(0, surrogates, 100):
            made = make(min(100, surrogates))
            if made is None:
                return False
            h = permutation_entropies(made)
            low, high = min(low, h.min()), max(high, h.max())
            if low <= own <= high:
                return True
            if abs(own - h.mean()) > 8 * h.std():
                return False  # further surrogates will not reach it
        return False

    z = cut if cycle_permutations(cut, 1, rng) is not None else (cut - cut.mean()) / cut.std()
    if inside(lambda n: aaft(cut, n, rng)) or inside(lambda n: cycle_permutations(z, n, rng)):
        return True, float("nan"), y.size
    y = schreiber(y)
    if np.ptp(y) > 10 * np.mean(np.abs(np.diff(y))):
        while True:
            y = y[::2]
            if np.ptp(y) < 10 * np.mean(np.abs(np.diff(y))) or y.size < 100:
                break
    return False, zero_one(y, rng), y.size


def run(part: str, cache: Path, surrogates: int, every: int = 1) -> tuple[list[corpus.Item], list[list]]:
    found = items(part, cache)[::every]
    path = cache / f"toker-{part}-{surrogates}.jsonl"
    known = {}
    if path.exists():
        known = {
            name: r for name, r in (json.loads(line) for line in path.read_text().splitlines() if line.endswith("]"))
        }
    with path.open("a") as file:
        for item in found:
            if item.name not in known:
                known[item.name] = decision_tree(item.values[:, 0], surrogates)
                file.write(json.dumps([item.name, list(known[item.name])]) + "\n")
                file.flush()
    return found, [known[i.name] for i in found]


def cutoffs(found, rows) -> list[tuple[float, float]]:
    """Best cutoff (balanced accuracy of chaotic against regular) for each of three ranges of length."""
    coarse = np.array([COARSE[i.kind] for i in found])
    decided = np.array([not r[0] for r in rows])
    k, n = np.array([r[1] for r in rows], float), np.array([r[2] for r in rows], float)
    edges, out = [0, 400, 1200, 1e9], []
    for a, b in pairwise(edges):
        use = decided & (n >= a) & (n < b)
        chaos, regular = k[use & (coarse == "chaotic")], k[use & (coarse == "periodic")]
        if chaos.size and regular.size:
            grid = np.linspace(-0.2, 0.99, 120)
            score = [(chaos > g).mean() + (regular <= g).mean() for g in grid]
            out.append((float(np.exp(np.mean(np.log(n[use])))), float(grid[int(np.argmax(score))])))
    return out


def said(rows, table) -> list[str]:
    length, cut = np.log([t[0] for t in table]), [t[1] for t in table]
    return [
        "stochastic" if s else "chaotic" if k > np.interp(np.log(n), length, cut) else "periodic" for s, k, n in rows
    ]


def compare(found, words: list[str]) -> dict:
    """Score of chaotic, regular, stochastic (nonstationary series left out, except for the false-chaos rate)."""
    truth, words_ = np.array([COARSE[i.kind] for i in found]), np.array([COARSE.get(w, w) for w in words])
    group = np.array([i.group for i in found])
    random = np.array([i.random for i in found])
    stated = np.array([len(i.values) >= 2000 and i.noise <= 0.05 for i in found]) & (truth != "nonstationary")
    three = truth != "nonstationary"
    kinds = ("periodic", "chaotic", "stochastic")
    return {
        "confusion": {
            a: {b: int(((truth == a) & (words_ == b)).sum()) for b in (*kinds, "nonstationary", "undecided")}
            for a in kinds
        },
        "accuracy": share((truth == words_)[three], group[three]),
        "accuracy_stated": share((truth == words_)[stated], group[stated]),
        "false_chaos": share((words_ == "chaotic")[random], group[random]),
        "chaos_found": share((words_ == "chaotic")[truth == "chaotic"], group[truth == "chaotic"]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("tuning", "unseen"), required=True)
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/verdict/.cache"))
    parser.add_argument("--surrogates", type=int, default=1000)
    parser.add_argument("--every", type=int, default=1, help="use every n-th series (for the tuning part)")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    fitted = args.cache / f"toker-cutoffs-{args.surrogates}.json"
    found, rows = run(args.part, args.cache, args.surrogates, args.every)
    if args.part == "tuning":
        fitted.write_text(json.dumps(cutoffs(found, rows)))
    result = {"cutoffs": json.loads(fitted.read_text()), **compare(found, said(rows, json.loads(fitted.read_text())))}
    if args.part == "unseen":
        from cocycle.study._verdict_rules import decide

        kinds = [decide(row)[0] for row in table(args.part, args.cache)[1]]
        result["this_verdict"] = compare(found, [COARSE[k] for k in kinds])
    print(json.dumps(result, indent=1))
    if args.out:
        (args.out / f"toker-{args.part}.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
