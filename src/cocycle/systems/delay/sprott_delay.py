"""Sprott's delay equation."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["SprottDelay"]


class SprottDelay(DelayFlow):
    r"""The simplest chaotic delay equation: no parameter but the delay.

    $$\dot x = \sin x_\tau, \quad x_\tau = x(t - \tau)$$

    Around the rest state $\pi$ it is $\dot y = -\sin y_\tau$: a cycle is born at $\tau = \pi/2$, doubles its period,
    and near $\tau = 5$ becomes a chaotic attractor; soon all such attractors, one in every $2\pi$, join and `x` wanders
    without limit, like Brownian motion [@sprott2007].

    **Arguments**: `tau`, the delay, 5.1.

    **Good values**: `tau=5.1` chaotic; `tau=3` a cycle; `tau=1` at rest.
    """

    tau: Any = param(5.1)

    card: ClassVar = Card(
        title="Sprott's delay equation",
        equation=r"\dot x = \sin(x_\tau),\ x_\tau = x(t - \tau)",
        field="mathematics",
        cite=("sprott2007",),
        variables=("x",),
        state=(1.0,),
        unbounded=("x",),
        period=20.0,
        dt=0.2,
        transient=500.0,
        tags=frozenset({"chaotic", "autonomous", "delay"}),
        presets={"chaotic": {"tau": 5.1}, "periodic": {"tau": 3.0}, "fixed point": {"tau": 1.0}},
        known={
            "fixed_points": Known(((0.0,), (math.pi,)), Source.EXACT, "sin x = 0", 1e-14),
            "symmetry": Known((-1,), Source.EXACT, "x -> -x", 1e-14),
            "bifurcation:tau": Known(math.pi / 2, Source.EXACT, "Hopf of x = pi", 1e-12),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t, x
        return jnp.sin(delayed[0])
