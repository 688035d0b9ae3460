"""What the complex shell models share: the shells, the state, forcing and viscosity."""

import abc
from typing import Any

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import CocycleError, Flow, param

__all__ = ["ShellModel"]


class ShellModel(Flow):
    """Complex velocities on `n` shells; the state is all real parts, then all imaginary parts."""

    n: int = eqx.field(default=16, static=True)
    nu: Any = param(1e-5)
    force: Any = param(5e-3)
    k0: Any = param(0.0625)
    ratio: Any = param(2.0)
    forced: int = eqx.field(default=4, static=True)

    def __check_init__(self):
        if self.n < 4 or self.forced < 1 or self.forced > self.n:
            raise CocycleError(
                f"{type(self).__name__} needs at least 4 shells and one of them forced; got n={self.n}, "
                f"forced={self.forced}."
            )

    @property
    def variables(self):
        """Real parts `re1 ... ren`, then imaginary parts `im1 ... imn`."""
        shells = range(1, self.n + 1)
        return tuple(f"re{j}" for j in shells) + tuple(f"im{j}" for j in shells)

    @property
    def wavenumbers(self):
        """The wave numbers $k_1, ..., k_n$."""
        return self.k0 * self.ratio ** jnp.arange(1, self.n + 1)

    @property
    def forcing(self):
        """The complex force on each shell, shape `(n,)`."""
        return jnp.where(jnp.arange(1, self.n + 1) == self.forced, self.force * (1 + 1j), 0.0)

    def default_state(self):
        # a Kolmogorov spectrum with a fixed pattern of phases
        j = jnp.arange(self.n)
        size = 0.2 * jnp.exp2(-j / 3.0) * jnp.exp(-((j / 12.0) ** 8))
        phase = 1.0 + 3.0 * j + 0.7 * j**2
        return jnp.concatenate([size * jnp.cos(phase), size * jnp.sin(phase)])

    def velocities(self, x):
        """The complex velocities of a state, shape `(n,)`."""
        return x[: self.n] + 1j * x[self.n :]

    def kinetic_energy(self, x):
        """Half the sum of the squares, conserved by the coupling."""
        return jnp.sum(x * x) / 2

    @abc.abstractmethod
    def coupling(self, u):
        """The quadratic terms for the complex velocities, padded with two zeros at both ends."""

    def vector_field(self, t, x):
        del t
        u = self.velocities(x)
        k = self.wavenumbers
        rate = self.coupling(jnp.pad(u, 2)) - self.nu * k * k * u + self.forcing
        return jnp.concatenate([rate.real, rate.imag])
