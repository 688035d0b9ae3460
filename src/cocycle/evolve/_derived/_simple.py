"""Small changes to a system: another observation, added noise, time running backwards."""

import functools
from collections.abc import Callable
from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from cocycle.core import (
    CocycleError,
    Derived,
    Flow,
    HamiltonianFlow,
    NotApplicableError,
    StochasticFlow,
    System,
    as_point,
    param,
)

__all__ = ["noisy", "observed", "reversed_time"]


def observed(system: System, h: Callable[[Any], Any]) -> System:
    """The same system seen through `h(state) -> (obs,)`: only `observe` changes, kind and structure stay.

    `h` returns an array, a scalar or a tuple of scalars; an `eqx.Module` with parameters is differentiable.
    """
    if not isinstance(system, System):
        raise CocycleError(f"observed: expected a System; got {system!r}.")
    if not callable(h):
        raise CocycleError(f"observed: h must be a function of the state; got {h!r}.")
    kind = type(system)
    kind = _observed_class(kind.__mro__[1] if "observation" in kind.__dataclass_fields__ else kind)
    new = object.__new__(kind)
    for name, value in system.parameters().items():
        object.__setattr__(new, name, value)
    object.__setattr__(new, "observation", h)
    jax.eval_shape(new.observe, system.default_state())  # a wrong h fails here, not in the middle of a measure
    return new


@functools.cache
def _observed_class(kind):
    """A subclass, so that solvers still see a Hamiltonian flow as one. Cached: one class, one compilation."""

    def observe(self, state):
        return jnp.atleast_1d(as_point(self.observation(state)))

    return type(
        kind.__name__,
        (kind,),
        {
            "__annotations__": {"observation": Any},
            "observation": eqx.field(default=None),
            "observe": observe,
            "__module__": kind.__module__,
            "__qualname__": kind.__qualname__,
            "__doc__": kind.__doc__,
        },
    )


def noisy(flow: Flow, D: Any) -> StochasticFlow:
    r"""The flow with additive white noise: $dx = f(t, x)\,dt + \sqrt{2D}\,dW$.

    **Arguments**: `D`, in state units squared per time: a number (the same for every variable, independent), shape
    `(dim,)` (one each), or a symmetric positive semidefinite diffusion matrix `(dim, dim)`.

    Free diffusion then spreads as $\langle \Delta x^2 \rangle = 2 D t$. `skeleton()` is `flow` itself. Ito and
    Stratonovich calculus agree here. [@gardiner2009]
    """
    if not isinstance(flow, Flow):
        raise NotApplicableError(f"noisy: expected a Flow; {type(flow).__name__} is not one.")
    made = _NoisyFlow(flow, D)
    dim = flow.dim
    if made.D.ndim > 2 or made.D.shape not in ((), (dim,), (dim, dim)):
        raise CocycleError(f"noisy: D must be a number or have shape ({dim},) or ({dim}, {dim}); got {made.D.shape}.")
    if not isinstance(made.D, Tracer):
        value = np.asarray(made.D)
        if value.ndim == 2 and (not np.allclose(value, value.T) or np.linalg.eigvalsh(value).min() < -1e-12):
            raise CocycleError("noisy: the matrix D must be symmetric and positive semidefinite.")
        if value.ndim < 2 and not (value >= 0).all():
            raise CocycleError(f"noisy: D must not be negative; got {value}.")
    return made


class _NoisyFlow(Derived, StochasticFlow):
    of: Flow
    D: Any = param()
    additive: ClassVar = True

    def drift(self, t, x):
        return as_point(self.of.vector_field(t, x))

    def diffusion(self, t, x):
        del t
        if self.D.ndim < 2:
            return jnp.diag(jnp.broadcast_to(jnp.sqrt(2 * self.D), x.shape))
        values, vectors = jnp.linalg.eigh(2 * self.D)  # Cholesky fails where D is singular
        return vectors * jnp.sqrt(jnp.maximum(values, 0.0))

    def skeleton(self):
        return self.of


def reversed_time(flow: Flow) -> Flow:
    r"""The flow run backwards: $\dot x = -f(-t, x)$. A Hamiltonian flow stays one (with $-H$); twice gives it back.

    Attractors become repellers: a dissipative flow run backwards usually diverges, and then the driver says so.
    """
    if isinstance(flow, _Reversed):
        return flow.of
    if isinstance(flow, HamiltonianFlow):
        return _ReversedHamiltonian(flow)
    if isinstance(flow, Flow):
        return _ReversedFlow(flow)
    raise NotApplicableError(
        f"reversed_time: {type(flow).__name__} is not a Flow. A map must be inverted by hand; noise and delays cannot "
        "be run backwards."
    )


class _Reversed(Derived):
    of: eqx.AbstractVar[Any]

    def vector_field(self, t, x):
        return -as_point(self.of.vector_field(-t, x))  # also where a Hamiltonian flow has an explicit field of its own

    def invariants(self, state):
        return self.of.invariants(state)


class _ReversedFlow(_Reversed, Flow):
    of: Flow


class _ReversedHamiltonian(_Reversed, HamiltonianFlow):
    of: HamiltonianFlow

    @property
    def separable(self):
        return self.of.separable

    def hamiltonian(self, q, p):
        return -self.of.hamiltonian(q, p)
