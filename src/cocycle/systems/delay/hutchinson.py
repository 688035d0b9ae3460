"""Hutchinson's delayed logistic equation."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["Hutchinson"]


class Hutchinson(DelayFlow):
    r"""Hutchinson's equation, logistic growth held back by the numbers of a time ago; Wright's equation in disguise.

    $$\dot x = r x \left(1 - \frac{x_\tau}{K}\right), \quad x_\tau = x(t - \tau)$$

    From [@hutchinson1948]. The state `K` attracts for $r \tau < 3/2$, as proved in [@wright1955]; at $r \tau = \pi/2$
    it gives way to a cycle, of period about $4 \tau$, which for larger $r \tau$ has ever longer and deeper troughs.

    **Arguments**: `r`, the growth rate, 1; `K`, what the site can bear, 1; `tau`, the delay, 2.

    **Good values**: `tau=2` periodic; `tau=1` at rest.
    """

    r: Any = param(1.0)
    K: Any = param(1.0)
    tau: Any = param(2.0)

    card: ClassVar = Card(
        title="Hutchinson's delayed logistic equation",
        equation=r"\dot x = r x (1 - \frac{x_\tau}{K}),\ x_\tau = x(t - \tau)",
        field="ecology",
        cite=("hutchinson1948", "wright1955"),
        variables=("x",),
        state=(0.0716,),
        period=8.8,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"periodic", "autonomous", "delay", "polynomial"}),
        presets={"periodic": {"tau": 2.0}, "fixed point": {"tau": 1.0}},
        known={
            "fixed_points": Known(((0.0,), (1.0,)), Source.EXACT, "0 and K", 1e-14),
            "bifurcation:tau": Known(math.pi / 2, Source.EXACT, "Hopf of K at pi / (2 r)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        return self.r * x * (1 - delayed[0] / self.K)
