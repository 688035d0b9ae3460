"""Two-dimensional flow of a viscous fluid, as vorticity."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import Card, CocycleError, Known, Source, Status, param

from ._periodic import PeriodicField, mirror

__all__ = ["NavierStokesVorticity"]

_NU, _WAVES, _N = 0.05, 2, 32
_LAMINAR = np.tile(-np.cos(2 * np.pi * _WAVES * np.arange(_N) / _N) / (_NU * _WAVES), _N)
# x to -x, y half a wave of the force on: as a signed permutation
_GLIDE = np.roll(np.reshape(mirror(_N, -1, dimensions=2), (_N, _N)), _N // (2 * _WAVES), axis=1).ravel()


class NavierStokesVorticity(PeriodicField):
    r"""Two-dimensional flow of a viscous fluid on a periodic square, as vorticity, driven by a force in stripes.

    $$\omega_t = -u\, \omega_x - v\, \omega_y + \nu\, \nabla^2 \omega - \alpha\, \omega - F q \cos q y, \quad
    u = \psi_y,\ v = -\psi_x,\ \nabla^2 \psi = -\omega$$

    The force is $F \sin q y$ along $x$ (Kolmogorov's). The laminar answer, $u = F \sin(q y) / (\nu q^2 + \alpha)$, is
    unstable to long waves where the viscosity is small [@meshalkin1961]: on a square of side $2 \pi$ for
    $q = 4$ below $\nu = 1 / 9.9669$; at $\nu = 1 / 40$ the flow is turbulent [@chandler2013]. Without force or friction
    a field of waves of one length, as the array of eddies $\cos x \cos y$, decays without change of form, an exact
    solution [@taylor1923]. The nonlinear term conserves energy and enstrophy, on the grid too (2/3 rule). The mean of
    the vorticity plays no part and should be zero.

    The state is $\omega$ on `n` points a side, those along $y$ next to each other; `velocity(state)` is $(u, v)$.

    **Arguments**: `nu` 0.05 viscosity; `alpha` 0 friction on the ground; `F` 1 and `waves` 2, strength and number of
    waves of the force ($q = 2 \pi\, \mathrm{waves} / L$; static); `length` $2 \pi$ of a side; `n` 32 grid points a side
    (static).

    **Good values**: `nu=0.05` chaotic; `nu=1` laminar; `waves=4, nu=0.025, n=64` turbulent; `F=0` decay.
    """

    nu: Any = param(_NU)
    alpha: Any = param(0.0)
    F: Any = param(1.0)
    length: Any = param(6.283185307179586)
    waves: int = eqx.field(default=_WAVES, static=True)
    n: int = eqx.field(default=_N, static=True)
    dimensions: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Navier-Stokes, vorticity",
        equation=r"\omega_t = -u \omega_x - v \omega_y + \nu \nabla^2 \omega - \alpha \omega - F q \cos(q y),\ "
        r"u = \psi_y,\ v = -\psi_x,\ \nabla^2 \psi = -\omega,\ q = 2 \pi m / L",
        symbols={"L": "length", "m": "waves"},
        field="fluids",
        cite=("meshalkin1961", "chandler2013", "taylor1923"),
        variables=("omega",),
        period=2.0,
        dt=0.05,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={
            "chaos": {"nu": 0.05},
            "laminar": {"nu": 1.0},
            "turbulence": {"nu": 0.025, "waves": 4, "n": 64},
            "decay": {"nu": 0.05, "F": 0.0},
        },
        known={
            "fixed_points": Known((tuple(_LAMINAR),), Source.EXACT, "laminar flow", 1e-11),
            "symmetry": Known(
                tuple(int(i) for i in _GLIDE), Source.EXACT, "omega(x, y) to -omega(-x, y + pi / q)", 1e-9
            ),
        },
        status=Status.UNVERIFIED,
        reason="the exponents do not converge in the time of a build",
    )

    def __check_init__(self):
        if not 1 <= self.waves < self.n / 3:
            raise CocycleError(f"NavierStokesVorticity needs 1 <= waves < n / 3; got waves={self.waves}, n={self.n}.")

    def default_state(self):
        x, y = self.angles
        return self.state(jnp.cos(x) + jnp.sin(2 * x + y) + jnp.cos(x - 2 * y + 1) - 2 * jnp.cos(self.waves * y))

    def velocity(self, x):
        """The velocity `(u, v)` of a state, shape `(2, n, n)`."""
        stream = self._stream(self.to_modes(x))
        return self.backward(jnp.stack([self.slopes[1] * stream, -self.slopes[0] * stream]))

    def _stream(self, modes):
        square = -self.laplacian
        return modes / jnp.where(square == 0, jnp.inf, square)

    def linear(self):
        return self.nu * self.laplacian - self.alpha

    def nonlinear(self, t, modes):
        del t
        # the lengths cancel: velocity is vorticity over a wave number, and two derivatives follow
        k, m = self.orders
        stream = self.mask / np.where(k**2 + m**2 == 0, np.inf, k**2 + m**2)
        u, v = self.backward(1j * (jnp.stack([m * stream, -k * stream]) * modes))
        # the curl of the divergence of (u, v)(u, v): four transforms, where u omega_x + v omega_y takes five
        shear, strain = self.forward(jnp.stack([u * v, u * u - v * v]))
        wave = np.zeros((self.n, self.n // 2 + 1))
        wave[0, self.waves] = self.n**2 / 2  # of cos(q y)
        force = self.F * (2 * jnp.pi / self.length) * self.waves * wave
        return self.mask * (k**2 - m**2) * shear - self.mask * (k * m) * strain - force
