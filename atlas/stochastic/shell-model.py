"""Stochastic shell models.

The papers study the dyadic model of turbulence, which passes energy on from shell to shell and loses it at infinitely
small scales even without viscosity, and add multiplicative noise that keeps the energy.

Here: the energy balance of the dyadic and of the Sabra model, the Kolmogorov spectrum of the dyadic steady state, the
structure functions of Sabra, and conservation under noise. Not reproduced: the theorems on infinitely many shells
(uniqueness, anomalous dissipation), of which a finite model can only show the trend.
"""

# %%
import jax
import jax.numpy as jnp
import numpy as np
from matplotlib.figure import Figure

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="D. Barbato, F. Flandoli, F. Morandin: Uniqueness for a stochastic inviscid dyadic model. Proc. Am. Math. "
    "Soc. 138, 2607 (2010), and the papers on http://frmor.net/sm_papers.html; V. S. L'vov et al.: Improved shell "
    "model of turbulence. Phys. Rev. E 58, 1811 (1998).",
    uses=("Dyadic", "Sabra", "StochasticDyadic", "ensemble"),
)
SIZES = {
    "smoke": {"sabra": 50.0, "settle": 50.0, "members": 8, "steps": (4e-3, 2e-3), "noisy": 2.0},
    "paper": {"sabra": 6000.0, "settle": 500.0, "members": 64, "steps": (4e-3, 2e-3, 1e-3, 5e-4), "noisy": 10.0},
}


# %% three models
def compute(size, key):
    # the dyadic cascade, at rest
    dyadic = cc.systems.Dyadic(n=12, nu=1e-4)
    steady = np.asarray(cc.trajectory(dyadic, 30.0, dt=15.0).states)[-1]
    k = np.asarray(dyadic.wavenumbers)
    inertial = slice(1, 7)
    slope = np.polyfit(np.log(k[inertial]), np.log(steady[inertial]), 1)[0]
    balance = dyadic.force * steady[0] / (dyadic.nu * np.sum(k**2 * steady**2)) - 1
    # Sabra, in its statistically steady state
    sabra = cc.systems.Sabra()
    run = cc.trajectory(sabra, size["sabra"], dt=1.0, transient=size["settle"])
    u = np.asarray(jax.vmap(sabra.velocities)(run.states))
    wave, force = np.asarray(sabra.wavenumbers), np.asarray(sabra.forcing)
    into = (u.conj() * force).real.sum(axis=1)
    out = float(sabra.nu) * (wave**2 * np.abs(u) ** 2).sum(axis=1)
    orders = np.arange(1, 5)
    structure = np.array([(np.abs(u) ** p).mean(axis=0) for p in orders])
    # noise that conserves energy: drift of the energy with the step
    noisy, drifts, paths = cc.systems.StochasticDyadic(), [], None
    starts = jnp.tile(noisy.default_state(), (size["members"], 1))
    for dt in size["steps"]:
        key, this = jax.random.split(key)
        solver = cc.evolve.StochasticHeun(dt=dt)
        many = cc.ensemble(noisy, starts, size["noisy"], dt=0.1, solver=solver, key=this)
        energy = np.asarray(jax.vmap(jax.vmap(noisy.kinetic_energy))(many.states))
        drifts.append(np.abs(energy[:, -1] / energy[:, 0] - 1).mean())
        paths = np.asarray(many.states)
    without = np.asarray(cc.trajectory(noisy.skeleton(), size["noisy"], dt=0.1).states)
    return {
        "k": k, "steady": steady, "slope": slope, "balance": float(balance), "wave": wave, "structure": structure,
        "zeta": _exponents(wave, structure, orders), "into": into, "out": out, "paths": paths,
        "steps": np.array(size["steps"]), "drifts": np.array(drifts), "without": without,
    }  # fmt: skip


def _exponents(wave, structure, orders):
    """Slopes in the inertial range, shells 5 to 9."""
    use = slice(4, 10)
    return np.array([-np.polyfit(np.log(wave[use]), np.log(structure[p - 1][use]), 1)[0] for p in orders])


