"""Collective dynamics from stochastic thermodynamics.

The paper derives, from irreversible work, the equation that the order parameter obeys near the order-disorder
transition of the globally coupled XY model and near the onset of synchrony in the Kuramoto model with noise.

Here both equations are put to the test: growth rates and stationary values near threshold, in the limit of many units
(Fourier modes of the density) and in simulations. Not reproduced: the thermodynamic derivation itself.
"""

# %%
import jax
import jax.numpy as jnp
import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import brentq
from scipy.special import ive

import cocycle as cc
from cocycle.atlas import Claim, Paper

PAPER = Paper(
    cite="S. Sasa: Collective dynamics from stochastic thermodynamics. New J. Phys. 17, 045024 (2015), "
    "arXiv:1501.00055.",
    uses=("GloballyCoupledXY", "NoisyKuramoto", "flow", "ensemble"),
)
SIZES = {
    "smoke": {"distances": 3, "spins": 60, "members": 2, "time": 20.0, "couplings": 2},
    "paper": {"distances": 8, "spins": 400, "members": 200, "time": 400.0, "couplings": 4},
}
D, WIDTH = 0.5, 0.25
MODES = 8


# %% many units: the density of phases, as Fourier modes (real, for an even density)
@cc.flow(x0=[1e-3] + [0.0] * (MODES - 1))
def density(t, a, K=1.0, D=0.5):
    """The order parameter is the first mode; the mode before it is 1."""
    del t
    k = jnp.arange(1, MODES + 1)
    below, above = jnp.concatenate([jnp.ones(1), a[:-1]]), jnp.concatenate([a[1:], jnp.zeros(1)])
    return -k * k * D * a + 0.5 * k * K * a[0] * (below - above)


def _equilibrium(K, temperature):
    """r = I_1(K r / D) / I_0(K r / D), its positive solution."""
    excess = lambda r: ive(1, K * r / temperature) / ive(0, K * r / temperature) - r  # noqa: E731
    return brentq(excess, 1e-4, 1.0)


def compute(size, key):
    # growth from almost nothing, at couplings around the critical one
    couplings = 1.0 + np.linspace(-0.2, 0.4, 7)
    rates = []
    for K in couplings:
        a = np.asarray(cc.trajectory(density(K=K, D=D), 6.0, dt=1.0).states)[:, 0]
        rates.append(np.log(a[-1] / a[-2]))
    # saturation, at distances from the threshold
    distances = np.geomspace(0.004, 0.06, size["distances"])
    settled = []
    for distance in distances:
        run = cc.trajectory(density(D=D - distance), 1200.0, dt=600.0, x0=[0.1] + [0.0] * (MODES - 1))
        settled.append(float(run.states[-1, 0]))
    # the XY model itself
    temperatures = np.array([0.2, 0.3, 0.4, 0.6, 0.8])
    simulated = []
    for temperature in temperatures:
        system = cc.systems.GloballyCoupledXY(n=size["spins"], D=temperature)
        key, this = jax.random.split(key)
        run = cc.trajectory(system, size["time"], dt=0.5, transient=40.0, key=this)
        simulated.append(float(jnp.mean(jax.vmap(system.order_parameter)(run.states))))
    # Kuramoto oscillators with noise: growth out of a weak imprint, averaged over runs
    kuramoto, growth = np.linspace(1.2, 2.2, size["couplings"]), []
    n, noise = size["spins"], 0.25
    quantiles = (np.arange(n) + 0.5) / n
    weak = jnp.asarray(2 * np.pi * quantiles - 0.2 * np.sin(2 * np.pi * quantiles))  # r = 0.1
    rng = np.random.default_rng(0)
    starts = np.stack([rng.permutation(np.asarray(weak)) for _ in range(size["members"])])
    key, this = jax.random.split(key)  # the same noise at all couplings: differences are the couplings' own
    for K in kuramoto:
        system = cc.systems.NoisyKuramoto.lorentzian(n, width=WIDTH, K=K, D=noise)
        run = cc.ensemble(system, starts, 1.0, dt=0.1, key=this)
        field = np.abs(np.exp(1j * np.asarray(run.states)).mean(axis=2).mean(axis=0))
        growth.append(np.polyfit(run.times, np.log(field), 1)[0])
    return {
        "couplings": couplings, "rates": np.array(rates), "distances": distances, "settled": np.array(settled),
        "temperatures": temperatures, "simulated": np.array(simulated), "kuramoto": kuramoto,
        "growth": np.array(growth), "theory": np.array([_equilibrium(1.0, T) for T in np.linspace(0.05, 0.49, 60)]),
        "expected": np.array([_equilibrium(1.0, T) if T < 0.5 else 0.0 for T in temperatures]),
    }  # fmt: skip


