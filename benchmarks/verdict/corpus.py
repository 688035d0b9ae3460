"""The labelled corpus: systems, the split into a tuning and an unseen part, checks of every label, observation.

`python -m benchmarks.verdict.corpus` makes it (about 15 minutes of one core) and prints the counts. Deterministic.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cocycle.study._verdict_rules import KINDS

from .extra import EXTRA
from .flows import FLOWS, Flow
from .maps import MAPS, Map
from .processes import PROCESSES

__all__ = ["KINDS", "Item", "corpus", "entries", "generate", "split"]

LENGTHS = (500, 1000, 2000, 5000)
#: Series of each length for one (system, kind).
COUNTS = {
    "chaotic": (2, 3, 5, 2),
    "periodic": (2, 2, 4, 2),
    "quasi-periodic": (2, 3, 5, 2),
    "fixed-point": (2, 2, 3, 1),
    "noise": (4, 4, 6, 4),
    "linear-stochastic": (6, 6, 9, 5),
    "nonlinear-stochastic": (5, 6, 9, 4),
    "nonstationary": (3, 4, 6, 3),
}
NOISE = ((0.0, 0.30), (0.01, 0.10), (0.02, 0.15), (0.05, 0.25), (0.10, 0.20))
#: Entries that rest on the same equations stay in the same part.
GROUPS = {
    "shuffled_map": "logistic",
    "drifting_logistic": "logistic",
    "map_swap": "logistic",
    "surrogate_flow": "lorenz63",
    "ramped_rossler": "rossler",
    "noisy_fitzhugh": "fitzhugh_nagumo",
    "noisy_oscillation": "vanderpol",
    "noisy_population": "ricker",
    "coupled_rickers": "ricker",
    "lattice": "logistic",
    "noisy_circle": "circle",
    "noisy_oscillator": "damped_oscillator",
    "flipping_pendulum": "driven_pendulum",
    "hopf_passage": "stuart_landau",
    "ornstein_uhlenbeck": "ar1",
    "exponential_of_ou": "ar1",
    "clipped_ar": "ar2",
    "changing_ar": "ar1",
    "ar_break": "ar1",
    "gaussian_vector": "gaussian",
    "coupled_vanderpol": "vanderpol",
    "damped_duffing": "duffing",
    "kicked_sine_map": "sine_map",
    "stochastic_resonance": "double_well",
    "lorenz84": "lorenz84",
    "seasonal_trend": "trend",
    "hyper_rossler": "rossler",
    "variance_ramp": "variance_change",
    "random_predators": "lotka_volterra",
    "tanks": "tanks",
    "egarch": "garch",
    "noisy_hopf": "stuart_landau",
    "noisy_brusselator": "brusselator",
    "noisy_wilson_cowan": "wilson_cowan",
    "noisy_prey": "rosenzweig_macarthur",
    "noisy_period_two": "logistic",
    "noisy_cubic": "cubic",
    "noisy_gauss_map": "gauss",
    "noisy_delay_map": "delayed_logistic",
    "ramped_lorenz": "lorenz63",
    "sloping_chaos": "logistic",
    "arch": "garch",
    "student_ar": "ar1",
    "exponential_ar": "arma",
    "noisy_walk": "random_walk",
    "walk_and_season": "random_walk",
    "loud_sine": "sine",
    "loud_slow_sine": "sine",
    "loud_harmonics": "harmonics",
    "loud_pulses": "pulses",
    "loud_cosine": "folded_cosine",
    "loud_two_tones": "two_tones",
    "loud_torus": "skew_torus",
}
#: An invariant circle of a map has one frequency; read once a step it is the same data as a cycle of a flow sampled at
#: an incommensurate rate. What a recording cannot tell is not asked of it: one frequency is `periodic`.
CIRCLES = {s.name for s in MAPS} | {"rotation_of_plane"}
#: The user's own examples are in the tuning part (they are regression tests anyway).
TUNED = ("lorenz63", "logistic", "sine", "gaussian", "ar1")
SPLIT_SEED = 2020


@dataclass(frozen=True)
class Item:
    """One labelled recording."""

    name: str
    system: str
    group: str
    kind: str
    noise: float
    random: bool  # noise drives the motion: counts for the false-chaos rate
    values: np.ndarray  # (T, d)


def _entries() -> list[tuple[str, str, str]]:
    """(kind, system, family) of every entry of the corpus, in a fixed order."""
    out = [(kind, s.name, "flow") for s in FLOWS for kind in s.kinds]
    out += [(kind, s.name, "map") for s in MAPS for kind in s.kinds]
    out += [(kind, name, "process") for name, (kind, _, _) in PROCESSES.items()]
    return out + [(kind, name, "extra") for name, (kind, _, _) in EXTRA.items()]


def split() -> dict[str, str]:
    """group -> "tuning" | "unseen": a seeded shuffle, 60 to 40, within each first kind and family."""
    strata: dict[tuple[str, str], list[str]] = {}
    seen = set()
    for kind, name, family in _entries():
        group = GROUPS.get(name, name)
        if group not in seen and family != "extra":
            seen.add(group)
            strata.setdefault((kind, family), []).append(group)
    rng = np.random.default_rng(SPLIT_SEED)
    out = {}
    for key in sorted(strata):
        groups = list(rng.permutation(sorted(strata[key])))
        free = [g for g in groups if g not in TUNED]
        unseen = set(free[: max(1, round(0.4 * len(groups)))] if len(groups) > 1 else [])
        out |= {str(g): "unseen" if g in unseen else "tuning" for g in groups}
    return out | dict.fromkeys(EXTRA, "tuning")


# -- truth of a label -------------------------------------------------------------------------------------------------
def _section(x: np.ndarray) -> int:
    """Distinct states `(T, d)` at upward crossings of the first varying column through its mean; 0 if too few."""
    x = x[:, x.std(axis=0) > 1e-9]
    if not x.shape[1]:
        return 0
    level = x[:, 0] - x[:, 0].mean()
    at = np.flatnonzero((level[:-1] < 0) & (level[1:] >= 0))
    if at.size < 40:
        return 0
    w = (-level[at] / (level[at + 1] - level[at]))[:, None]
    points = (1 - w) * x[at] + w * x[at + 1]
    distinct: list[np.ndarray] = []
    for point in points[-80:]:
        if all(np.abs((point - other) / x.std(axis=0)).max() > 0.02 for other in distinct):
            distinct.append(point)
    return len(distinct)


def _returns(x: np.ndarray) -> int:
    """Smallest period (up to 64) of the end of a map's orbit `(T, d)`, 0 if none."""
    tail = x[-400:]
    for period in range(1, 65):
        if np.abs(tail[period:] - tail[:-period]).max() < 1e-6 * (np.abs(tail).max() + 1):
            return period
    return 0


