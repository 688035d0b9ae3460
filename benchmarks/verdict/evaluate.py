"""Run the verdict over a part of the corpus and print its confusion matrix.

    python -m benchmarks.verdict.evaluate --part tuning            # features and leave-one-system-out predictions
    python -m benchmarks.verdict.evaluate --part unseen            # the stored model on systems it has never seen

Features are kept under `--cache` (one line of JSON a series) and survive a kill; the corpus is made there if missing.
"""

import argparse
import hashlib
import json
import time
from pathlib import Path

import numpy as np

from . import corpus

ROOT = Path(__file__).resolve().parents[2]
CODE = [f"_verdict_{part}.py" for part in ("change", "features", "lines", "memory", "prediction")]


def version() -> str:
    """A hash of the code that computes features: another version, another cache."""
    text = b"".join((ROOT / "src/cocycle/study" / name).read_bytes() for name in CODE)
    return hashlib.sha256(text).hexdigest()[:10]


def items(part: str, cache: Path) -> list[corpus.Item]:
    """The recordings of a part, made once."""
    return corpus.corpus(part, cache)


def table(
    part: str, cache: Path, quick: bool = False, only: str = ""
) -> tuple[list[corpus.Item], list[dict[str, float]]]:
    """Items and their features; what is cached is not computed again."""
    found = items(part, cache)
    path = cache / f"features-{part}{'-quick' if quick else ''}-{only or version()}.jsonl"
    known: dict[str, dict[str, float]] = {}
    if path.exists():
        for line in path.read_text().splitlines():
            try:
                name, values = json.loads(line)
            except json.JSONDecodeError:
                continue  # cut off by a kill
            known[name] = values
    if all(item.name in known for item in found):
        return found, [known[i.name] for i in found]
    from cocycle.study._verdict_features import features

    start, done = time.time(), 0
    with path.open("a") as file:
        for item in found:
            if item.name in known:
                continue
            try:
                known[item.name] = features(item.values, quick=quick)
            except Exception as error:
                raise RuntimeError(f"{item.name}: {error}") from error
            file.write(json.dumps([item.name, {k: float(f"{v:.6g}") for k, v in known[item.name].items()}]) + "\n")
            file.flush()
            done += 1
            if done % 100 == 0:
                print(f"{done} done, {(time.time() - start) / done:.2f} s each", flush=True)
    return found, [known[i.name] for i in found]


def wilson(k: int, n: int) -> tuple[float, float]:
    """95 % interval of a share."""
    if n == 0:
        return 0.0, 1.0
    z = 1.96
    p, d = k / n, 1 + z**2 / n
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / d
    mid = (p + z**2 / (2 * n)) / d
    return max(0.0, mid - half), min(1.0, mid + half)