# %% the claims
CLAIMS = (
    Claim(
        "XY: the rate of growth is linear in K - K_c with slope 1/2",
        lambda r: np.polyfit(r["couplings"], r["rates"], 1)[0], expect=0.5, tol=1e-3,
        where="linear part of the order-parameter equation, dr/dt = (K/2 - D) r",
    ),
    Claim(
        "and vanishes at K_c = 2 D",
        lambda r: np.interp(0.0, r["rates"], r["couplings"]), expect=2 * D, tol=1e-3,
        where="the critical coupling (temperature) of the globally coupled XY model",
    ),
    Claim(
        "XY: the order parameter grows as the root of the distance: exponent",
        lambda r: np.polyfit(np.log(r["distances"][:2]), np.log(r["settled"][:2]), 1)[0], expect=0.5, tol=0.01,
        where="cubic term of the order-parameter equation",
    ),
    Claim(
        "with the amplitude of the cubic coefficient K^2 / 8 D: r^2 K^2 / (8 D (K/2 - D)) nearest to threshold",
        lambda r: r["settled"][0] ** 2 / (8 * D * r["distances"][0]), expect=1.0, tol=0.03,
        where="elimination of the second Fourier mode at K = 2 D",
    ),
    Claim(
        "XY: simulations agree with r = I_1(K r / D) / I_0(K r / D) in the ordered phase (worst deviation)",
        lambda r: np.abs(r["simulated"] - r["expected"])[:3].max(), expect=(None, 0.03),
        where="Boltzmann's distribution in the mean field", sizes=("paper",),
    ),
    Claim(
        "Kuramoto with noise: the rate of growth has slope 1/2 in K as well",
        lambda r: np.polyfit(r["kuramoto"], r["growth"], 1)[0], expect=0.5, tol=0.1,
        where="the same form of equation near the onset; rate (K - K_c) / 2", sizes=("paper",),
    ),
    Claim(
        "and is zero at K_c = 2 (D + width) for Lorentzian frequencies",
        lambda r: -np.divide(*np.polyfit(r["kuramoto"], r["growth"], 1)[::-1]), expect=2 * (0.25 + WIDTH), tol=0.2,
        where="Strogatz and Mirollo 1991", sizes=("paper",),
    ),
)  # fmt: skip


# %% the figure
def figure(result):
    ink, rust, green, grey = "#2f5d8c", "#c8553d", "#4c8c6a", "#8a94a0"
    fig = Figure(figsize=(10, 3.6), layout="constrained")
    left, middle, right = fig.subplots(1, 3)
    T = np.linspace(0.05, 0.49, 60)
    left.plot(
        np.append(T, [0.5, 0.9]), np.append(result["theory"], [0, 0]), color=grey, lw=1.2, label="self-consistent"
    )
    near = np.linspace(0.35, 0.5, 50)
    left.plot(near, np.sqrt(8 * near * (0.5 - near)), "--", color=rust, lw=1.2, label="near threshold")
    left.plot(result["temperatures"], result["simulated"], "o", color=ink, label="simulation")
    left.set(xlabel="temperature D (K = 1)", ylabel="order parameter r")
    middle.loglog(result["distances"], result["settled"], "o", color=ink, label="many spins")
    middle.loglog(result["distances"], np.sqrt(8 * D * result["distances"]), color=grey, lw=1, label="exponent 1/2")
    middle.set(xlabel="distance from threshold, K/2 - D", ylabel="order parameter r")
    middle.minorticks_off()
    middle.set_xticks([0.005, 0.01, 0.02, 0.05], ["0.005", "0.01", "0.02", "0.05"])
    middle.set_yticks([0.1, 0.2, 0.4], ["0.1", "0.2", "0.4"])
    right.plot(result["couplings"], result["rates"], "o", color=ink, label="XY, D = 1/2")
    right.plot(result["couplings"], result["couplings"] / 2 - D, color=grey, lw=1)
    right.plot(result["kuramoto"], result["growth"], "s", color=green, label="Kuramoto, D = 1/4, width 1/4")
    right.plot(result["kuramoto"], result["kuramoto"] / 2 - 0.25 - WIDTH, color=grey, lw=1, label="$(K - K_c) / 2$")
    right.set(xlabel="coupling K", ylabel="rate of growth of r")
    for ax in (left, middle, right):
        ax.legend(frameon=False, fontsize=8)
        ax.spines[["top", "right"]].set_visible(False)
    return fig
