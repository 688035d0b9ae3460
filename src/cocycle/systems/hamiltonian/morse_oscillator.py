"""Morse's oscillator."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["MorseOscillator"]

_ENERGY = (1 - math.exp(-0.8)) ** 2
_PERIOD = 2 * math.pi / math.sqrt(2 * (1 - _ENERGY))


class MorseOscillator(HamiltonianFlow):
    r"""Morse's model of the vibration of a diatomic molecule: soft when stretched, and it can break.

    $$H = \frac{p_1^2}{2 m} + D (1 - e^{-a q_1})^2$$

    `q1` is the stretch of the bond. Below the energy `D` of dissociation the motion is periodic with the angular
    frequency $a \sqrt{2 (D - H) / m}$ [@morse1929].

    **Arguments**: `m` (reduced) mass 1; `D` depth of the well 1; `a` inverse width 1. The default state is at rest at
    stretch 0.8.
    """

    m: Any = param(1.0)
    D: Any = param(1.0)
    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Morse oscillator",
        equation=r"H = \frac{p_1^2}{2 m} + D (1 - e^{-a q_1})^2",
        field="chemistry",
        cite=("morse1929",),
        variables=("q1", "p1"),
        state=(0.8, 0.0),
        period=_PERIOD,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the bottom of the well", 1e-14),
            "reversor": Known((1, -2), Source.EXACT, "t -> -t with p -> -p", 1e-13),
            "period": Known(_PERIOD, Source.EXACT, "2 pi / (a sqrt(2 (D - H) / m)), stretch 0.8", 1e-7),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "one degree of freedom", 5e-3),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        well = 1 - jnp.exp(-self.a * q[0])
        return p[0] ** 2 / (2 * self.m) + self.D * well * well