def by_system(good: np.ndarray, systems: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """95 % interval of a share when systems, not series, are the independent draws (bootstrap over systems)."""
    if good.size == 0:
        return 0.0, 1.0
    names = np.unique(systems)
    right = np.array([good[systems == s].sum() for s in names])
    total = np.array([(systems == s).sum() for s in names])
    rng = np.random.default_rng(seed)
    pick = rng.integers(0, names.size, (4000, names.size))
    return tuple(np.percentile(right[pick].sum(axis=1) / total[pick].sum(axis=1), [2.5, 97.5]))


def share(good: np.ndarray, systems: np.ndarray) -> dict:
    """A share with both intervals."""
    k, n = int(good.sum()), int(good.size)
    return {"right": k, "of": n, "share": k / max(n, 1), "wilson": wilson(k, n), "by_system": by_system(good, systems)}


def summary(found: list[corpus.Item], said: list[str]) -> dict:
    """All numbers that the documentation reports."""
    truth, said_ = np.array([i.kind for i in found]), np.array(said)
    system = np.array([i.group for i in found])
    length, noise = np.array([len(i.values) for i in found]), np.array([i.noise for i in found])
    random, several = np.array([i.random for i in found]), np.array([i.values.shape[1] > 1 for i in found])
    right = truth == said_
    stated = (length >= 2000) & (noise <= 0.05)
    columns = [*corpus.KINDS, "undecided"]
    return {
        "n": len(found),
        "systems": int(np.unique(system).size),
        "confusion": {a: {b: int(((truth == a) & (said_ == b)).sum()) for b in columns} for a in corpus.KINDS},
        "false_chaos": share((said_ == "chaotic")[random], system[random]),
        "false_chaos_all": share((said_ == "chaotic")[truth != "chaotic"], system[truth != "chaotic"]),
        "accuracy_stated": share(right[stated], system[stated]),
        "accuracy": share(right, system),
        "undecided": share(said_ == "undecided", system),
        "by_kind": {a: share(right[truth == a], system[truth == a]) for a in corpus.KINDS},
        "by_kind_stated": {a: share(right[stated & (truth == a)], system[stated & (truth == a)]) for a in corpus.KINDS},
        "by_length": {str(n): share(right[length == n], system[length == n]) for n in corpus.LENGTHS},
        "by_noise": {str(e): share(right[noise == e], system[noise == e]) for e, _ in corpus.NOISE},
        "several_variables": share(right[several], system[several]),
        "one_variable": share(right[~several], system[~several]),
        "worst_systems": sorted(
            [(s, float(right[system == s].mean()), int((system == s).sum())) for s in np.unique(system)],
            key=lambda r: r[1],
        )[:15],
    }


def show(result: dict) -> str:
    """A summary as markdown."""

    def interval(low, high):
        return f"{100 * low:.1f}-{100 * high:.1f}"

    def line(name, s):
        low, high = s["wilson"]
        a, b = s["by_system"]
        cells = (name, f"{s['right']}/{s['of']}", f"{100 * s['share']:.1f} %", interval(low, high), interval(a, b))
        return "| " + " | ".join(cells) + " |"

    columns = [*corpus.KINDS, "undecided"]
    out = ["| true \\ said | " + " | ".join(columns) + " | right (95 % interval) |", "|" + "---|" * (len(columns) + 2)]
    for kind, row in result["confusion"].items():
        s = result["by_kind"][kind]
        low, high = s["wilson"]
        cells = [f"**{row[c]}**" if c == kind else str(row[c]) for c in columns]
        out.append(
            f"| {kind} | " + " | ".join(cells) + f" | {100 * s['share']:.0f} % ({100 * low:.0f}-{100 * high:.0f}) |"
        )
    out += ["", "| | series | share | 95 %, series independent | 95 %, systems independent |", "|---|---|---|---|---|"]
    out.append(line("stochastic series called chaotic", result["false_chaos"]))
    out.append(line("any non-chaotic series called chaotic", result["false_chaos_all"]))
    out.append(line("right, 2,000+ points and noise <= 5 %", result["accuracy_stated"]))
    out.append(line("right, all", result["accuracy"]))
    out.append(line("undecided", result["undecided"]))
    out += [line(f"right, {n} points", s) for n, s in result["by_length"].items()]
    out += [line(f"right, noise {float(n):.0%}", s) for n, s in result["by_noise"].items()]
    out += [
        line("right, one variable", result["one_variable"]),
        line("right, several variables", result["several_variables"]),
    ]
    out += [line(f"right, {k}, 2,000+ points and noise <= 5 %", s) for k, s in result["by_kind_stated"].items()]
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("tuning", "unseen"), required=True)
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/verdict/.cache"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--features-only", action="store_true")
    parser.add_argument("--out", type=Path, help="folder for results (JSON and markdown)")
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    found, rows = table(args.part, args.cache, args.quick)
    if args.features_only:
        return
    if args.part == "tuning":
        from .fit import held_out

        said = held_out(found, rows)
    else:
        from cocycle.study._verdict_rules import decide

        said = [decide(row)[0] for row in rows]
    result = summary(found, said)
    print(show(result))
    print(result["worst_systems"])
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        name = args.part + ("-quick" if args.quick else "")
        (args.out / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
        (args.out / f"{name}.md").write_text(show(result) + "\n")


if __name__ == "__main__":
    main()
