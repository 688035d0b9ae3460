"""Ucar's delay equation."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["UcarDelay"]


class UcarDelay(DelayFlow):
    r"""Ucar's prototype: a double-well force, felt late.

    $$\dot x = \delta x_\tau - \epsilon x_\tau^3, \quad x_\tau = x(t - \tau)$$

    The wells $\pm\sqrt{\delta/\epsilon}$ have the linear part $\dot y = -2 \delta y_\tau$ and lose stability at
    $\tau = \pi / (4 \delta)$; the cycles around them double, and merge into one chaotic attractor [@ucar2002].

    **Arguments**: `delta` 1; `epsilon` 1; `tau`, the delay, 1.6.

    **Good values**: `tau=1.6` chaotic; `tau=1` a cycle in one well; `tau=0.7` at rest.
    """

    delta: Any = param(1.0)
    epsilon: Any = param(1.0)
    tau: Any = param(1.6)

    card: ClassVar = Card(
        title="Ucar's delay equation",
        equation=r"\dot x = \delta x_\tau - \epsilon x_\tau^3,\ x_\tau = x(t - \tau)",
        field="mathematics",
        cite=("ucar2002",),
        variables=("x",),
        state=(1.2013,),
        period=6.4,
        dt=0.064,
        transient=300.0,
        tags=frozenset({"chaotic", "autonomous", "delay", "polynomial"}),
        presets={"chaotic": {"tau": 1.6}, "periodic": {"tau": 1.0}, "fixed point": {"tau": 0.7}},
        known={
            "fixed_points": Known(((0.0,), (1.0,), (-1.0,)), Source.EXACT, "0 and +-sqrt(delta / epsilon)", 1e-14),
            "symmetry": Known((-1,), Source.EXACT, "x -> -x", 1e-14),
            "bifurcation:tau": Known(math.pi / 4, Source.EXACT, "Hopf of the wells at pi / (4 delta)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t, x
        late = delayed[0]
        return self.delta * late - self.epsilon * late * late * late