def _draw(ranges, n, rng):
    return {name: rng.uniform(low, high, n) for name, (low, high) in ranges.items()}


def _rk4(f, t, x, p, h):
    k1 = f(t, x, p)
    k2 = f(t + h / 2, x + h / 2 * k1, p)
    k3 = f(t + h / 2, x + h / 2 * k2, p)
    return x + h / 6 * (k1 + 2 * k2 + 2 * k3 + f(t + h, x + h * k3, p))


def _run(system: Flow, x, t, p, h, samples, sub):
    """Orbit `(samples, dim, n)` of a batch, and the log growth of a nearby twin per sample `(samples, n)`."""
    n = x.shape[1]
    size = 1e-7 * (np.abs(x).max(axis=0) + 1e-3)
    twin = x + size / np.sqrt(x.shape[0])
    both, t2, h2 = np.concatenate([x, twin], axis=1), np.tile(t, 2), np.tile(h, 2)
    p2 = {k: np.tile(v, 2) for k, v in p.items()}
    out, growth = np.empty((samples, *x.shape)), np.empty((samples, n))
    for i in range(samples):
        out[i] = both[:, :n]
        for _ in range(sub):
            both = _rk4(system.f, t2, both, p2, h2)
            t2 = t2 + h2
        gap = both[:, n:] - both[:, :n]
        distance = np.sqrt((gap**2).sum(axis=0)) + 1e-300
        growth[i] = np.log(distance / size)
        both[:, n:] = both[:, :n] + gap * (size / distance)
    return out, growth, both[:, :n], t2[:n]


