"""The one-dimensional nonlinear Schroedinger equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._fourier import ComplexField, dft, inverse_dft, split_field

__all__ = ["NonlinearSchroedinger"]


class NonlinearSchroedinger(ComplexField):
    r"""The one-dimensional nonlinear Schroedinger equation on a ring: solitons, integrable.

    $$i\,\psi_t = -\tfrac12 \psi_{xx} - g\,|\psi|^2 \psi, \quad \psi(x + L, t) = \psi(x, t)$$

    With $g > 0$ (focusing) a soliton $\psi = \frac{\eta}{\sqrt g}\, \mathrm{sech}(\eta (x - v t))\,
    e^{i v x + i (\eta^2 - v^2) t / 2}$ travels without change, and solitons pass through one another; a uniform wave
    breaks up into a train of pulses [@zakharov1972]. Mass $\int |\psi|^2$, momentum
    $\int \mathrm{Im}\,\bar\psi \psi_x$ and energy $\int \tfrac12 |\psi_x|^2 - \tfrac g2 |\psi|^4$ are conserved.

    The state is `concatenate([Re psi, Im psi])` on `n` equally spaced points from $-L/2$; `field(state)` is complex.

    **Arguments**: `g` 1, the nonlinearity; `length` 40; `n` 128 grid points (static).

    **Good values**: the default starts with two solitons that meet; `g=-1` defocusing.
    """

    g: Any = param(1.0)
    length: Any = param(40.0)
    n: int = eqx.field(default=128, static=True)

    card: ClassVar = Card(
        title="Nonlinear Schroedinger (1-D)",
        equation=r"i \psi_t = -\tfrac12 \psi_{xx} - g |\psi|^2 \psi",
        field="physics",
        cite=("zakharov1972",),
        variables=("psi",),
        period=2.0,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"integrable", "conservative", "autonomous", "pde", "optics", "physics"}),
        presets={"focusing": {"g": 1.0}, "defocusing": {"g": -1.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Hamiltonian", 1e-8),
            "fixed_points": Known(((0.0,) * 256,), Source.EXACT, "no field", 1e-14),
        },
        status=Status.UNVERIFIED,
        reason="the exponents of this conservative field approach zero too slowly to be told from it",
    )

    @property
    def grid(self):
        """The positions of the grid points, shape `(n,)`, from `-length / 2`."""
        return self.length * (jnp.arange(self.n) / self.n - 0.5)

    def soliton(self, eta: Any = 1.0, velocity: Any = 0.0, position: Any = 0.0, t: Any = 0.0):
        """The state of one soliton of amplitude `eta / sqrt(g)` (for `g > 0`) on an infinite line."""
        s = self.grid - position
        phase = velocity * s + 0.5 * (eta**2 - velocity**2) * t
        return split_field(eta / jnp.sqrt(self.g) / jnp.cosh(eta * (s - velocity * t)) * jnp.exp(1j * phase))

    def default_state(self):
        # two pulses on a collision course; of unit height whatever the sign of g
        s, d = self.grid, self.length / 4
        v = 2 * jnp.pi / self.length * 3  # a whole number of waves round the ring
        left, right = jnp.exp(1j * v * s) / jnp.cosh(s + d), jnp.exp(-1j * v * s) / jnp.cosh(s - d)
        return split_field(left + right)

    def invariants(self, x):
        """Mass and energy, conserved on the grid too. (`momentum` is, as far as the grid resolves the field.)"""
        psi = self.field(x)
        slope = self._slope(psi)
        cell = self.length / self.n
        density = jnp.abs(psi) ** 2
        return {
            "mass": cell * jnp.sum(density),
            "energy": cell * jnp.sum(0.5 * jnp.abs(slope) ** 2 - 0.5 * self.g * density**2),
        }

    def momentum(self, x):
        r"""$\int \mathrm{Im}\,\bar\psi \psi_x\,dx$ of a state."""
        psi = self.field(x)
        return self.length / self.n * jnp.sum(jnp.imag(jnp.conj(psi) * self._slope(psi)))

    def _slope(self, psi):
        return inverse_dft(1j * self.wave_numbers * dft(psi))

    def linear(self):
        return -0.5j * self.wave_numbers**2

    def nonlinear(self, t, modes):
        del t
        psi = inverse_dft(modes)
        return dft(1j * self.g * (jnp.real(psi) ** 2 + jnp.imag(psi) ** 2) * psi)
