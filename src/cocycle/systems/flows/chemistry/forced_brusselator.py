"""The Brusselator with a periodic feed."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["ForcedBrusselator"]


class ForcedBrusselator(Flow):
    r"""The Brusselator with a feed that varies periodically: entrainment, period doubling and chaos.

    $$\dot x = a - (b + 1) x + x^2 y + f \cos \omega t, \quad \dot y = b x - x^2 y$$

    `x` and `y` are scaled concentrations. The unforced reaction oscillates on its own ($b > 1 + a^2$); Kai and Tomita
    mapped the responses to forcing of strength `f` and frequency $\omega$ at $a = 0.4$, $b = 1.2$: locked,
    quasi-periodic and chaotic [@kai1979]. The phase of the forcing is no variable, so there are two exponents.

    **Arguments**: `a` 0.4, `b` 1.2: the mean feeds; `f` 0.05 strength and `omega` 0.81 angular frequency of the
    forcing.

    **Good values**: `omega=0.81` chaotic; `omega=2` quasi-periodic; `omega=0.9` locked.
    """

    a: Any = param(0.4)
    b: Any = param(1.2)
    f: Any = param(0.05)
    omega: Any = param(0.81)

    card: ClassVar = Card(
        title="Forced Brusselator",
        equation=r"\dot x = a - (b + 1) x + x^2 y + f \cos \omega t,\ \dot y = b x - x^2 y",
        field="chemistry",
        cite=("kai1979",),
        variables=("x", "y"),
        state=(0.294065, 2.43288),
        period=2 * math.pi / 0.81,
        dt=2 * math.pi / 0.81 / 100,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "forced", "polynomial"}),
        presets={"chaotic": {"omega": 0.81}, "quasi-periodic": {"omega": 2.0}, "locked": {"omega": 0.9}},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, y = x
        reaction = x * x * y
        feed = self.a + self.f * jnp.cos(self.omega * t)
        return feed - (self.b + 1) * x + reaction, self.b * x - reaction
