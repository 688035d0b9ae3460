"""Symplectic methods for Hamiltonian flows: the energy error stays bounded for all time."""

from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp

from cocycle.core import CocycleError, HamiltonianFlow, as_parameter

from ._solver import FixedStep

__all__ = ["Leapfrog", "Tao", "Yoshida4"]

# Yoshida's triple jump: S(a h) S(b h) S(a h) with 2a + b = 1 and 2a^3 + b^3 = 0 lifts a symmetric second-order scheme
# to the fourth order.
_A = 1.0 / (2.0 - 2.0 ** (1.0 / 3.0))
_JUMP = (_A, 1.0 - 2.0 * _A, _A)


class _Splitting(FixedStep):
    """Alternating drifts `q += c h dH/dp` and kicks `p -= d h dH/dq`."""

    accepts: ClassVar = (HamiltonianFlow,)
    drifts: ClassVar[tuple[float, ...]]
    kicks: ClassVar[tuple[float, ...]]

    def check(self, system: Any):
        super().check(system)
        if not system.separable:
            raise CocycleError(
                f"{type(self).__name__} needs H = T(p) + V(q). If {type(system).__name__} is of that form, set "
                "`separable = True` on its class; otherwise use `Tao()`, which takes any Hamiltonian."
            )

    def step(self, system, t, x, h, key=None):
        del t, key
        q, p = jnp.split(x, 2)
        for c, d in zip(self.drifts, (*self.kicks, None), strict=True):
            q = q + c * h * jax.grad(system.hamiltonian, argnums=1)(q, p)
            if d is not None:
                p = p - d * h * jax.grad(system.hamiltonian, argnums=0)(q, p)
        return jnp.concatenate([q, p])


class Leapfrog(_Splitting):
    """The Stoermer-Verlet scheme (drift, kick, drift): second order, symplectic, one force evaluation a step.

    For `HamiltonianFlow`s with `separable = True`. The energy error is bounded and of size `h**2` for times
    exponentially long in `1/h`; a step above 2 / (fastest frequency) is unstable. [@hairer2006, I.1.4 and IX.8]
    """

    order: ClassVar = 2
    drifts: ClassVar = (0.5, 0.5)
    kicks: ClassVar = (1.0,)


class Yoshida4(_Splitting):
    """Yoshida's composition of three leapfrogs: fourth order, symplectic, three force evaluations a step.

    For `HamiltonianFlow`s with `separable = True`. [@yoshida1990]
    """

    order: ClassVar = 4
    drifts: ClassVar = (_A / 2, (1 - _A) / 2, (1 - _A) / 2, _A / 2)
    kicks: ClassVar = _JUMP


class Tao(FixedStep):
    r"""Tao's explicit symplectic scheme for any Hamiltonian, separable or not.

    Two copies of phase space are bound by a spring,
    $\bar H = H(q, y) + H(x, p) + \omega\,(|q - x|^2 + |p - y|^2) / 2$, each part of which is solved exactly.

    **Arguments** (besides `dt` or `substeps`)

    - `omega`: strength of the spring, in units of 1/time (default: 10 times the system's angular frequency
      $2\pi$ / period). Too weak and the copies part; the error constant grows with it, so `omega * dt` should
      stay well below 1.
    - `degree`: 2 or 4 (default; the triple jump of the second-order scheme).

    `record` (and so `cc.trajectory`) carries both copies along, and the energy error is bounded. Repeated calls of a
    cocycle join the copies once per sampling interval; that map is symplectic only up to the error of the scheme.
    At a small step RK4 has the smaller error for thousands of periods, since its error grows but starts lower: the
    case for this scheme is the very long run. [@tao2016]
    """

    accepts: ClassVar = (HamiltonianFlow,)

    omega: Any = eqx.field(default=None, converter=lambda v: None if v is None else as_parameter(v))
    degree: int = eqx.field(default=4, static=True)

    def __check_init__(self):
        if self.degree not in (2, 4):
            raise CocycleError(f"Tao: degree must be 2 or 4; got {self.degree}.")

    @property
    def order(self):
        return self.degree

    def enter(self, system, x):
        del system
        return jnp.concatenate([x, x])

    def leave(self, system, state):
        del system
        return jnp.split(state, 2)[0]

    def step(self, system, t, x, h, key=None):
        del t, key
        if self.omega is None:
            raise CocycleError("Tao: give `omega=`, or let `cc.cocycle(system, dt, Tao(...))` choose it.")
        parts = jnp.split(x, 4)
        for weight in (1.0,) if self.degree == 2 else _JUMP:
            parts = self._strang(system, parts, weight * h)
        return jnp.concatenate(parts)

    def _strang(self, system, parts, h):
        gradient = jax.grad(system.hamiltonian, argnums=(0, 1))
        q, p, x, y = parts

        def first(q, p, x, y):
            along_q, along_y = gradient(q, y)
            return q, p - h / 2 * along_q, x + h / 2 * along_y, y

        def second(q, p, x, y):
            along_x, along_p = gradient(x, p)
            return q + h / 2 * along_p, p, x, y - h / 2 * along_x

        q, p, x, y = second(*first(q, p, x, y))
        cos, sin = jnp.cos(2 * self.omega * h), jnp.sin(2 * self.omega * h)
        dq, dp = q - x, p - y
        dq, dp = cos * dq + sin * dp, cos * dp - sin * dq
        sq, sp = q + x, p + y
        q, p, x, y = (sq + dq) / 2, (sp + dp) / 2, (sq - dq) / 2, (sp - dp) / 2
        return first(*second(q, p, x, y))