# %% the claims
CLAIMS = (
    Claim(
        "dyadic: the spectrum of the steady cascade is Kolmogorov's, exponent of u",
        lambda r: r["slope"], expect=-1 / 3, tol=0.02, where="Cheskidov, Friedlander, Pavlovic 2007: the fixed point",
    ),
    Claim(
        "dyadic: what the force puts in, viscosity takes out (relative difference)",
        lambda r: r["balance"], expect=0.0, tol=1e-5, where="the coupling conserves the energy",
    ),
    Claim(
        "Sabra: input and dissipation balance in the mean (ratio)",
        lambda r: r["out"].mean() / r["into"].mean(), expect=1.0, tol=0.15,
        where="the coupling conserves the energy", sizes=("paper",),
    ),
    Claim(
        "Sabra: the second-order exponent, above Kolmogorov's 2/3",
        lambda r: r["zeta"][1], expect=0.72, tol=0.05, where="L'vov et al. 1998: zeta_2 = 0.72", sizes=("paper",),
    ),
    Claim(
        "Sabra: the third-order exponent is one",
        lambda r: r["zeta"][2], expect=1.0, tol=0.06, where="exact: the flux is constant in the inertial range",
        sizes=("paper",),
    ),
    Claim(
        "dyadic with noise: the energy drifts less with smaller steps, towards conservation (last drift)",
        lambda r: r["drifts"][-1], expect=(None, 5e-3), where="Barbato, Flandoli, Morandin 2010",
    ),
    Claim(
        "and in proportion to the step or faster (order between first and last step)",
        lambda r: np.log(r["drifts"][0] / r["drifts"][-1]) / np.log(r["steps"][0] / r["steps"][-1]), expect=(0.7, None),
        where="a drift of the solver, not of the model, vanishes with its step", sizes=("paper",),
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, green, grey = "#2f5d8c", "#c8553d", "#4c8c6a", "#8a94a0"
    fig = Figure(figsize=(10, 6.4), layout="constrained")
    axes = fig.subplots(2, 2)
    ax = axes[0, 0]
    ax.loglog(result["k"], result["steady"], "o-", ms=4, lw=1, color=ink, label="steady state")
    ax.loglog(result["k"], result["steady"][0] * (result["k"] / result["k"][0]) ** (-1 / 3), color=grey, lw=1,
              label=r"$k^{-1/3}$")  # fmt: skip
    ax.set(xlabel="wave number", ylabel="velocity", ylim=(3e-3, 3))
    ax.set_title("dyadic model", fontsize=10)
    ax = axes[0, 1]
    for p, tint in zip((1, 2, 3, 4), (ink, rust, green, grey)):
        label = rf"$p = {p}$: $\zeta = {result['zeta'][p - 1]:.2f}$"
        ax.loglog(result["wave"], result["structure"][p - 1], "o-", ms=3, lw=1, color=tint, label=label)
    ax.set(xlabel="wave number", ylabel=r"$\langle |u|^p \rangle$", ylim=(1e-12, None))
    ax.set_title("Sabra model: structure functions", fontsize=10)
    ax = axes[1, 0]
    time = np.linspace(0, 1, result["paths"].shape[1]) * 0.1 * (result["paths"].shape[1] - 1)
    for shell, tint in zip((0, 2, 4), (ink, rust, green)):
        ax.plot(time, result["paths"][0][:, shell], color=tint, lw=1, label=f"shell {shell + 1}")
        ax.plot(time, result["without"][:, shell], color=tint, lw=0.8, ls=":")
    ax.set(xlabel="time", ylabel="velocity")
    ax.set_title("dyadic model with noise (dotted: without)", fontsize=10)
    ax = axes[1, 1]
    ax.loglog(result["steps"], result["drifts"], "o-", color=ink, label="with noise, inviscid")
    ax.minorticks_off()
    ax.set_xticks([5e-4, 1e-3, 2e-3, 4e-3], ["0.0005", "0.001", "0.002", "0.004"])
    ax.set(xlabel="step of the solver", ylabel="relative drift of the energy")
    ax.set_title("the energy is conserved as the step shrinks", fontsize=10)
    for ax in axes.flat:
        ax.legend(frameon=False, fontsize=8)
        ax.spines[["top", "right"]].set_visible(False)
    return fig
