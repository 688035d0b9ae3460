"""Nonlinear wave equations of second order in time, as two fields whose modes turn like oscillators."""

import abc
from typing import Any, ClassVar

import jax.numpy as jnp

from ._periodic import PeriodicField

__all__ = ["KleinGordonField"]


class KleinGordonField(PeriodicField):
    r"""$u_t = v,\ v_t = \nabla^2 u - V'(u)$. The state holds $u$, then $v$. Abstract: define `potential` and `force`.

    The linear part is taken to be $\nabla^2 - 1$, with the frequencies $\Lambda = \sqrt{1 + k^2}$: then
    $a_\pm = \Lambda \hat u \pm i \hat v$ are diagonal modes, $\dot a_\pm = \mp i \Lambda a_\pm \pm i \hat N$ with
    $N = u - V'(u)$, also for the mean.
    """

    components: ClassVar[int] = 2

    @abc.abstractmethod
    def potential(self, u) -> Any:
        """$V(u)$, elementwise."""

    @abc.abstractmethod
    def force(self, u) -> Any:
        """$-V'(u)$, elementwise."""

    def invariants(self, x):
        r"""The energy $\int \tfrac12 v^2 + \tfrac12 |\nabla u|^2 + V(u)$, conserved on the grid too."""
        u, v = self.fields(x)
        curvature = self.backward(self.laplacian * self.forward(u))
        density = 0.5 * v**2 - 0.5 * u * curvature + self.potential(u)
        return {"energy": (self.length / self.n) ** self.dimensions * jnp.sum(density)}

    @property
    def _frequency(self):
        return jnp.sqrt(1 - self.laplacian)

    def to_modes(self, x):
        u, v = self.forward(self.fields(x))
        turned, still = 1j * v, self._frequency * u
        return jnp.stack([still + turned, still - turned])

    def from_modes(self, modes):
        left, right = modes
        return jnp.ravel(self.backward(jnp.stack([(left + right) / (2 * self._frequency), (left - right) / 2j])))

    def linear(self):
        turning = 1j * self._frequency
        return jnp.stack([-turning, turning])

    def nonlinear(self, t, modes):
        del t
        u = self.backward((modes[0] + modes[1]) / (2 * self._frequency))
        push = 1j * self.forward(u + self.force(u))
        return jnp.stack([push, -push])
