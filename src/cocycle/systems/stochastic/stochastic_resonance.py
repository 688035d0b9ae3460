"""Stochastic resonance."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Status, StochasticFlow, param

__all__ = ["StochasticResonance"]


class StochasticResonance(StochasticFlow):
    r"""A noisy double well, rocked too weakly to switch by itself: noise of the right strength carries the signal.

    $$dx = (a x - b x^3 + A \cos \Omega t)\,dt + \sqrt{2 D}\,dW$$

    Without noise the particle stays in its well while $A < \sqrt{4 a^3 / (27 b)}$, 0.385 here. The response is largest
    where the mean time between jumps is about half a period of the forcing, with Kramers's rate
    $\frac{a}{\sqrt2 \pi} e^{-a^2/(4 b D)}$ [@gammaitoni1998, section II]. The equation depends on time with period
    $2\pi/\Omega$ (`forcing_period`).

    **Arguments**: `a` 1 and `b` 1, the wells; `A` amplitude 0.2 and `Omega` angular frequency 0.02 of the forcing; `D`
    strength of the noise, 0.1.

    **Good values**: `D=0.1` jumps in step with the forcing; `D=0.03` hardly any; `D=0.5` jumps at random.
    """

    a: Any = param(1.0)
    b: Any = param(1.0)
    A: Any = param(0.2)
    Omega: Any = param(0.02)
    D: Any = param(0.1)

    card: ClassVar = Card(
        title="Stochastic resonance",
        equation=r"dx = (a x - b x^3 + A \cos \Omega t)\,dt + \sqrt{2 D}\,dW",
        field="physics",
        cite=("gammaitoni1998",),
        variables=("x",),
        state=(1.0,),
        period=6.0,
        dt=0.1,
        transient=100 * math.pi,
        tags=frozenset({"forced", "polynomial"}),
        presets={"resonant": {"D": 0.1}, "too quiet": {"D": 0.03}, "too noisy": {"D": 0.5}},
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.Omega

    def drift(self, t, x):
        return x * (self.a - self.b * x * x) + self.A * jnp.cos(self.Omega * t)

    def diffusion(self, t, x):
        del t, x
        return jnp.reshape(jnp.sqrt(2 * self.D), (1, 1))
