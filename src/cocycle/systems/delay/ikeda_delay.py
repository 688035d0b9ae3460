"""Ikeda's delay equation."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["IkedaDelay"]


class IkedaDelay(DelayFlow):
    r"""Light in a ring cavity with a nonlinear, sluggish medium: the phase answers the field of a round trip ago.

    $$\dot x = \mu \sin(x_\tau - x_0) - c x, \quad x_\tau = x(t - \tau)$$

    From the Maxwell-Debye equations, in the limit of much dispersion [@ikeda1980; @ikeda1987]. The longer the delay,
    the more positive exponents. With $x_0 = 0$ the origin is stable for $|\mu| < c$, whatever the delay.

    **Arguments**: `mu` 6, the strength of the feedback; `c` 1, the damping; `x0` 0, its offset; `tau` 1, the delay.

    **Good values**: `mu=6, tau=1` chaotic; `mu=20, tau=2` hyperchaotic; `mu=4` periodic; `mu=0.5` at rest.
    """

    mu: Any = param(6.0)
    c: Any = param(1.0)
    x0: Any = param(0.0)
    tau: Any = param(1.0)

    card: ClassVar = Card(
        title="Ikeda delay equation",
        equation=r"\dot x = \mu \sin(x_\tau - x_0) - c x,\ x_\tau = x(t - \tau)",
        field="physics",
        cite=("ikeda1980", "ikeda1987"),
        variables=("x",),
        state=(0.60435,),
        period=3.0,
        dt=0.025,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "delay"}),
        presets={
            "chaotic": {"mu": 6.0, "tau": 1.0},
            "hyperchaotic": {"mu": 20.0, "tau": 2.0},
            "periodic": {"mu": 4.0},
            "fixed point": {"mu": 0.5},
        },
        known={
            "fixed_points": Known(((0.0,),), Source.EXACT, "0, with x0 = 0", 1e-14),
            "symmetry": Known((-1,), Source.EXACT, "x -> -x, with x0 = 0", 1e-14),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        return self.mu * jnp.sin(delayed[0] - self.x0) - self.c * x
