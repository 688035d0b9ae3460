"""Noisy rotors in their mean field."""

import math
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, Source, Status, StochasticFlow, param

from ._phases import order_parameter, pull, scattered

__all__ = ["GloballyCoupledXY"]


class GloballyCoupledXY(StochasticFlow):
    r"""Overdamped planar spins (the XY model), all coupled to all, in a heat bath: an order-disorder transition.

    $$d\theta_i = \frac{K}{n} \sum_j \sin(\theta_j - \theta_i)\,dt + \sqrt{2 D}\,dW_i$$

    In a large population the order parameter `r` satisfies $r = I_1(K r / D) / I_0(K r / D)$ in equilibrium: it is
    zero above $D_c = K/2$ and grows as a square root below. Close to the transition
    $\dot r = (\tfrac{K}{2} - D)\, r - \tfrac{K^2}{8 D} r^3$; such equations are derived from the irreversible
    work done by the order parameter in [@sasa2015]. Phases are not wrapped. See `NoisyKuramoto` for frequencies.

    **Arguments**: `n` number of spins, 50, static; `K` coupling, 1; `D` temperature, 0.25.

    **Good values**: `D=0.25` ordered; `D=0.8` disordered; the transition is at `D=0.5`.
    """

    n: int = eqx.field(default=50, static=True)
    K: Any = param(1.0)
    D: Any = param(0.25)

    card: ClassVar = Card(
        title="Globally coupled XY model",
        equation=r"d\theta_i = \frac{K}{n} \sum_j \sin(\theta_j - \theta_i)\,dt + \sqrt{2 D}\,dW_i",
        field="physics",
        cite=("sasa2015",),
        variables=("theta",),
        unbounded=("theta",),
        period=2 * math.pi,
        dt=0.05,
        transient=50.0,
        tags=frozenset({"autonomous", "network", "phases", "synchronisation"}),
        presets={"ordered": {"D": 0.25}, "disordered": {"D": 0.8}},
        known={
            "fixed_points": Known(((0.0,) * 50,), Source.EXACT, "all aligned, of the drift", 1e-14),
            "symmetry": Known((*range(2, 51), 1), Source.EXACT, "any permutation", 1e-12),
            "mean_velocity": Known(0.0, Source.EXACT, "the forces cancel in the sum", 1e-12),
            "bifurcation:D": Known(0.5, Source.EXACT, "K / 2, for many spins: order is lost", 1e-12),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"GloballyCoupledXY needs at least 2 spins; got n={self.n}.")

    def default_state(self):
        return scattered(self.n, 0.8)

    def order_parameter(self, x):
        r"""$r = |\frac1n \sum_j e^{i\theta_j}|$, between 0 (disordered) and 1 (aligned)."""
        return order_parameter(x)

    def drift(self, t, x):
        del t
        return self.K * pull(x)

    def diffusion(self, t, x):
        del t, x
        return jnp.sqrt(2 * self.D) * jnp.eye(self.n)
