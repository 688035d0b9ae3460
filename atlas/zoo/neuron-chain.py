"""Heterogeneous Chialvo-Rulkov chain.

The paper couples Chialvo and Rulkov neurons into a chain and finds coexisting attractors (chaos beside a cycle of
period 4) and period-doubling and Neimark-Sacker bifurcations.

Here the fixed point is followed and its bifurcations are read off its multipliers, then seen in simulations; and many
starts are sorted by the exponents of what they end on. Not reproduced: the codimension-two points and all parameter
values of the paper, which were not at hand; the equations are written from its abstract.
"""

# %%
import jax
import jax.numpy as jnp
import numpy as np
from matplotlib.figure import Figure

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="I. Ghosh, A. S. Nair, H. O. Fatoyinbo, S. S. Muni: Dynamical properties of a small heterogeneous chain "
    "network of neurons in discrete time. arXiv:2405.05675 (2024).",
    uses=("ChialvoRulkovChain", "ensemble", "lyapunov_spectrum"),
)
SIZES = {"smoke": {"values": 41, "starts": 12, "steps": 15000}, "paper": {"values": 401, "starts": 200, "steps": 40000}}
QUIET = {"k": 0.0, "alpha": 1.6, "sigma1": 0.02, "sigma2": 0.02}  # all neurons at rest


# %% the fixed point and its multipliers
@jax.jit
def _rest(system, guess):
    """Newton's method for the fixed point; the multipliers with it."""
    residual = lambda x: jnp.stack(system.step(0, x)) - x  # noqa: E731
    jacobian = jax.jacfwd(residual)
    point = jax.lax.fori_loop(0, 20, lambda _, x: x - jnp.linalg.solve(jacobian(x), residual(x)), guess)
    return point, jacobian(point) + jnp.eye(6)


def _followed(values, change):
    guess, moduli, kinds = jnp.array([0.0, -1.0, 0.0, 2.5, -1.9, 2.5]), [], []
    for value in values:
        guess, matrix = _rest(cc.systems.ChialvoRulkovChain(**(QUIET | change(value))), guess)
        multipliers = np.linalg.eigvals(np.asarray(matrix))
        first = multipliers[np.abs(multipliers).argmax()]
        moduli.append(abs(first))
        kinds.append("Neimark-Sacker" if abs(first.imag) > 1e-9 else "fold" if first.real > 0 else "period doubling")
    return np.array(moduli), kinds


def _crossing(values, moduli, kinds):
    """Where the largest modulus passes one for the first time, and how."""
    above = np.flatnonzero((moduli[1:] > 1) & (moduli[:-1] <= 1))
    if not len(above):
        return np.nan, "none"
    i = above[0]
    return values[i] + (values[i + 1] - values[i]) * (1 - moduli[i]) / (moduli[i + 1] - moduli[i]), kinds[i + 1]


def _period(run):
    """The period of the end of a run, up to 64; 0 where it does not repeat."""
    return next((p for p in range(1, 65) if np.abs(run[p:] - run[:-p]).max() < 1e-3 * np.ptp(run)), 0)


def compute(size, key):
    del key
    alphas, sigmas = np.linspace(1.6, 2.4, size["values"]), np.linspace(0.0, 0.1, size["values"])
    spiking = _followed(alphas, lambda v: {"alpha": v})
    alone = _followed(alphas, lambda v: {"alpha": v, "sigma1": 0.0, "sigma2": 0.0})
    coupled = _followed(sigmas, lambda v: {"sigma1": v, "sigma2": v})
    doubling = _crossing(sigmas, *coupled)
    system = cc.systems.ChialvoRulkovChain(**(QUIET | {"sigma1": doubling[0] + 0.002, "sigma2": doubling[0] + 0.002}))
    point, _ = _rest(system, jnp.array([-0.03, -1.0, -0.03, 2.7, -1.9, 2.7]))
    orbit = np.asarray(cc.trajectory(system, 40_000, x0=np.asarray(point) + 1e-6, throw=False).states)[-200:]
    # many starts at strong coupling
    rng = np.random.default_rng(0)
    chain = cc.systems.ChialvoRulkovChain(k=0.02, alpha=1.9, sigma1=0.3, sigma2=0.3)
    low, high = np.array([-0.5, -2, -0.5, 0.0, -3.2, 0.0]), np.array([3, 1, 3, 3, -2.6, 3.0])
    starts = rng.uniform(low, high, (size["starts"], 6))
    runs = np.asarray(cc.ensemble(chain, starts, size["steps"], throw=False).states)[:, -400:]
    runs = runs[np.isfinite(runs).all(axis=(1, 2))]
    labels = np.array([_period(run) for run in runs])
    names, shares = np.unique(labels, return_counts=True)
    return {
        "alphas": alphas, "sigmas": sigmas, "spiking": spiking[0], "coupled": coupled[0], "orbit": orbit,
        "alone": _crossing(alphas, *alone), "sacker": _crossing(alphas, *spiking), "doubling": doubling,
        "periods": names, "shares": shares / len(labels),
        "examples": [min(runs[labels == k], key=lambda run: run[:, 0].std()) for k in names],
    }  # fmt: skip


