"""Sharp seasonal threshold.

The paper proves that a population with monotone and concave dynamics in a year of two seasons has a critical duration
of the bad one: below it all populations tend to one positive cycle, above it they die out; it is where the spectral
radius of the linear period map is one. An insect model with two stages is its example.

Here the critical duration is searched in simulations and compared with that of the spectral radius, for two stages
and for one, and convergence to one cycle is checked. Not reproduced: the paper's own parameter values, which were not
at hand.
"""

# %%
import numpy as np
from matplotlib.figure import Figure

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="H. Ji, M. Strugarek: Sharp seasonal threshold property for cooperative population dynamics with concave "
    "nonlinearities. Bull. Sci. Math. 147, 58-82 (2018), arXiv:1804.07641.",
    uses=("SeasonalInsects", "SeasonalLogistic", "ensemble"),
)
SIZES = {"smoke": {"years": 60, "halvings": 7, "scan": 9}, "paper": {"years": 400, "halvings": 11, "scan": 25}}


# %% survival, by simulation
def _grows(theta, years):
    """Whether a few insects become more, well after the start."""
    system = cc.systems.SeasonalInsects(theta=theta)
    run = np.asarray(cc.trajectory(system, years, dt=years / 2, x0=[1e-3, 1e-3]).states)
    return run[2, 0] > run[1, 0]


def _searched(size):
    low, high = 0.2, 0.9
    for _ in range(size["halvings"]):
        middle = (low + high) / 2
        low, high = (middle, high) if _grows(middle, 20.0) else (low, middle)
    return (low + high) / 2


def compute(size, key):
    del key
    insects = cc.systems.SeasonalInsects()
    scan = np.linspace(0.1, 0.9, size["scan"])
    peak, factor = [], [float(insects.multiplier(theta)) for theta in scan]
    for theta in scan:
        run = cc.trajectory(insects.replace(theta=theta), 1.0, dt=0.05, transient=float(size["years"]))
        peak.append(np.asarray(run.states)[:, 1].max())
    starts = np.array([[1e-3, 0.0], [0.0, 1e-3], [1.0, 1.0], [100.0, 0.0], [0.0, 300.0], [200.0, 200.0]])
    final = np.asarray(cc.ensemble(insects, starts, float(size["years"]), dt=1.0).states)[:, -1]
    dead = insects.replace(theta=0.7)
    gone = np.asarray(cc.ensemble(dead, starts, float(size["years"]), dt=1.0).states)[:, -1].max()
    ways = np.asarray(cc.ensemble(insects, starts, 12.0, dt=0.05).states)[:, :, 1]
    # one stage
    one, low, high = cc.systems.SeasonalLogistic(), 0.1, 0.95
    for _ in range(size["halvings"]):
        middle = (low + high) / 2
        run = np.asarray(cc.trajectory(one.replace(theta=middle), 2000, x0=[1e-3]).states)[:, 0]
        low, high = (middle, high) if run[-1] > run[-2] or run[-1] > 1e-3 else (low, middle)
    return {
        "scan": scan, "peak": np.array(peak), "factor": np.array(factor), "final": final, "gone": gone, "ways": ways,
        "searched": _searched(size), "critical": float(insects.critical_duration()), "single": (low + high) / 2,
        "year": np.asarray(cc.trajectory(insects, 2.0, dt=0.01, transient=50.0).states),
    }  # fmt: skip


# %% the claims
CLAIMS = (
    Claim(
        "two stages: critical duration found by simulation less that of the spectral radius",
        lambda r: r["searched"] - r["critical"], expect=0.0, tol=0.004,
        where="theorem on the sharp threshold: spectral radius one",
    ),
    Claim(
        "one stage: critical duration",
        lambda r: r["single"], expect=2 / 3, tol=0.005, where="r (1 - theta) = lambda theta with r = 2, lambda = 1",
    ),
    Claim(
        "below, one positive cycle attracts all: relative spread over six starts",
        lambda r: np.max(np.ptp(r["final"], axis=0) / r["final"].mean(axis=0)), expect=(None, 1e-5),
        where="abstract: a unique periodic positive solution, to which the system converges",
    ),
    Claim(
        "above, the population dies out: what is left of the largest",
        lambda r: r["gone"], expect=(None, 1e-6), where="abstract: above the threshold it goes extinct",
    ),
    Claim(
        "the multiplier falls with the duration of the bad season: largest step",
        lambda r: np.diff(np.log(r["factor"])).max(), expect=(None, 0.0), where="needed for the threshold to be sharp",
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, grey = "#2f5d8c", "#c8553d", "#8a94a0"
    fig = Figure(figsize=(10, 3.6), layout="constrained")
    left, middle, right = fig.subplots(1, 3)
    time = np.linspace(0, 2, len(result["year"]))
    for year in (0, 1):
        left.axvspan(year, year + 0.4, color=grey, alpha=0.2, lw=0)
    left.plot(time, result["year"][:, 0], color=ink, label="juveniles")
    left.plot(time, result["year"][:, 1], color=rust, label="adults")
    left.set(xlabel="years", ylabel="insects")
    left.set_title("the cycle; bad seasons shaded", fontsize=10)
    middle.semilogy(np.linspace(0, 12, result["ways"].shape[1]), np.maximum(result["ways"].T, 1e-4), lw=0.9)
    middle.set(xlabel="years", ylabel="adults", ylim=(1e-3, None))
    middle.set_title("six starts, one end", fontsize=10)
    right.plot(result["scan"], result["peak"], "o-", ms=3, color=ink, label="most adults in a year")
    right.set(xlabel=r"part of the year that is bad, $\theta$", ylabel="adults")
    twin = right.twinx()
    twin.semilogy(result["scan"], result["factor"], color=rust, lw=1)
    twin.axhline(1, color=rust, lw=0.5, ls=":")
    twin.set_ylabel("spectral radius of the year", color=rust)
    right.axvline(result["critical"], color=grey, lw=1, ls="--", label=rf"$\theta^* = {result['critical']:.3f}$")
    left.set_ylim(-0.3, 14)
    left.legend(frameon=False, fontsize=8, loc="upper center", ncols=2)
    right.set_ylim(-1, 27)
    right.legend(frameon=False, fontsize=8, loc="upper center", ncols=2)
    for ax in (left, middle, right):
        ax.spines["top"].set_visible(False)
    return fig
