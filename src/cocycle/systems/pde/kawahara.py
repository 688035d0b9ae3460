"""The Kawahara equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant, mirror

__all__ = ["Kawahara"]


class Kawahara(PeriodicField):
    r"""The Kawahara equation on a ring: long waves where the usual dispersion nearly vanishes.

    $$u_t = -u\, u_x - \alpha\, u_{xxx} + \beta\, u_{xxxxx}$$

    Waves under surface tension near its critical strength, and magneto-acoustic waves in a plasma [@kawahara1972]. Not
    integrable, yet one solitary wave is known in closed form, $105\, s\, \mathrm{sech}^4\big(\tfrac12
    \sqrt{\alpha / (13 \beta)}\, (x - 36\, s\, t)\big)$ with $s = \alpha^2 / (169 \beta)$. Mass
    $\int u$, momentum $\int u^2$ and energy $\int \tfrac\alpha2 u_x^2 + \tfrac\beta2 u_{xx}^2 - \tfrac16 u^3$ are
    conserved, on the grid too.

    **Arguments**: `alpha` 1 and `beta` 1, dispersion of third and fifth order; `length` 80; `n` 128 grid points
    (static).
    """

    alpha: Any = param(1.0)
    beta: Any = param(1.0)
    length: Any = param(80.0)
    n: int = eqx.field(default=128, static=True)

    card: ClassVar = Card(
        title="Kawahara",
        equation=r"u_t = -u u_x - \alpha u_{xxx} + \beta u_{xxxxx}",
        field="fluids",
        cite=("kawahara1972",),
        variables=("u",),
        period=10.0,
        dt=0.2,
        transient=0.0,
        tags=frozenset({"conservative", "autonomous", "pde", "polynomial"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Hamiltonian", 1e-9),
            "fixed_points": Known((constant(128, 0.0), constant(128, 1.0)), Source.EXACT, "any constant", 1e-10),
            "reversor": Known(mirror(128, 1), Source.EXACT, "u(x, t) to u(-x, -t)", 1e-10),
        },
        status=Status.UNVERIFIED,
        reason="long runs of the tangent flow diverge",
    )

    def solitary_wave(self, position: Any = 0.0, t: Any = 0.0):
        """The state of the solitary wave that is known in closed form (for `alpha`, `beta` of one sign)."""
        square = self.alpha**2 / (169 * self.beta)
        s = self.grid - position - 36 * square * t
        s = s - self.length * jnp.round(s / self.length)
        return 105 * square / jnp.cosh(0.5 * jnp.sqrt(self.alpha / (13 * self.beta)) * s) ** 4

    def default_state(self):
        # the wave in closed form, and one twice as high behind it, which sheds ripples and catches up
        return self.solitary_wave(0.6 * self.length) + 2 * self.solitary_wave(0.2 * self.length)

    def invariants(self, x):
        """Mass, momentum and energy."""
        cell = self.length / self.n
        modes = self.forward(x)
        kept = self.backward(self.mask * modes)
        stress = self.backward((-self.alpha + self.beta * self.laplacian) * self.laplacian * modes)
        return {
            "mass": cell * jnp.sum(x),
            "momentum": cell * jnp.sum(x**2),
            "energy": cell * jnp.sum(0.5 * x * stress - kept**3 / 6),
        }

    def linear(self):
        return -self.alpha * self.slopes[0] ** 3 + self.beta * self.slopes[0] ** 5

    def nonlinear(self, t, modes):
        del t
        return self.steepening(modes)
