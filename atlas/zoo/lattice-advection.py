"""Lattice models of random advection and diffusion.

The paper passes mass between neighbouring random sites of a ring, studies how it coalesces without diffusion and its
steady state with it, by simulation and mean-field theory.

Here: conservation, the second moments of the steady state against their balance equations (which turn out exact and
equal to mean field), and the coalescence of pure advection against that of random walkers. Not reproduced: the
hierarchical structure at weak diffusion, and the paper's own way to split masses, which was not at hand.
"""

# %%
import jax
import numpy as np
from matplotlib.figure import Figure

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="S. Lepri, P. Politi, A. Pikovsky: Lattice models of random advection and diffusion and their statistics. "
    "Phys. Rev. E 108, 044150 (2023), arXiv:2306.00463.",
    uses=("RandomAdvectionLattice", "ensemble"),
)
SIZES = {
    "smoke": {"sites": 32, "steps": 3000, "members": 4, "long": 1000, "walks": 200},
    "paper": {"sites": 32, "steps": 20000, "members": 8, "long": 6000, "walks": 1000},
}
STAYS = (0.1, 0.25, 0.5, 0.75)  # the part of the mass that stays


# %% steady states, and coalescence
def compute(size, key):
    n, moments, profiles, drift, sample = size["sites"], [], [], 0.0, None
    for epsilon in STAYS:
        system = cc.systems.RandomAdvectionLattice(n=n, epsilon=epsilon)
        ones = np.ones((size["members"], n))
        key, this = jax.random.split(key)
        runs = np.asarray(cc.ensemble(system, ones, size["steps"], key=this).states)[:, size["steps"] // 10 :]
        drift = max(drift, np.abs(runs.sum(axis=2) / n - 1).max())
        products = [np.mean(runs * np.roll(runs, d, axis=2), axis=(1, 2)) for d in range(6)]
        profiles.append(np.mean(products, axis=1))
        each = products[0] / np.mean(products[1:], axis=0)  # a value a member
        moments.append((each.mean(), each.std(ddof=1) / np.sqrt(len(each))))
        sample = runs[0, :300] if epsilon == STAYS[0] else sample
    system = cc.systems.RandomAdvectionLattice(n=size["long"], epsilon=0.0)
    key, this = jax.random.split(key)
    walk = np.asarray(cc.trajectory(system, size["walks"], key=this).states)
    times = np.unique(np.geomspace(5, size["walks"], 30).astype(int))
    left = (walk[times] > 0).mean(axis=1)
    return {
        "moments": np.array(moments), "profiles": np.array(profiles), "drift": drift, "times": times, "left": left,
        "sample": sample, "n": n,
    }  # fmt: skip


# %% the claims
def _worst(r):
    """The largest deviation of a moment from theory, in standard errors of the simulation."""
    expected = 1 / np.array(STAYS)
    return np.abs((r["moments"][:, 0] - expected) / np.maximum(r["moments"][:, 1], 0.005 * expected)).max()


CLAIMS = (
    Claim(
        "the mass is conserved (largest relative change)",
        lambda r: r["drift"], expect=(None, 1e-9), where="abstract: a conserved field",
    ),
    Claim(
        "second moment over product of different sites is 1/epsilon (worst deviation, in standard errors)",
        _worst, expect=(None, 4.0),
        where="balance of second moments: (1 - e^2 - (1 - e)^2) <u^2> = 2 (1 - e) <u v>",
    ),
    Claim(
        "mean field holds at all distances: products of different sites do not depend on it (relative spread)",
        lambda r: np.max(np.ptp(r["profiles"][1:, 1:], axis=1) / r["profiles"][1:, 1:].mean(axis=1)),
        expect=(None, 0.05), where="the balance equations have a flat solution", sizes=("paper",),
    ),
    Claim(
        "without diffusion sites merge as walkers do: exponent of their number in time",
        lambda r: np.polyfit(np.log(r["times"][8:]), np.log(r["left"][8:]), 1)[0], expect=-0.5, tol=0.06,
        where="Bramson and Griffeath 1980: coalescing random walks on a line",
    ),
    Claim(
        "and amplitude: number times the root of pi t",
        lambda r: np.mean(r["left"][8:] * np.sqrt(np.pi * r["times"][8:])), expect=1.0, tol=0.06,
        where="Bramson and Griffeath 1980: 1 / sqrt(pi t) for walkers with one jump a step",
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, grey = "#2f5d8c", "#c8553d", "#8a94a0"
    fig = Figure(figsize=(10, 3.6), layout="constrained")
    left, middle, right = fig.subplots(1, 3)
    left.imshow(np.log10(np.maximum(result["sample"].T, 1e-3)), aspect="auto", origin="lower", cmap="cividis", vmin=-2)
    left.set(xlabel="step", ylabel="site")
    left.set_title(rf"log mass, $\epsilon = {STAYS[0]}$", fontsize=10)
    grid = np.linspace(0.08, 0.8, 100)
    middle.plot(grid, 1 / grid, color=grey, lw=1, label=r"theory, $1/\epsilon$")
    middle.errorbar(STAYS, result["moments"][:, 0], 2 * result["moments"][:, 1], fmt="o", ms=5, color=ink,
                    label="simulation")  # fmt: skip
    middle.set(xlabel=r"part that stays, $\epsilon$", ylabel=r"$\langle u_i^2 \rangle / \langle u_i u_j \rangle$")
    right.loglog(result["times"], result["left"], "o", ms=4, color=rust, label="sites with mass")
    right.loglog(result["times"], 1 / np.sqrt(np.pi * result["times"]), color=grey, lw=1, label=r"$1/\sqrt{\pi t}$")
    right.set(xlabel="step", ylabel="fraction of sites")
    right.set_title(r"coalescence, $\epsilon = 0$", fontsize=10)
    for ax in (middle, right):
        ax.legend(frameon=False, fontsize=9)
        ax.spines[["top", "right"]].set_visible(False)
    return fig
