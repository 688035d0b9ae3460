"""Higher-order ring-star of Chialvo neurons.

The paper couples four Chialvo neurons in pairs and triples and finds a route from a fixed point over period doubling
and closed invariant curves to chaos, coexisting chaotic attractors, and synchrony, with the 0-1 test, sample entropy,
cross-correlation and Kuramoto's order parameter as its measures.

Here the strength of the triples is scanned: exponents, 0-1 test, entropy, synchrony, and attractors from many starts.
Not reproduced: the paper's bifurcation diagrams at its own parameter values, which were not at hand; the equations
are written from its abstract, so that numbers of the paper are not compared.
"""

# %%
import numpy as np
from matplotlib.figure import Figure

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="A. S. Nair, I. Ghosh, H. O. Fatoyinbo, S. S. Muni: On the higher-order smallest ring-star network of Chialvo "
    "neurons under diffusive couplings. Chaos 34, 073135 (2024), arXiv:2405.06000.",
    uses=("ChialvoRingStar", "lyapunov_spectrum", "zero_one_test", "sample_entropy", "ensemble"),
)
SIZES = {
    "smoke": {"values": 9, "steps": 2000, "settle": 1000, "starts": 4, "lyapunov": 3000},
    "paper": {"values": 61, "steps": 8000, "settle": 15000, "starts": 100, "lyapunov": 20000},
}


# %% the scan
def compute(size, key):
    scan = np.linspace(-0.055, 0.025, size["values"])
    rows = []
    for value in scan:
        system = cc.systems.ChialvoRingStar(sigma2=value)
        run = np.asarray(cc.trajectory(system, size["steps"], transient=6000).states)
        x = run[:, :4]
        exponent = cc.measure.lyapunov_spectrum(system, k=1, periods=size["lyapunov"], transient=6000)
        still = x.std(axis=0).max() < 1e-9
        chaos = 0.0 if still else float(cc.measure.zero_one_test(x[:, 0], key=key, n_c=50, step=1))
        entropy = 0.0 if still else float(cc.measure.sample_entropy(x[-4000:, 0]))
        phase = np.unwrap(np.arctan2(run[:, 4:] - run[:, 4:].mean(axis=0), x - x.mean(axis=0)), axis=0)
        order = np.abs(np.exp(1j * phase).mean(axis=1)).mean()
        # the mean over pairs with the centre, as the paper has it
        correlation = 1.0 if still else np.corrcoef(x.T)[0, 1:].mean()
        rows.append((float(exponent.value[0]), float(exponent.stderr[0]), chaos, entropy, correlation, order))
    table = np.array(rows)
    # attractors from many starts, where the chaos is still weak
    weak = cc.systems.ChialvoRingStar(sigma2=-0.02)
    rng = np.random.default_rng(1)
    starts = np.asarray(weak.default_state()) + rng.uniform(-0.3, 0.3, (size["starts"], 8))
    centre = np.asarray(cc.ensemble(weak, starts, 2 * size["settle"]).states)[:, size["settle"] :, 0]
    centre = centre[np.argsort(centre.std(axis=1))]  # the centre: the ring's neurons may swap their parts
    groups = np.concatenate([[0], np.cumsum(np.diff(centre.std(axis=1)) > 0.004)])
    first = [np.flatnonzero(groups == k)[0] for k in np.unique(groups)]
    wild = [float(cc.measure.zero_one_test(centre[i], key=key, n_c=50, step=1)) for i in first]
    strongest = scan[np.argmax(table[:, 0])]
    system = cc.systems.ChialvoRingStar(sigma2=strongest)
    portrait = np.asarray(cc.trajectory(system, 4000, transient=6000).states)
    curve = np.asarray(cc.trajectory(cc.systems.ChialvoRingStar(sigma2=0.02), 4000, transient=6000).states)
    return {
        "scan": scan, "table": table, "wild": np.array(wild), "portrait": portrait, "curve": curve,
        "strongest": strongest,
    }  # fmt: skip


# %% the claims
def _agreement(r):
    exponent, chaos = r["table"][:, 0], r["table"][:, 2]
    clear = np.abs(exponent) > 0.01
    clear |= exponent < 0.003
    return np.mean((chaos > 0.5)[clear] == (exponent > 0.01)[clear])


