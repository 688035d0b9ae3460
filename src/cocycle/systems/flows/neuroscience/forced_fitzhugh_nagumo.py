"""The periodically forced FitzHugh-Nagumo neuron."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["ForcedFitzHughNagumo"]


class ForcedFitzHughNagumo(Flow):
    r"""The FitzHugh-Nagumo (Bonhoeffer-van der Pol) neuron under a periodic current: period doubling and chaos.

    $$\dot x = x - \frac{x^3}{3} - y + A_0 + A_1 \cos \omega t, \quad \dot y = c\,(x + a - b y)$$

    `x` is the (scaled) membrane potential, `y` a slow recovery. As the current grows, small oscillations double their
    period, become chaotic, and then locked and irregular spike trains alternate [@rajasekar1988].

    **Arguments**: `a` 0.7, `b` 0.8, `c` the ratio of the time scales, 0.1; `A0` constant current 0; `A1` strength 0.74
    and `omega` angular frequency 1 of the periodic current.

    **Good values**: `A1=0.74` chaotic below the threshold of spikes; `A1=0.75` chaotic with spikes; `A1=0.5` periodic.
    """

    a: Any = param(0.7)
    b: Any = param(0.8)
    c: Any = param(0.1)
    A0: Any = param(0.0)
    A1: Any = param(0.74)
    omega: Any = param(1.0)

    card: ClassVar = Card(
        title="Forced FitzHugh-Nagumo",
        equation=r"\dot x = x - \frac{x^3}{3} - y + A_0 + A_1 \cos \omega t,\ \dot y = c (x + a - b y)",
        field="neuroscience",
        cite=("rajasekar1988",),
        variables=("x", "y"),
        state=(-0.90426, -0.50644),
        period=2 * math.pi,
        dt=2 * math.pi / 100,
        transient=400.0,
        tags=frozenset({"chaotic", "dissipative", "forced", "polynomial", "fast-slow"}),
        presets={"chaotic": {"A1": 0.74}, "chaotic spikes": {"A1": 0.75}, "periodic": {"A1": 0.5}},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, y = x
        drive = self.A0 + self.A1 * jnp.cos(self.omega * t)
        return x - x * x * x / 3 - y + drive, self.c * (x + self.a - self.b * y)
