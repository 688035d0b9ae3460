"""A delayed circuit with a cubic."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["CubicDelay"]

_OUTER = 2.24 * (3 - 2.24) ** 0.5


class CubicDelay(DelayFlow):
    r"""A circuit that integrates a cubic function of its own past.

    $$\dot x = -\alpha x_\tau + \beta \left(3 u - u^3\right), \quad u = \frac{x_\tau}{c}, \quad x_\tau = x(t - \tau)$$

    Besides 0 there are the fixed points $\pm c \sqrt{3 - c \alpha/\beta}$, which lose stability at
    $\tau = \pi/(2 |f'|)$ with $f'$ the slope of the right side there, for `alpha = beta = 1` $2 - 6/c$. A known
    collection of chaotic flows calls it a piecewise circuit and refers to [@tamasevicius2006], whose circuit has a
    nonlinearity in pieces; this one is smooth.

    **Arguments**: `alpha` 1, `beta` 1; `c`, the scale of the cubic, 2.24; `tau`, the delay, 4.9.

    **Good values**: `tau=4.9` chaotic; `tau=2` at rest.
    """

    alpha: Any = param(1.0)
    beta: Any = param(1.0)
    c: Any = param(2.24)
    tau: Any = param(4.9)

    card: ClassVar = Card(
        title="Delayed cubic circuit",
        equation=r"\dot x = -\alpha x_\tau + \beta (\frac{3 x_\tau}{c} - \frac{x_\tau^3}{c^3}),\ x_\tau = x(t - \tau)",
        field="electronics",
        cite=("tamasevicius2006",),
        variables=("x",),
        state=(-1.6448,),
        period=20.0,
        dt=0.2,
        transient=1000.0,
        tags=frozenset({"chaotic", "autonomous", "delay", "polynomial"}),
        presets={"chaotic": {"tau": 4.9}, "fixed point": {"tau": 2.0}},
        known={
            "fixed_points": Known(
                ((0.0,), (_OUTER,), (-_OUTER,)), Source.EXACT, "0 and +-c sqrt(3 - c alpha / beta)", 1e-12
            ),
            "symmetry": Known((-1,), Source.EXACT, "x -> -x", 1e-14),
            "bifurcation:tau": Known(
                math.pi / (2 * (6 / 2.24 - 2)), Source.EXACT, "Hopf of the outer points, alpha = beta = 1", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t, x
        late = delayed[0]
        u = late / self.c
        return -self.alpha * late + self.beta * (3 * u - u**3)