def _curve_then_chaos(r):
    """Going down in the coupling, motion with a zero exponent comes before the first chaos."""
    exponent = r["table"][::-1, 0]
    chaotic = np.flatnonzero(exponent > 0.01)
    return len(chaotic) > 0 and np.any(np.abs(exponent[: chaotic[0]]) < 2e-3)


CLAIMS = (
    Claim(
        "triples of negative strength bring chaos: the largest exponent over the scan",
        lambda r: r["table"][:, 0].max(), expect=(0.02, None), where="abstract: the route ends in chaos",
    ),
    Claim(
        "closed invariant curves, with a zero exponent, come before chaos",
        _curve_then_chaos, expect=True, where="abstract: quasi-periodic closed invariant curves, then chaos",
    ),
    Claim(
        "the 0-1 test agrees with the exponent (fraction of the scan)",
        _agreement, expect=(0.85, None), where="abstract: the 0-1 test quantifies chaos",
    ),
    Claim(
        "sample entropy is higher in chaos than on closed curves (difference of means)",
        lambda r: np.mean(r["table"][r["table"][:, 0] > 0.02, 3]) - np.mean(r["table"][r["table"][:, 0] < 2e-3, 3]),
        expect=(0.0, None), where="abstract: sample entropy quantifies complexity",
    ),
    Claim(
        "positive strengths synchronise: correlation with the centre at the largest",
        lambda r: r["table"][-1, 4], expect=1.0, tol=1e-6, where="the coupling is then a pull",
    ),
    Claim(
        "chaotic attractors coexist: how many of different size the starts reach at a strength of -0.02",
        lambda r: np.sum(r["wild"] > 0.5), expect=(2, None), where="abstract: coexistence of chaotic attractors",
        sizes=("paper",),
    ),
    Claim(
        "the route begins at a fixed point that doubles its period",
        lambda r: bool(np.any(r["table"][:, 3] == 0)), expect=True, where="abstract",
        fails="on our scan the motion without triples is a closed curve already; the paper's values were not at hand",
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, green, grey = "#2f5d8c", "#c8553d", "#4c8c6a", "#8a94a0"
    fig = Figure(figsize=(10, 6.2), layout="constrained")
    axes = fig.subplots(2, 3)
    scan, table = result["scan"], result["table"]
    panels = (
        (axes[0, 0], 0, "largest exponent (per step)", ink),
        (axes[0, 1], 2, "0-1 test, K", rust),
        (axes[0, 2], 3, "sample entropy (nats)", green),
    )
    for ax, column, label, tint in panels:
        ax.plot(scan, table[:, column], "o-", ms=3, lw=1, color=tint)
        ax.set(xlabel=r"strength of triples $\sigma_2$", ylabel=label)
    axes[0, 0].axhline(0, color=grey, lw=0.8)
    ax = axes[1, 0]
    ax.plot(scan, table[:, 4], "o-", ms=3, lw=1, color=ink, label="correlation with the centre")
    ax.plot(scan, table[:, 5], "s-", ms=3, lw=1, color=rust, label="Kuramoto order parameter")
    ax.set(xlabel=r"strength of triples $\sigma_2$", ylabel="synchrony")
    ax.set_ylim(-0.35, 1.4)
    ax.legend(frameon=False, fontsize=8, loc="upper left")
    states = (("curve", r"$\sigma_2 = 0.02$: in step"), ("portrait", rf"$\sigma_2 = {result['strongest']:.3f}$: chaos"))
    for ax, (name, title) in zip(axes[1, 1:], states):
        ax.plot(result[name][:, 1], result[name][:, 5], ".", ms=1, color=rust, label="a neuron of the ring")
        ax.plot(result[name][:, 0], result[name][:, 4], ".", ms=1, color=ink, label="the central neuron")
        ax.set(xlabel="x", ylabel="y")
        ax.set_title(title, fontsize=10)
    axes[1, 2].legend(frameon=False, fontsize=8, markerscale=8)
    for ax in axes.flat:
        ax.spines[["top", "right"]].set_visible(False)
    return fig
