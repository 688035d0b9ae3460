"""Leslie predator-prey and competition.

The paper replaces the constants of predator-prey and competition models by Leslie matrices of age classes, finds
roughly exponential growth or decay, proves which species is the last one standing, and fits Gause's data of two
species of Paramecium.

Here two competing species with age classes: growth at the dominant eigenvalue, and the survivor against the sign that
the dominant left eigenvector gives. Not reproduced: the fit of Paramecium, because Gause's numbers were not at hand;
the equations are written from the abstract.
"""

# %%
import numpy as np
from matplotlib.figure import Figure

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="P. Gilman, S. J. Miller, D. Son, S. Waheed, J. Wang: Leslie population models in predator-prey and "
    "competitive populations: theory and applications by machine learning. arXiv:2412.19831 (2024).",
    uses=("LeslieCompetition", "ensemble"),
)
SIZES = {"smoke": {"starts": 200, "steps": 400}, "paper": {"starts": 20000, "steps": 1500}}


# %% many starts
def compute(size, key):
    del key
    system = cc.systems.LeslieCompetition()
    blocks = [np.asarray(getattr(system, name)) for name in "ABDC"]
    # competition with signs taken out is positive: Perron's theorem holds for it
    positive = np.block([[blocks[0], blocks[1]], [blocks[2], blocks[3]]])
    values, left = np.linalg.eig(positive.T)
    weights = np.abs(left[:, values.real.argmax()].real)
    rng = np.random.default_rng(0)
    starts = rng.uniform(0, 20, (size["starts"], 4))
    lead = starts[:, :2] @ weights[:2] - starts[:, 2:] @ weights[2:]
    runs = np.asarray(cc.ensemble(system, starts, size["steps"]).states)
    x, y = runs[:, :, :2].sum(axis=2), runs[:, :, 2:].sum(axis=2)
    close = lead / np.abs(starts @ weights)
    examples = [np.argmin(np.abs(close - 0.01)), np.argmin(np.abs(close + 0.01))]  # nearly balanced
    return {
        "lead": close, "winner": np.sign(x[:, -1] - y[:, -1]),
        "both": np.mean((x[:, -1] > 0) & (y[:, -1] > 0)),
        "growth": np.exp(np.mean(np.diff(np.log(x[lead > 2, -60:]), axis=1))), "perron": values.real.max(),
        "alone": np.abs(np.linalg.eigvals(blocks[0])).max(), "starts": starts, "weights": weights,
        "examples": [(x[i, :160], y[i, :160]) for i in examples],
    }  # fmt: skip


# %% the claims
CLAIMS = (
    Claim(
        "one species is left: fraction of starts after which both live",
        lambda r: r["both"], expect=(None, 0.005), where="Last Species Standing theorem (abstract)",
    ),
    Claim(
        "the survivor is the one that the dominant eigenvector favours (fraction of starts)",
        lambda r: np.mean(np.sign(r["lead"]) == r["winner"]), expect=(0.99, None),
        where="Last Species Standing theorem: the dominant population in the large time limit",
    ),
    Claim(
        "the survivor grows exponentially, at the eigenvalue of its own Leslie matrix",
        lambda r: r["growth"] - r["alone"], expect=0.0, tol=1e-6,
        where="abstract: roughly exponential growth or decay; Leslie 1945",
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, grey = "#2f5d8c", "#c8553d", "#8a94a0"
    fig = Figure(figsize=(10, 3.6), layout="constrained")
    panels = fig.subplots(1, 3)
    for ax, (x, y), title in zip(panels, result["examples"], ("just favours x", "just favours y")):
        ax.semilogy(np.maximum(x, 1e-2), color=ink, label="species x")
        ax.semilogy(np.maximum(y, 1e-2), color=rust, label="species y")
        ax.set(xlabel="step", ylabel="animals", ylim=(0.1, None))
        ax.set_title(f"the eigenvector {title}", fontsize=10)
        ax.legend(frameon=False, fontsize=9)
    ax = panels[2]
    shown = slice(0, 1500)
    weight, start, won = result["weights"], result["starts"][shown], result["winner"][shown] > 0
    first, second = start[:, :2] @ weight[:2], start[:, 2:] @ weight[2:]
    ax.plot(first[won], second[won], ".", ms=3, color=ink, label="x survives")
    ax.plot(first[~won], second[~won], ".", ms=3, color=rust, label="y survives")
    limit = max(first.max(), second.max())
    ax.plot([0, limit], [0, limit], color=grey, lw=1)
    ax.set(xlabel="weighted start of x", ylabel="weighted start of y")
    ax.legend(frameon=False, fontsize=9, markerscale=3)
    for ax in panels:
        ax.spines[["top", "right"]].set_visible(False)
    return fig
