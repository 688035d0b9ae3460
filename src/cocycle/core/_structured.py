"""Refinements of `Flow` that let a solver exploit structure. Each is still a `Flow`."""

import abc
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from ._system import Flow

__all__ = ["HamiltonianFlow", "LagrangianFlow", "SemilinearFlow"]


class SemilinearFlow(Flow):
    r"""$u_t = L u + N(t, u)$ with $L$ diagonal in a transform: a partial differential equation on a grid, say.

    The state is real, of shape `(dim,)`; its transform ("modes") may be complex, of any shape. Exponential
    integrators treat $L$ exactly. Define `to_modes`, `from_modes`, `linear` and `nonlinear`.
    """

    @abc.abstractmethod
    def to_modes(self, x: Float[Array, " dim"]) -> Array:
        """The transform of a state."""

    @abc.abstractmethod
    def from_modes(self, modes: Array) -> Float[Array, " dim"]:
        """The state of a transform; inverse of `to_modes`."""

    @abc.abstractmethod
    def linear(self) -> Array:
        """The diagonal of $L$, shaped like the modes."""

    @abc.abstractmethod
    def nonlinear(self, t: Any, modes: Array) -> Array:
        """The transform of $N(t, u)$, given the modes of $u$."""

    def vector_field(self, t, x):
        modes = self.to_modes(x)
        return self.from_modes(self.linear() * modes + self.nonlinear(t, modes))


class HamiltonianFlow(Flow):
    r"""$\dot q = \partial H/\partial p,\ \dot p = -\partial H/\partial q$; the state is `concatenate([q, p])`.

    Define `hamiltonian`. Set `separable = True` where $H = T(p) + V(q)$: the explicit symplectic schemes
    then apply (otherwise Tao's extended phase space does).
    """

    separable: ClassVar[bool] = False

    @abc.abstractmethod
    def hamiltonian(self, q: Float[Array, " dof"], p: Float[Array, " dof"]) -> Float[Array, ""]:
        """The energy."""

    def energy(self, x: Float[Array, " dim"]) -> Float[Array, ""]:
        """The energy of a state."""
        q, p = jnp.split(x, 2)
        return self.hamiltonian(q, p)

    def vector_field(self, t, x):
        del t
        q, p = jnp.split(x, 2)
        dH_dq, dH_dp = jax.grad(self.hamiltonian, argnums=(0, 1))(q, p)
        return jnp.concatenate([dH_dp, -dH_dq])


class LagrangianFlow(Flow):
    r"""$\frac{d}{dt}\partial_v L = \partial_q L$; the state is `concatenate([q, v])`. Define `lagrangian`.

    The accelerations solve $(\partial_v\partial_v L)\,\dot v = \partial_q L - (\partial_q\partial_v L)\, v$;
    a singular mass matrix gives non-finite accelerations, which the solvers report.
    """

    @abc.abstractmethod
    def lagrangian(self, q: Float[Array, " dof"], v: Float[Array, " dof"]) -> Float[Array, ""]:
        """Kinetic minus potential energy."""

    def energy(self, x: Float[Array, " dim"]) -> Float[Array, ""]:
        r"""$v\cdot\partial_v L - L$, conserved where $L$ does not depend on time."""
        q, v = jnp.split(x, 2)
        return jnp.vdot(v, jax.grad(self.lagrangian, argnums=1)(q, v)) - self.lagrangian(q, v)

    def vector_field(self, t, x):
        del t
        q, v = jnp.split(x, 2)
        momentum = jax.grad(self.lagrangian, argnums=1)
        force = jax.grad(self.lagrangian, argnums=0)(q, v)
        mass = jax.jacfwd(momentum, argnums=1)(q, v)
        _, transport = jax.jvp(lambda y: momentum(y, v), (q,), (v,))
        return jnp.concatenate([v, jnp.linalg.solve(mass, force - transport)])