def _observe(system, orbit):
    """(T, dim, n) -> (T, channels, n)."""
    if system.observe is None:
        return orbit
    return np.moveaxis(
        system.observe(np.moveaxis(orbit, 0, 1).reshape(orbit.shape[1], -1)).reshape(
            -1, orbit.shape[0], orbit.shape[2]
        ),
        0,
        1,
    )


def _chaotic(growth: np.ndarray) -> bool:
    """A positive exponent beyond doubt, and at least 8 Lyapunov times in the recording."""
    blocks = np.array_split(growth, 10)
    rates = np.array([b.mean() for b in blocks])
    return bool(growth.sum() >= 8 and rates.mean() > 4 * rates.std(ddof=1) / np.sqrt(10))


def _flow_pilot(system: Flow, kind: str, tries: int, rng):
    """Draws that move as the label says: states past the transient, parameters, characteristic times."""
    p = _draw(system.kinds[kind], tries, rng) or {"_": np.zeros(tries)}
    base = np.asarray(system.x0, float)[:, None]
    x = base + system.spread * rng.standard_normal((base.size, tries))
    if kind == "fixed-point":
        x = x + base * 0.3 * rng.uniform(-1, 1, (base.size, tries))
    if system.positive:
        x = np.abs(x) + 1e-3
    h = np.full(tries, system.time / system.steps)
    t = np.zeros(tries)
    if kind == "fixed-point":
        orbit, _, _, _ = _run(system, x, t, p, h * 4, 10 * system.steps, 1)
        seen = _observe(system, orbit)
        away = np.abs(seen - seen[-1]).max(axis=1)  # (samples, tries)
        good = np.isfinite(orbit).all(axis=(0, 1)) & (away[-len(away) // 8 :].max(axis=0) < 1e-3 * away[0])
        settled = [np.flatnonzero(a > 0.02 * a.max())[-1] + 1 if ok else 1 for a, ok in zip(away.T, good, strict=True)]
        scale = np.array(settled) * h * 4
    else:
        _, _, x, t = _run(system, x, t, p, h, 40, system.steps)
        orbit, growth, x, t = _run(system, x, t, p, h, 70 * system.steps, 1)
        seen = _observe(system, orbit)
        good = np.isfinite(orbit).all(axis=(0, 1)) & (np.abs(orbit).max(axis=(0, 1)) < 1e6)
        first = seen[:, 0] - seen[:, 0].mean(axis=0)
        crossings = ((first[:-1] < 0) & (first[1:] >= 0)).sum(axis=0)
        good &= crossings >= 5
        scale = 70 * system.time / np.maximum(crossings, 1)
        for i in np.flatnonzero(good):
            distinct = _section(seen[:, :, i])
            if kind == "periodic":
                good[i] = 0 < distinct <= 12
            elif kind == "quasi-periodic":
                good[i] = distinct > 25 and growth[:, i].sum() < 9
    keep = np.flatnonzero(good)
    return x[:, keep], t[keep], {k: v[keep] for k, v in p.items()}, scale[keep]


def _flow_series(system: Flow, kind: str, counts, rng) -> list[list[np.ndarray]]:
    """Up to `counts` checked noise-free recordings `(T, channels)` of each length."""
    out: list[list[np.ndarray]] = [[] for _ in LENGTHS]
    with np.errstate(all="ignore"):
        x0, t0, p0, scale = _flow_pilot(system, kind, 3 * sum(counts) + 3, rng)
        parts = np.split(np.arange(scale.size), np.round(np.cumsum(counts)[:-1] / sum(counts) * scale.size).astype(int))
        for k, (T, mine) in enumerate(zip(LENGTHS, parts, strict=True)):
            if not mine.size:
                continue
            if kind == "fixed-point":
                dt = scale[mine] * rng.uniform(1.3, 5, mine.size) / T
            else:
                low, high = {500: (8, 15), 1000: (8, 25), 2000: (9, 40), 5000: (10, 60)}[T]
                # one sampling rate a batch, within 20 %: a slow batch would make the fast ones integrate as finely
                rate = np.exp(rng.uniform(np.log(low), np.log(high))) * rng.uniform(0.8, 1.2, mine.size)
                dt = scale[mine] / np.maximum(rate, 7.0)
            sub = int(np.ceil((dt * system.steps / system.time).max()))
            p = {name: v[mine] for name, v in p0.items()}
            orbit, growth, _, _ = _run(system, x0[:, mine], t0[mine], p, dt / sub, T, sub)
            seen = _observe(system, orbit)
            for i in range(mine.size):
                if np.isfinite(orbit[:, :, i]).all() and (kind != "chaotic" or _chaotic(growth[:, i])):
                    out[k].append(seen[:, :, i])
            out[k] = out[k][: counts[k]]
    return out


def _map_series(system: Map, kind: str, T: int, n: int, rng) -> list[np.ndarray]:
    tries = 3 * n + 3
    p = _draw(system.kinds[kind], tries, rng)
    base = np.asarray(system.x0, float)[:, None]
    x = base + system.spread * rng.uniform(-1, 1, (base.size, tries))
    size = 1e-8
    warm = 0 if kind == "fixed-point" else 2000
    twin = x + size
    p2 = {k: np.tile(v, 2) for k, v in p.items()}
    total = max(T, 600) + warm
    orbit, growth = np.empty((total, base.size, tries)), np.zeros((total, tries))
    with np.errstate(all="ignore"):
        for i in range(total):
            orbit[i] = x
            both = system.step(np.concatenate([x, twin], axis=1), p2)
            gap = both[:, tries:] - both[:, :tries]
            distance = np.minimum(np.sqrt((gap**2).sum(axis=0)), 0.5) + 1e-300
            growth[i] = np.log(distance / (size * np.sqrt(base.size)))
            x = both[:, :tries]
            twin = x + gap * (size * np.sqrt(base.size) / (distance + 1e-300))
            dead = distance < 1e-250
            twin = np.where(dead, x + size, twin)
    growth = np.clip(growth, -5, 5)
    seen = _observe(system, orbit)
    out = []
    for i in range(tries):
        one = orbit[:, :, i]
        if not np.isfinite(one).all() or np.abs(one).max() > 1e6:
            continue
        returns = _returns(one)
        ok = {
            "chaotic": returns == 0 and _chaotic(growth[warm : warm + T, i]),
            "periodic": 2 <= returns <= 32,
            "quasi-periodic": returns == 0 and growth[warm:, i].sum() < 14,
            "fixed-point": returns == 1,
        }[kind]
        if ok:
            out.append(seen[warm : warm + T, :, i])
    return out[:n]


def _process_series(name: str, T: int, n: int, rng) -> list[np.ndarray]:
    values = {**PROCESSES, **EXTRA}[name][1](rng, T, n)
    values = values[:, None, :] if values.ndim == 2 else values
    return [values[:, :, i] for i in range(n) if np.isfinite(values[:, :, i]).all()]


def _instrument(clean: np.ndarray, kind: str, rng) -> tuple[np.ndarray, float]:
    """What is recorded: one or several channels, with white observational noise."""
    good = np.flatnonzero(clean.std(axis=0) > 1e-9 * (np.abs(clean).max(axis=0) + 1e-300))
    clean = clean[:, good]
    if clean.shape[1] > 1 and rng.random() < 0.35:
        channels = rng.permutation(clean.shape[1])[: int(rng.integers(2, clean.shape[1] + 1))]
    else:
        channels = rng.integers(0, clean.shape[1], 1)
    clean = clean[:, channels]
    levels, shares = zip(*NOISE, strict=True)
    noise = float(rng.choice(levels, p=shares))
    values = clean + noise * clean.std(axis=0) * rng.standard_normal(clean.shape)
    return values * np.exp(rng.uniform(-3, 3)) + rng.normal(0, 5), noise


def entries(part: str) -> list[tuple[int, str, str, str]]:
    """(number, kind, system, family) of the entries of a part."""
    parts = split()
    return [(n, *e) for n, e in enumerate(_entries()) if parts[GROUPS.get(e[1], e[1])] == part]


def generate(number: int, kind: str, name: str, family: str) -> list[Item]:
    """All recordings of one entry; its own random stream, so that entries can be made in any order."""
    rng = np.random.default_rng([SPLIT_SEED, number])
    counts = COUNTS[kind]
    if family == "flow":
        lots = _flow_series(next(s for s in FLOWS if s.name == name), kind, counts, rng)
    elif family == "map":
        system = next(s for s in MAPS if s.name == name)
        lots = [_map_series(system, kind, T, n, rng) for T, n in zip(LENGTHS, counts, strict=True)]
    else:
        lots = [_process_series(name, T, n, rng) for T, n in zip(LENGTHS, counts, strict=True)]
    out = []
    random = family in ("process", "extra") and {**PROCESSES, **EXTRA}[name][2]
    for T, found in zip(LENGTHS, lots, strict=True):
        for i, clean in enumerate(found):
            values, noise = _instrument(clean, kind, rng)
            out.append(Item(f"{name}/{kind}/{T}/{i}", name, GROUPS.get(name, name), kind, noise, random, values))
    return out


def corpus(part: str, cache: Path) -> list[Item]:
    """A part of the corpus, made once; one file an entry under `cache`, so that a kill loses one entry at most."""
    folder = cache / part
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for number, kind, name, family in entries(part):
        path = folder / f"{number:03d}-{name}-{kind}.npz"
        if not path.exists():
            _save(generate(number, kind, name, family), path)
        out += _load(path)
    one_frequency = lambda i: i.kind == "quasi-periodic" and i.system in CIRCLES  # noqa: E731
    out = [replace(i, kind="periodic") if one_frequency(i) else i for i in out]
    return [replace(i, noise=0.5) if i.system.startswith("loud_") else i for i in out]


def _save(items: list[Item], path: Path) -> None:
    meta = [[i.name, i.system, i.group, i.kind, i.noise, i.random] for i in items]
    arrays = {f"v{k}": i.values for k, i in enumerate(items)}
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, meta=np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8), **arrays)
    partial.rename(path)


def _load(path: Path) -> list[Item]:
    with np.load(path) as data:
        meta = json.loads(bytes(data["meta"]).decode())
        return [Item(*m, data[f"v{k}"]) for k, m in enumerate(meta)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("benchmarks/verdict/.cache"))
    parser.add_argument("--part", choices=("tuning", "unseen"))
    args = parser.parse_args()
    for part in (args.part,) if args.part else ("tuning", "unseen"):
        items = corpus(part, args.cache)
        counts, random = Counter(i.kind for i in items), sum(i.random for i in items)
        print(f"{part}: {len(items)} series of {len({i.group for i in items})} groups, {random} random; {dict(counts)}")
        made = Counter((i.system, i.kind) for i in items)
        for _, kind, name, _ in entries(part):
            if made[name, kind] < sum(COUNTS[kind]):
                print(f"  fewer than asked: {name} {kind} {made[name, kind]} of {sum(COUNTS[kind])}")


if __name__ == "__main__":
    main()
