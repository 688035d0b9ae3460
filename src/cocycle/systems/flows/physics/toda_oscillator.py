"""The driven Toda oscillator."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["TodaOscillator"]


class TodaOscillator(Flow):
    r"""A driven particle in Toda's exponential potential: the model of a modulated laser with slow inversion.

    $$\dot x = v, \quad \dot v = 1 - e^x - d v + a \cos \omega t$$

    `x` is the logarithm of the intensity of the laser: rate equations of field and inversion take this form
    [@oppo1985]. The spring is soft for $x < 0$ and hard for $x > 0$; strong driving gives a comb of similar
    resonances, each with its period doubling and chaos [@kurz1988].

    **Arguments**: `d` damping 0.05; `a` strength 5 and `omega` angular frequency 1 of the drive.

    **Good values**: `a=5` chaotic, with long dark intervals; `a=1` periodic.
    """

    d: Any = param(0.05)
    a: Any = param(5.0)
    omega: Any = param(1.0)

    card: ClassVar = Card(
        title="Driven Toda oscillator",
        equation=r"\dot x = v,\ \dot v = 1 - e^{x} - d v + a \cos \omega t",
        field="physics",
        cite=("oppo1985", "kurz1988"),
        variables=("x", "v"),
        state=(-11.74, 5.0627),
        period=2 * math.pi,
        dt=2 * math.pi / 100,
        transient=400.0,
        tags=frozenset({"chaotic", "dissipative", "forced"}),
        presets={"chaotic": {"a": 5.0}, "periodic": {"a": 1.0}},
        known={"divergence": Known(-0.05, Source.EXACT, "-d", 1e-13)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, v = x
        return v, 1 - jnp.exp(x) - self.d * v + self.a * jnp.cos(self.omega * t)
