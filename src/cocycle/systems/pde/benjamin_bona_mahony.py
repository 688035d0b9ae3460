"""The Benjamin-Bona-Mahony equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant, mirror

__all__ = ["BenjaminBonaMahony"]


class BenjaminBonaMahony(PeriodicField):
    r"""The Benjamin-Bona-Mahony equation on a ring: long waves in shallow water, with bounded speeds for short ones.

    $$u_t - u_{xxt} = -u_x - u\, u_x$$

    Also called the regularized long-wave equation: found for the undular bore [@peregrine1966] and proposed as the
    better behaved model in place of Korteweg and de Vries' [@benjamin1972]. A hump
    $3 (c - 1)\, \mathrm{sech}^2\big(\tfrac12 \sqrt{(c - 1) / c}\, (x - c t)\big)$ with $c > 1$ travels without change,
    but leaves ripples when it meets another: not integrable. Mass $\int u$, momentum $\int u^2 + u_x^2$ and energy
    $\int \tfrac12 u^2 + \tfrac16 u^3$ are conserved, on the grid too.

    **Arguments**: `length` 80; `n` 128 grid points (static). All coefficients are absorbed in the units.
    """

    length: Any = param(80.0)
    n: int = eqx.field(default=128, static=True)

    card: ClassVar = Card(
        title="Benjamin-Bona-Mahony",
        equation=r"u_t - u_{xxt} = -u_x - u u_x",
        field="fluids",
        cite=("peregrine1966", "benjamin1972"),
        variables=("u",),
        period=5.0,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"conservative", "autonomous", "pde", "polynomial"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Hamiltonian", 1e-9),
            "fixed_points": Known((constant(128, 0.0), constant(128, 1.0)), Source.EXACT, "any constant", 1e-10),
            "reversor": Known(mirror(128, 1), Source.EXACT, "u(x, t) to u(-x, -t)", 1e-10),
        },
        status=Status.UNVERIFIED,
        reason="the exponents of this conservative field approach zero too slowly to be told from it",
    )

    def solitary_wave(self, c: Any, position: Any = 0.0, t: Any = 0.0):
        """The state of one solitary wave of speed `c` above 1, for a ring much longer than the wave."""
        s = self.grid - position - c * t
        s = s - self.length * jnp.round(s / self.length)
        return 3 * (c - 1) / jnp.cosh(0.5 * jnp.sqrt((c - 1) / c) * s) ** 2

    def default_state(self):
        return self.solitary_wave(2.5, self.length / 4) + self.solitary_wave(1.5, 0.6 * self.length)

    def invariants(self, x):
        """Mass, momentum and energy."""
        cell = self.length / self.n
        modes = self.forward(x)
        kept = self.backward(self.mask * modes)
        return {
            "mass": cell * jnp.sum(x),
            "momentum": cell * jnp.sum(x * self.backward((1 - self.laplacian) * modes)),
            "energy": cell * jnp.sum(0.5 * x**2 + kept**3 / 6),
        }

    def linear(self):
        return -self.slopes[0] / (1 - self.laplacian)

    def nonlinear(self, t, modes):
        del t
        return self.steepening(modes) / (1 - self.laplacian)
