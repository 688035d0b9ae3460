"""The driven Josephson junction."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["JosephsonJunction"]


class JosephsonJunction(Flow):
    r"""A Josephson junction with resistance and capacitance (RCSJ), biased by a direct and an alternating current.

    $$\dot\phi = V, \quad \dot V = I - \sin\phi - \beta V + A \sin \omega t$$

    `phi` is the phase difference of the two superconductors, not wrapped, and `V` the voltage; currents are in units of
    the critical one, time in units of the inverse plasma frequency [@stewart1968; @mccumber1968]. The phase may lock
    to the drive, with mean voltages at multiples of `omega` (Shapiro steps), or move chaotically [@kautz1981]. The
    exponents add up to $-\beta$.

    **Arguments**: `beta` damping 0.2; `I` direct current 0.4; `A` strength 0.8 and `omega` angular frequency 0.5 of the
    alternating current.

    **Good values**: `I=0.4` chaotic; `I=0.6` on a Shapiro step; `I=0.8` quasi-periodic; `A=0` with `I=1.2` the plain
    ac Josephson effect.
    """

    beta: Any = param(0.2)
    I: Any = param(0.4)  # noqa: E741 - the symbol of the field
    A: Any = param(0.8)
    omega: Any = param(0.5)

    card: ClassVar = Card(
        title="Driven Josephson junction",
        equation=r"\dot\phi = V,\ \dot V = I - \sin\phi - \beta V + A \sin \omega t",
        field="physics",
        cite=("stewart1968", "mccumber1968", "kautz1981"),
        variables=("phi", "V"),
        units=("rad", ""),
        state=(0.33736, -0.69496),
        period=4 * math.pi,
        dt=4 * math.pi / 100,
        transient=300.0,
        unbounded=("phi",),
        tags=frozenset({"chaotic", "dissipative", "forced", "phases"}),
        presets={
            "chaotic": {"I": 0.4},
            "Shapiro step": {"I": 0.6},
            "quasi-periodic": {"I": 0.8},
            "undriven": {"A": 0.0, "I": 1.2},
        },
        known={"divergence": Known(-0.2, Source.EXACT, "-beta", 1e-13)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        phi, V = x
        return V, self.I - jnp.sin(phi) - self.beta * V + self.A * jnp.sin(self.omega * t)
