"""The Korteweg-de Vries equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant, mirror

__all__ = ["KortewegDeVries"]


class KortewegDeVries(PeriodicField):
    r"""The Korteweg-de Vries equation on a ring: long waves in shallow water, and the first solitons.

    $$u_t = -a\, u\, u_x - b\, u_{xxx}$$

    A hump $\frac{3 c}{a}\, \mathrm{sech}^2\big(\tfrac12 \sqrt{c / b}\, (x - c t)\big)$ travels without change
    [@korteweg1895]; higher ones are faster, and pass through one another [@zabusky1965]. Integrable [@gardner1967]:
    mass $\int u$, momentum $\int u^2$, energy $\int \tfrac b2 u_x^2 - \tfrac a6 u^3$ and infinitely many more are
    conserved; the first three on the grid too.

    **Arguments**: `a` 6 and `b` 1, the strengths of steepening and of dispersion; `length` 40; `n` 128 grid points
    (static).

    **Good values**: the default starts with two solitons, the faster behind; `cosine()` is the start of the numerical
    experiment in which solitons were found.
    """

    a: Any = param(6.0)
    b: Any = param(1.0)
    length: Any = param(40.0)
    n: int = eqx.field(default=128, static=True)

    card: ClassVar = Card(
        title="Korteweg-de Vries",
        equation=r"u_t = -a u u_x - b u_{xxx}",
        field="fluids",
        cite=("korteweg1895", "zabusky1965", "gardner1967"),
        variables=("u",),
        period=1.0,
        dt=0.02,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous", "pde", "polynomial"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Hamiltonian", 1e-9),
            "fixed_points": Known((constant(128, 0.0), constant(128, 1.0)), Source.EXACT, "any constant", 1e-10),
            "reversor": Known(mirror(128, 1), Source.EXACT, "u(x, t) to u(-x, -t)", 1e-10),
        },
        status=Status.VERIFIED,
    )

    def soliton(self, c: Any, position: Any = 0.0, t: Any = 0.0):
        """The state of one soliton of speed `c`, for a ring much longer than the wave."""
        s = self.grid - position - c * t
        s = s - self.length * jnp.round(s / self.length)
        return 3 * c / self.a / jnp.cosh(0.5 * jnp.sqrt(c / self.b) * s) ** 2

    def cosine(self, delta: float = 0.022):
        """The start of Zabusky and Kruskal's experiment, `cos(pi x)` on a ring of length 2, in the units used here."""
        return 4 * self.b / (self.a * delta**2 * self.length**2) * jnp.cos(self.angles[0])

    def default_state(self):
        # two well separated solitons of widths that the grid resolves, whatever the units
        slow = 200 * self.b * (2 / self.length) ** 2
        return self.soliton(4 * slow, self.length / 4) + self.soliton(slow, 0.6 * self.length)

    def invariants(self, x):
        """Mass, momentum and energy."""
        cell = self.length / self.n
        modes = self.forward(x)
        kept = self.backward(self.mask * modes)
        curvature = self.backward(self.laplacian * modes)
        return {
            "mass": cell * jnp.sum(x),
            "momentum": cell * jnp.sum(x**2),
            "energy": cell * jnp.sum(-0.5 * self.b * x * curvature - self.a / 6 * kept**3),
        }

    def linear(self):
        return -self.b * self.slopes[0] ** 3

    def nonlinear(self, t, modes):
        del t
        return self.a * self.steepening(modes)
