"""The double gyre."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["DoubleGyre"]


class DoubleGyre(Flow):
    r"""A particle in two counter-rotating gyres whose common border swings: the standard test of stirring.

    $$\dot x = -\pi A \sin(\pi f) \cos(\pi y), \quad \dot y = \pi A \cos(\pi f) \sin(\pi y)\,(2 a x + b), \quad
    f = a x^2 + b x$$
    $$a = \epsilon \sin \omega t, \quad b = 1 - 2 \epsilon \sin \omega t$$

    The stream function is $A \sin(\pi f) \sin(\pi y)$ in the box $0 < x < 2$, $0 < y < 1$, whose walls the particle
    never crosses. Chaotic for $\epsilon > 0$ where the lobes of the swinging border carry fluid across
    [@shadden2005].

    **Arguments**: `A` strength 0.1; `epsilon` how far the border swings, 1/4; `omega` its angular frequency, $2\pi/10$.

    **Good values**: `epsilon=0.25` and `epsilon=0.1` chaotic sea with islands; `epsilon=0` steady.
    """

    A: Any = param(0.1)
    epsilon: Any = param(0.25)
    omega: Any = param(2 * math.pi / 10)

    card: ClassVar = Card(
        title="Double gyre",
        equation=(
            r"\dot x = -\pi A \sin(\pi f) \cos(\pi y),\ \dot y = \pi A \cos(\pi f) \sin(\pi y) (2 a x + b),\ "
            r"f = a x^2 + b x,\ a = \epsilon \sin \omega t,\ b = 1 - 2 \epsilon \sin \omega t"
        ),
        field="fluids",
        cite=("shadden2005",),
        variables=("x", "y"),
        state=(0.9, 0.4),
        period=10.0,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "forced"}),
        presets={"wide": {"epsilon": 0.25}, "narrow": {"epsilon": 0.1}, "steady": {"epsilon": 0.0}},
        known={"divergence": Known(0.0, Source.EXACT, "incompressible", 1e-13)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, y = x
        a = self.epsilon * jnp.sin(self.omega * t)
        b = 1 - 2 * a
        f = a * x * x + b * x
        return (
            -jnp.pi * self.A * jnp.sin(jnp.pi * f) * jnp.cos(jnp.pi * y),
            jnp.pi * self.A * jnp.cos(jnp.pi * f) * jnp.sin(jnp.pi * y) * (2 * a * x + b),
        )
