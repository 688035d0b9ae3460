"""The circuit of Murali, Lakshmanan and Chua."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["MuraliLakshmananChua"]


class MuraliLakshmananChua(Flow):
    r"""The simplest driven chaotic circuit: a coil, a resistor, a capacitor, Chua's diode and a sine generator.

    $$\dot x = y - h(x), \quad \dot y = -\beta x - \beta (1 + \nu)\, y + F \sin \omega t$$
    $$h(x) = b x + \tfrac12 (a - b)\,(|x + 1| - |x - 1|)$$

    `x` is the voltage of the capacitor, `y` the current of the coil. With growing drive, periods double to chaos on one
    side of the origin, then on both [@murali1994].

    **Arguments**: `beta` 1 and `nu` 0.015, ratios of the elements; `a` -1.02 and `b` -0.55, inner and outer slope of
    the diode; `F` strength 0.15 and `omega` angular frequency 0.75 of the drive.

    **Good values**: `F=0.15` chaotic, double scroll; `F=0.1` chaotic on one side; `F=0.06` periodic.
    """

    beta: Any = param(1.0)
    nu: Any = param(0.015)
    a: Any = param(-1.02)
    b: Any = param(-0.55)
    F: Any = param(0.15)
    omega: Any = param(0.75)

    card: ClassVar = Card(
        title="Murali-Lakshmanan-Chua circuit",
        equation=(
            r"\dot x = y - h(x),\ \dot y = -\beta x - \beta (1 + \nu) y + F \sin \omega t,\ "
            r"h(x) = b x + \tfrac12 (a - b) (|x + 1| - |x - 1|)"
        ),
        field="electronics",
        cite=("murali1994",),
        variables=("x", "y"),
        state=(-0.34184, 0.20134),
        period=2 * math.pi / 0.75,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "forced", "piecewise"}),
        presets={"double scroll": {"F": 0.15}, "one side": {"F": 0.1}, "periodic": {"F": 0.06}},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, y = x
        h = self.b * x + 0.5 * (self.a - self.b) * (jnp.abs(x + 1) - jnp.abs(x - 1))
        return y - h, -self.beta * (x + (1 + self.nu) * y) + self.F * jnp.sin(self.omega * t)
