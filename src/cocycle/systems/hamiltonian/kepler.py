"""The Kepler problem."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["Kepler"]


class Kepler(HamiltonianFlow):
    r"""A body of unit mass in the field of a fixed centre: the orbits are conic sections.

    $$H = \tfrac12 (p_1^2 + p_2^2) - \frac{\mu}{\sqrt{q_1^2 + q_2^2}}$$

    Bound orbits are ellipses with semi-major axis $a = -\mu / (2H)$ and period $2\pi \sqrt{a^3/\mu}$. Besides the
    energy the angular momentum and the Laplace-Runge-Lenz vector, of length $\mu$ times the eccentricity, are conserved
    [@landau1976, section 15; @hairer2006, I.2.2].

    **Arguments**: `mu` strength of the centre, 1. The default state is the pericentre of an ellipse with $a = 1$ and
    eccentricity 0.6.
    """

    mu: Any = param(1.0)

    card: ClassVar = Card(
        title="Kepler problem",
        equation=r"H = \tfrac12 (p_1^2 + p_2^2) - \frac{\mu}{\sqrt{q_1^2 + q_2^2}}",
        field="physics",
        cite=("landau1976", "hairer2006"),
        variables=("q1", "q2", "p1", "p2"),
        state=(0.4, 0.0, 0.0, 2.0),
        period=2 * math.pi,
        dt=2 * math.pi / 100,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-11),
            "symmetry": Known((-1, 2, -3, 4), Source.EXACT, "mirror image", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
            "period": Known(2 * math.pi, Source.EXACT, "2 pi sqrt(a^3 / mu), a = 1", 1e-6),
            "lyapunov": Known((0.0, 0.0, 0.0, 0.0), Source.EXACT, "integrable: all bound orbits are periodic", 5e-3),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        return 0.5 * jnp.sum(p * p) - self.mu / jnp.sqrt(jnp.sum(q * q))

    def invariants(self, x):
        q1, q2, p1, p2 = x
        momentum, r = q1 * p2 - q2 * p1, jnp.hypot(q1, q2)
        return {
            "angular momentum": momentum,
            "runge-lenz 1": p2 * momentum - self.mu * q1 / r,
            "runge-lenz 2": -p1 * momentum - self.mu * q2 / r,
        }
