"""The tangent system: a state together with small displacements from it."""

from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp

from cocycle.core import CocycleError, Derived, Flow, Map, NotApplicableError, StochasticFlow, System, as_point, param

__all__ = ["tangent"]


def tangent(system: System, k: int | None = None) -> System:
    r"""The system with `k` displacements (default: `dim`, at first the identity) that move with its linearisation.

    $\dot x = f(t, x),\ \dot V = Df(t, x)\, V$; for a map $V_{n+1} = DF(n, x_n)\, V_n$; for a stochastic flow the noise
    is linearised too: $dV = Da\,V\,dt + \sum_j Db_j\,V\,dW_j$, in the calculus of the system.

    **Returns** a system of the same kind with states of shape `(dim * (1 + k),)`: the point, then the displacements one
    after another. `split(state)` gives the point and the displacements as rows, shape `(k, dim)`; `join` undoes it.
    Displacements along chaotic orbits grow without bound and align: to measure exponents use
    `cc.measure.lyapunov_spectrum`, which orthonormalises as it goes. Delay systems and random maps are refused: use
    `jax.jvp` of their cocycle. [@pikovsky2016]
    """
    k = system.dim if k is None else k
    if k < 1:
        raise CocycleError(f"tangent: k must be at least 1; got {k}.")
    if isinstance(system, Flow):
        return _TangentFlow(system, k)
    if isinstance(system, Map):
        return _TangentMap(of=system, k=k, dt=system.dt)
    if isinstance(system, StochasticFlow):
        return _TangentStochasticFlow(system, k)
    raise NotApplicableError(
        f"tangent: {type(system).__name__} is not a Flow, a Map or a StochasticFlow; use `jax.jvp` of its cocycle."
    )


def _pushed(function, x, displacements):
    """`function(x)` and its derivative along each displacement."""
    value, push = jax.linearize(function, x)
    return value, jax.vmap(push)(displacements)


class _Tangent(Derived):
    k: eqx.AbstractVar[int]
    carries_displacements: ClassVar = True  # adaptive steps suit them without further care

    def split(self, state):
        """The point, and the displacements as rows, shape `(k, dim)`."""
        dim = state.shape[0] // (1 + self.k)
        return state[:dim], state[dim:].reshape(self.k, dim)

    def join(self, x, displacements):
        """The state of a point and its displacements; inverse of `split`."""
        return jnp.concatenate([x, jnp.ravel(displacements)])

    def observe(self, state):
        return state

    def default_state(self):
        x = self.of.default_state()
        return self.join(x, jnp.eye(self.k, x.shape[0], dtype=x.dtype))

    @property
    def variables(self):
        names = self.of.variables
        return names + tuple(f"d{name}_{i}" for i in range(self.k) for name in names)


class _TangentFlow(_Tangent, Flow):
    of: Flow
    k: int = eqx.field(static=True)

    def vector_field(self, t, x):
        point, displacements = self.split(x)
        return self.join(*_pushed(lambda y: as_point(self.of.vector_field(t, y)), point, displacements))


class _TangentMap(_Tangent, Map):
    of: Map
    k: int = eqx.field(static=True)
    dt: Any = param()

    def step(self, n, x):
        point, displacements = self.split(x)
        return self.join(*_pushed(lambda y: as_point(self.of.step(n, y)), point, displacements))


class _TangentStochasticFlow(_Tangent, StochasticFlow):
    of: StochasticFlow
    k: int = eqx.field(static=True)

    @property
    def calculus(self):
        return self.of.calculus

    @property
    def additive(self):
        return self.of.additive  # then Db = 0: the displacements carry no noise of their own

    def drift(self, t, x):
        point, displacements = self.split(x)
        return self.join(*_pushed(lambda y: as_point(self.of.drift(t, y)), point, displacements))

    def diffusion(self, t, x):
        point, displacements = self.split(x)
        value, pushed = _pushed(lambda y: jnp.asarray(self.of.diffusion(t, y)), point, displacements)
        return jnp.concatenate([value, pushed.reshape(-1, value.shape[1])])