# %% the claims
def _alternates(r):
    x = r["orbit"][:, 1]
    return np.abs(x[2:] - x[:-2]).max() < 0.2 * np.abs(x[1:] - x[:-1]).max()


CLAIMS = (
    Claim(
        "without coupling the middle neuron loses its rest at alpha = 2 (1 - mu)",
        lambda r: r["alone"][0], expect=2 * (1 - 0.001), tol=1e-3,
        where="determinant of Rulkov's Jacobian at x = -1 is alpha/2 + mu; it is one at the bifurcation",
    ),
    Claim(
        "a Neimark-Sacker bifurcation of the coupled rest state, from a complex pair of multipliers",
        lambda r: r["sacker"][1] == "Neimark-Sacker", expect=True, where="abstract",
    ),
    Claim(
        "a period doubling of it as the coupling grows, from a multiplier -1",
        lambda r: r["doubling"][1] == "period doubling", expect=True, where="abstract",
    ),
    Claim(
        "beyond it the simulation alternates between two sides",
        _alternates, expect=True, where="follows from a multiplier -1",
    ),
    Claim(
        "attractors coexist: irregular motion beside a cycle",
        lambda r: 0 in r["periods"] and np.any(r["periods"] > 0), expect=True, where="abstract",
    ),
    Claim(
        "the cycle has period 4",
        lambda r: max(r["periods"]), expect=4, where="abstract: chaotic and period-4 attractors",
        fails="ours has period 2; the equations and parameter values of the paper were not at hand",
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, green, grey = "#2f5d8c", "#c8553d", "#4c8c6a", "#8a94a0"
    fig = Figure(figsize=(10, 6), layout="constrained")
    grid = fig.add_gridspec(2, 6)
    panels = (
        (fig.add_subplot(grid[0, :3]), "alphas", "spiking", "sacker", r"nonlinearity $\alpha$ of the middle neuron"),
        (fig.add_subplot(grid[0, 3:]), "sigmas", "coupled", "doubling", r"coupling $\sigma_1 = \sigma_2$"),
    )
    for ax, x, y, at, label in panels:
        ax.plot(result[x], result[y], color=ink, lw=1.5)
        ax.axhline(1, color=grey, lw=0.8)
        ax.plot([result[at][0]], [1], "o", color=rust)
        text = f"{result[at][1]} at {result[at][0]:.3f}"
        where = {"xytext": (-12, 12), "textcoords": "offset points", "ha": "right"}
        ax.annotate(text, (result[at][0], 1), color=rust, fontsize=9, **where)
        ax.set(xlabel=label, ylabel="largest modulus of a multiplier")
    for k in range(min(2, len(result["periods"]))):
        ax = fig.add_subplot(grid[1, 3 * k : 3 * k + 3])
        run, period = result["examples"][k][-120:], result["periods"][k]
        for j, (tint, name) in enumerate(zip((ink, rust, green), ("Chialvo", "Rulkov", "Chialvo"))):
            ax.plot(run[:, j] + 1.1 * np.ptp(run[:, :3]) * (1 - j), lw=0.8, color=tint, label=name)
        ax.set_title(
            f"{f'cycle of {period}' if period else 'irregular'}: {result['shares'][k]:.0%} of starts", fontsize=10
        )
        ax.set(xlabel="step", yticks=[])
        ax.spines[["top", "right", "left"]].set_visible(False)
    fig.axes[2].legend(frameon=False, fontsize=8, ncols=3, loc="lower center", bbox_to_anchor=(0.5, -0.4))
    for ax in fig.axes[:2]:
        ax.spines[["top", "right"]].set_visible(False)
    return fig
