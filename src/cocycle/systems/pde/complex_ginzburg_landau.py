"""The complex Ginzburg-Landau equation in one dimension and two."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._fourier import ComplexField, dft, inverse_dft, split_field

__all__ = ["ComplexGinzburgLandau"]


class ComplexGinzburgLandau(ComplexField):
    r"""The complex Ginzburg-Landau equation on a ring: any extended medium just beyond the onset of oscillation.

    $$A_t = A + (1 + i b)\, \nabla^2 A - (1 + i c)\, |A|^2 A, \quad A(x + L, t) = A(x, t)$$

    Plane waves $\sqrt{1 - q^2}\, e^{i (q x - \omega t)}$ with $\omega = c + (b - c) q^2$ are exact solutions; all of
    them are unstable where $1 + b c < 0$ (Benjamin, Feir, Newell), and the field is turbulent: phase turbulence near
    that line, defect turbulence beyond [@aranson2002, eq. 1; @shraiman1992].

    The state is `concatenate([Re A, Im A])` on `n` equally spaced points a side; `field(state)` is complex.

    **Arguments**: `b` 2 linear and `c` -2 nonlinear dispersion; `length` 50 of a side; `n` 128 grid points a side
    (static); `dimensions` 1, or 2 for a periodic square (static).

    **Good values**: `b=2, c=-2` defect turbulence; `b=2, c=-0.8` phase turbulence; `b=0.5, c=-0.5` uniform oscillation;
    in the plane `dimensions=2, length=25, n=32`.
    """

    b: Any = param(2.0)
    c: Any = param(-2.0)
    length: Any = param(50.0)
    n: int = eqx.field(default=128, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="Complex Ginzburg-Landau",
        equation=r"A_t = A + (1 + i b) \nabla^2 A - (1 + i c) |A|^2 A",
        field="physics",
        cite=("aranson2002", "shraiman1992"),
        variables=("A",),
        period=6.0,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "pde", "physics"}),
        presets={
            "defects": {"b": 2.0, "c": -2.0},
            "phase": {"b": 2.0, "c": -0.8},
            "uniform": {"b": 0.5, "c": -0.5},
            "defects in the plane": {"b": 2.0, "c": -2.0, "length": 25.0, "n": 32, "dimensions": 2},
        },
        known={"fixed_points": Known(((0.0,) * 256,), Source.EXACT, "no field", 1e-14)},
        status=Status.VERIFIED,
    )

    @property
    def grid(self):
        """The positions of the grid points along one side, shape `(n,)`."""
        return self.length / self.n * jnp.arange(self.n)

    def plane_wave(self, waves: int, t: Any = 0.0):
        """The exact solution with `waves` whole waves round the ring (in the plane: the first axis), as a state."""
        q = 2 * jnp.pi / self.length * waves
        omega = self.c + (self.b - self.c) * q**2
        wave = jnp.sqrt(1 - q**2) * jnp.exp(1j * (q * self.grid - omega * t))
        return split_field(wave if self.dimensions == 1 else jnp.tile(wave[:, None], self.n))

    def default_state(self):
        # the uniform oscillation, disturbed in a few long waves
        s = 2 * jnp.pi / self.n * jnp.arange(self.n)
        if self.dimensions == 2:
            s = s[:, None] + 2 * s  # slanted waves, and one along the second axis
            ripple = 0.1 * jnp.cos(2 * jnp.pi / self.n * jnp.arange(self.n) + 1)
        else:
            ripple = 0.0
        return split_field(1 + ripple + 0.1 * jnp.cos(s) + 0.1j * jnp.sin(3 * s + 1) + 0.05 * jnp.cos(5 * s + 2))

    def linear(self):
        return 1 - (1 + 1j * self.b) * self.wave_numbers**2

    def nonlinear(self, t, modes):
        del t
        field = inverse_dft(modes)
        return dft(-(1 + 1j * self.c) * (jnp.real(field) ** 2 + jnp.imag(field) ** 2) * field)
