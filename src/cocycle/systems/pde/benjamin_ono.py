"""The Benjamin-Ono equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant, mirror

__all__ = ["BenjaminOno"]


class BenjaminOno(PeriodicField):
    r"""The Benjamin-Ono equation on a ring: long internal waves on a thin layer of a deep stratified fluid.

    $$u_t = -u\, u_x - \mathcal H\, u_{xx}, \quad \widehat{\mathcal H u}(k) = i\, \mathrm{sgn}(k)\, \hat u(k)$$

    The dispersion is not local: waves $e^{i (k x - \omega t)}$ have $\omega = -k |k|$. Its solitons
    $\frac{4 \delta}{\delta^2 + (x - t / \delta)^2}$ have algebraic tails, so that on a ring they become the periodic
    wave $\frac{2 q \sinh \varphi}{\cosh \varphi - \cos q (x - c t)}$ with $c = q \coth \varphi$, $q = 2 \pi / L$, also
    exact [@benjamin1967; @ono1975]. Integrable. Mass $\int u$, momentum $\int u^2$ and energy $-\int \tfrac12 u\,
    \mathcal H u_x + \tfrac16 u^3$ are conserved, on the grid too.

    **Arguments**: `length` 40; `n` 128 grid points (static). All coefficients are absorbed in the units.
    """

    length: Any = param(40.0)
    n: int = eqx.field(default=128, static=True)

    card: ClassVar = Card(
        title="Benjamin-Ono",
        equation=r"u_t = -u u_x + |\partial_x| u_x",
        field="fluids",
        cite=("benjamin1967", "ono1975"),
        variables=("u",),
        period=5.0,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous", "pde", "polynomial"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Hamiltonian", 1e-9),
            "fixed_points": Known((constant(128, 0.0), constant(128, 1.0)), Source.EXACT, "any constant", 1e-10),
            "reversor": Known(mirror(128, 1), Source.EXACT, "u(x, t) to u(-x, -t)", 1e-10),
        },
        status=Status.VERIFIED,
    )

    def wave(self, delta: Any, position: Any = 0.0, t: Any = 0.0):
        """The state of the periodic wave, one hump of half-width `delta` round the ring, exact."""
        q = 2 * jnp.pi / self.length
        phi = q * delta
        angle = q * (self.grid - position - q / jnp.tanh(phi) * t)
        return 2 * q * jnp.sinh(phi) / (jnp.cosh(phi) - jnp.cos(angle))

    def default_state(self):
        # a high and a low hump; the high one is behind and overtakes
        return self.wave(2.0, self.length / 4) + self.wave(4.0, 0.6 * self.length)

    def invariants(self, x):
        """Mass, momentum and energy."""
        cell = self.length / self.n
        modes = self.forward(x)
        kept = self.backward(self.mask * modes)
        return {
            "mass": cell * jnp.sum(x),
            "momentum": cell * jnp.sum(x**2),
            "energy": cell * jnp.sum(0.5 * x * self.backward(self._modulus * modes) - kept**3 / 6),
        }

    @property
    def _modulus(self):
        return 2 * jnp.pi / self.length * self.orders[0]

    def linear(self):
        return self._modulus * self.slopes[0]

    def nonlinear(self, t, modes):
        del t
        return self.steepening(modes)
