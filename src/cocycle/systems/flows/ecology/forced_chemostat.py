"""A forced food chain in the chemostat."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["ForcedChemostat"]


class ForcedChemostat(Flow):
    r"""Kot, Sayler and Schultz's food chain in a chemostat with a periodic supply.

    $$\dot x = 1 + \epsilon \sin \omega t - x - \frac{A x y}{a + x}, \quad
    \dot y = \frac{A x y}{a + x} - y - \frac{B y z}{b + y}, \quad \dot z = \frac{B y z}{b + y} - z$$

    `x`, `y`, `z` are nutrient, prey (bacteria) and predator (protozoa), scaled; time is in units of the residence
    time. The unforced chain oscillates; forcing makes it quasi-periodic, locked or chaotic [@kot1992].

    **Arguments**: `A` 5, `a` 8/115: the prey; `B` 2, `b` 9/46: the predator; `epsilon` 0.6 and `omega` $5\pi/6$: the
    supply.

    **Good values**: `epsilon=0.6` chaotic; `epsilon=0.3` and `epsilon=0.1` locked.
    """

    A: Any = param(5.0)
    a: Any = param(8 / 115)
    B: Any = param(2.0)
    b: Any = param(9 / 46)
    epsilon: Any = param(0.6)
    omega: Any = param(5 * math.pi / 6)

    card: ClassVar = Card(
        title="Forced chemostat",
        equation=(
            r"\dot x = 1 + \epsilon \sin \omega t - x - \frac{A x y}{a + x},\ "
            r"\dot y = \frac{A x y}{a + x} - y - \frac{B y z}{b + y},\ \dot z = \frac{B y z}{b + y} - z"
        ),
        field="ecology",
        cite=("kot1992",),
        variables=("x", "y", "z"),
        state=(0.0577112, 0.566524, 0.175762),
        period=2.4,
        dt=0.024,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "forced"}),
        presets={"chaotic": {"epsilon": 0.6}, "locked": {"epsilon": 0.1}},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, y, z = x
        first, second = self.A * x * y / (self.a + x), self.B * y * z / (self.b + y)
        return 1 + self.epsilon * jnp.sin(self.omega * t) - x - first, first - y - second, second - z
