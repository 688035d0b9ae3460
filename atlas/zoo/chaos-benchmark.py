"""Chaos as an interpretable benchmark.

The papers collect 131 chaotic systems with their invariants, sample them alike, and compare forecasting methods over
them; how hard a series is to forecast is related to how chaotic its system is.

Here the side of the systems: how many chaotic systems the catalogue has, their exponents with error bars, that their
sums are the divergences, agreement with numbers that were exact or printed, and sampled series of them all. Not
reproduced: the forecasts, which are pages of their own.
"""

# %%
import numpy as np
from matplotlib.figure import Figure

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="W. Gilpin: Chaos as an interpretable benchmark for forecasting and data-driven modelling. NeurIPS Datasets "
    "and Benchmarks (2021), arXiv:2110.05266; Model scale versus domain knowledge in statistical forecasting of "
    "chaotic systems. Phys. Rev. Research 5, 043252 (2023), arXiv:2303.08011.",
    uses=("systems.computed", "systems.record_of", "systems.dataset"),
)
SIZES = {"smoke": {"sampled": 3, "periods": 6.0}, "paper": {"sampled": 60, "periods": 12.0}}


# %% what is stored, and series of the systems
def _stored():
    """The chaotic systems with computed numbers: name -> estimates."""
    found = {}
    for name, cls in cc.systems.CATALOGUE.items():
        if cls.card is not None and "chaotic" in cls.card.tags and cc.systems.record_of(name):
            numbers = cc.systems.computed(name)
            if "lyapunov" in numbers:
                found[name] = numbers
    return found


def _difference(name, numbers):
    """Sum of all exponents less the mean divergence, in standard errors; NaN where one is missing."""
    exponents, divergence = numbers["lyapunov"], numbers.get("divergence")
    if divergence is None or not exponents.diagnostics["complete"] or not np.isfinite(exponents.value).all():
        return np.nan
    error = np.hypot(np.sqrt(np.sum(exponents.stderr**2)), divergence.stderr or 0.0)
    return (exponents.value.sum() - divergence.value) / max(error, 1e-3 * abs(divergence.value), 1e-4)


def _agreements(stored):
    """For every exact or printed exponent and dimension: whether the computed one agrees, within tol and 3 errors."""
    out = []
    for name, numbers in stored.items():
        for key in ("lyapunov", "kaplan_yorke"):
            known = cc.systems.CATALOGUE[name].card.known.get(key)
            if known is None or known.disputed or key not in numbers:
                continue
            expected, got = np.atleast_1d(known.value), np.atleast_1d(numbers[key].value)
            m = min(len(expected), len(got))
            slack = known.tol + 3 * np.atleast_1d(numbers[key].stderr)[:m]
            out.append(bool(np.all(np.abs(expected[:m] - got[:m]) <= slack)))
    return np.array(out)


def compute(size, key):
    stored = _stored()
    chaotic = sorted(name for name, cls in cc.systems.CATALOGUE.items() if cls.card and "chaotic" in cls.card.tags)
    chosen = chaotic[:: max(1, len(chaotic) // size["sampled"])][: size["sampled"]]
    data = cc.systems.dataset(chosen, periods=size["periods"], points_per_period=30, key=key)
    pieces = [np.asarray(data[name]["train"][0].states) for name in data]
    shown = [(x, name) for x, name in zip(pieces, data) if len(x) > 60][:12]  # of a map a period is one step
    return {
        "chaotic": len(chaotic), "stored": len(stored),
        "largest": np.array([n["lyapunov"].value[0] for n in stored.values()]),
        "errors": np.array([n["lyapunov"].stderr[0] for n in stored.values()]),
        "period": np.array([n["period"].value if "period" in n else np.nan for n in stored.values()]),
        "dimension": np.array([n["kaplan_yorke"].value if "kaplan_yorke" in n else np.nan for n in stored.values()]),
        "variables": np.array([len(n["lyapunov"].value) for n in stored.values()]),
        "balance": np.array([_difference(*item) for item in stored.items()]), "agree": _agreements(stored),
        "finite": np.mean([np.isfinite(x).all() and x.std() > 0 for x in pieces]),
        "series": [x[:180, 0] for x, _ in shown], "names": [name for _, name in shown],
    }  # fmt: skip


# %% the claims
def _share(true):
    return float(np.mean(true)) if len(true) else np.nan


CLAIMS = (
    Claim(
        "chaotic systems in the catalogue", lambda r: r["chaotic"], expect=(131, None),
        where="Gilpin 2021: 131 systems",
    ),
    Claim(
        "chaotic systems whose exponents are computed, with error bars",
        lambda r: r["stored"], expect=(131, None), where="Gilpin 2021: each annotated with its invariants",
    ),
    Claim(
        "their largest exponents are positive, by three standard errors (fraction)",
        lambda r: _share(r["largest"] > 3 * r["errors"]), expect=(0.99, None), where="they are called chaotic",
    ),
    Claim(
        "sums of exponents are the mean divergences, within five standard errors (fraction)",
        lambda r: _share(np.abs(r["balance"][np.isfinite(r["balance"])]) < 5), expect=(0.98, None),
        where="Liouville's formula",
    ),
    Claim(
        "exact and printed exponents and dimensions agree with the computed ones (fraction)",
        lambda r: _share(r["agree"]), expect=(0.95, None), where="the card of each system names the source",
    ),
    Claim(
        "sampled series are finite and move (fraction)",
        lambda r: r["finite"], expect=1.0, where="Gilpin 2021: series sampled alike by dominant period",
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, grey = "#2f5d8c", "#c8553d", "#8a94a0"
    fig = Figure(figsize=(10, 6.4), layout="constrained")
    grid = fig.add_gridspec(2, 3)
    ax = fig.add_subplot(grid[0, 0])
    pace = result["largest"] * result["period"]
    shown = np.isfinite(pace) & (pace > 0)
    if shown.any():
        ax.hist(np.log10(pace[shown]), bins=24, color=ink)
    ax.set(xlabel=r"$\log_{10}$ (largest exponent x dominant period)", ylabel="systems")
    ax = fig.add_subplot(grid[0, 1])
    ax.plot(result["variables"], result["dimension"], ".", color=ink)
    ax.plot([1, 40], [1, 40], color=grey, lw=0.8)
    ax.set(xlabel="number of exponents", ylabel="Kaplan-Yorke dimension", xscale="log", yscale="log")
    ax = fig.add_subplot(grid[0, 2])
    known = result["balance"][np.isfinite(result["balance"])]
    if len(known):
        ax.hist(np.clip(known, -8, 8), bins=33, color=rust)
    ax.set(xlabel="sum of exponents - divergence (errors)", ylabel="systems")
    ax = fig.add_subplot(grid[1, :])
    for i, (name, x) in enumerate(zip(result["names"], result["series"])):
        column, row = i % 2, i // 2
        scaled = (x - x.min()) / max(np.ptp(x), 1e-12)
        ax.plot(np.arange(len(x)) / len(x) + 1.35 * column, 0.8 * scaled - row, color=ink, lw=0.8)
        ax.text(1.35 * column - 0.02, 0.4 - row, name, ha="right", va="center", fontsize=8)
    ax.axis("off")
    for ax in fig.axes[:3]:
        ax.spines[["top", "right"]].set_visible(False)
    return fig
