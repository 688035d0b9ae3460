"""Oscillating convection rolls."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SolomonGollub"]


class SolomonGollub(Flow):
    r"""A particle in a row of convection rolls that swing sideways: chaotic transport from roll to roll.

    $$\dot x = -\frac{\pi A}{k} \sin(k \xi) \cos(\pi z), \quad \dot z = A \cos(k \xi) \sin(\pi z), \quad
    \xi = x + B \sin \omega t$$

    The stream function is $(A/k) \sin(k\xi) \sin(\pi z)$, with free-slip walls at $z = 0$ and $1$ that the particle
    never crosses. Steady rolls ($B = 0$) keep every particle; swinging ones, as beyond the even oscillatory instability
    of Rayleigh-Benard convection, stir along their borders, and the particle diffuses along the row
    [@solomon1988; @camassa1991].

    **Arguments**: `A` largest vertical speed 1; `k` wavenumber $\pi$ (square rolls); `B` 0.1 amplitude and `omega` 2
    angular frequency of the swing.

    **Good values**: `B=0.1` chaotic between the rolls, regular in their cores; `B=0` steady.
    """

    A: Any = param(1.0)
    k: Any = param(math.pi)
    B: Any = param(0.1)
    omega: Any = param(2.0)

    card: ClassVar = Card(
        title="Solomon-Gollub oscillating rolls",
        equation=(
            r"\dot x = -\frac{\pi A}{k} \sin(k \xi) \cos(\pi z),\ \dot z = A \cos(k \xi) \sin(\pi z),\ "
            r"\xi = x + B \sin \omega t"
        ),
        field="fluids",
        cite=("solomon1988", "camassa1991"),
        variables=("x", "z"),
        state=(0.05, 0.5),
        period=math.pi,
        dt=0.03,
        transient=0.0,
        unbounded=("x",),
        tags=frozenset({"chaotic", "conservative", "forced"}),
        presets={"swinging": {"B": 0.1}, "steady": {"B": 0.0}},
        known={"divergence": Known(0.0, Source.EXACT, "incompressible", 1e-12)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, z = x
        phase = self.k * (x + self.B * jnp.sin(self.omega * t))
        return (
            -jnp.pi * self.A / self.k * jnp.sin(phase) * jnp.cos(jnp.pi * z),
            self.A * jnp.cos(phase) * jnp.sin(jnp.pi * z),
        )
