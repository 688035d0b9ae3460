"""The Bickley jet with Rossby waves."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["BickleyJet"]


class BickleyJet(Flow):
    r"""A particle in the stratospheric jet around the pole, bent by two Rossby waves.

    $$\dot x = U s\,(1 + 2 h\,[\epsilon_2 \cos(k_2 x - \sigma t) + \epsilon_3 \cos(k_3 x)]) - U c_3, \quad
    \dot y = -U L s\,[\epsilon_2 k_2 \sin(k_2 x - \sigma t) + \epsilon_3 k_3 \sin(k_3 x)]$$
    $$h = \tanh(y/L), \quad s = 1 - h^2, \quad k_2 = \frac{4}{r_0}, \quad k_3 = \frac{6}{r_0}, \quad
    \sigma = k_2 (c_2 - c_3) U$$

    The stream function is $U[c_3 y - L h + L s(\epsilon_2 \cos(k_2 x - \sigma t) + \epsilon_3 \cos k_3 x)]$, in the
    frame of the third wave, where the flow is periodic in time: a jet of Bickley's profile, eastward along $y = 0$,
    between chaotic zones with vortices. The core of the jet is a barrier that particles do not cross
    [@rypina2007; @delcastillo1993]. `x` has the period $\pi r_0$ and is not wrapped.

    **Arguments**, in megametres (Mm) and days: `U` speed 5.413824 (62.66 m/s); `L` width 1.77; `r0` radius of the Earth
    6.371; `epsilon2` 0.1 and `epsilon3` 0.3 amplitudes, `c2` 0.205 and `c3` 0.461 speeds (relative to `U`) of the
    waves.

    **Good values**: the defaults, chaotic; `epsilon2=0` steady.
    """

    U: Any = param(62.66 * 0.0864)
    L: Any = param(1.77)
    r0: Any = param(6.371)
    epsilon2: Any = param(0.1)
    epsilon3: Any = param(0.3)
    c2: Any = param(0.205)
    c3: Any = param(0.461)

    card: ClassVar = Card(
        title="Bickley jet",
        equation=(
            r"\dot x = U s (1 + 2 h (\epsilon_2 \cos(k_2 x - \sigma t) + \epsilon_3 \cos(k_3 x))) - U c_3,\ "
            r"\dot y = -U L s (\epsilon_2 k_2 \sin(k_2 x - \sigma t) + \epsilon_3 k_3 \sin(k_3 x)),\ "
            r"h = \tanh(y / L),\ s = 1 - h^2,\ k_2 = \frac{4}{r_0},\ k_3 = \frac{6}{r_0},\ "
            r"\sigma = k_2 (c_2 - c_3) U"
        ),
        field="fluids",
        cite=("rypina2007", "delcastillo1993"),
        variables=("x", "y"),
        units=("Mm", "Mm"),
        state=(0.0, 2.5),
        period=2 * math.pi / (4 / 6.371 * 0.256 * 62.66 * 0.0864),
        dt=0.05,
        transient=0.0,
        unbounded=("x",),
        tags=frozenset({"chaotic", "conservative", "forced"}),
        presets={"two waves": {"epsilon2": 0.1}, "steady": {"epsilon2": 0.0}},
        known={"divergence": Known(0.0, Source.EXACT, "incompressible", 1e-12)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return jnp.abs(2 * jnp.pi / (4 / self.r0 * (self.c2 - self.c3) * self.U))

    def vector_field(self, t, x):
        x, y = x
        U, k2, k3 = self.U, 4 / self.r0, 6 / self.r0
        second, third = k2 * x - k2 * (self.c2 - self.c3) * U * t, k3 * x
        h = jnp.tanh(y / self.L)
        s = 1 - h * h
        wave = self.epsilon2 * jnp.cos(second) + self.epsilon3 * jnp.cos(third)
        slope = self.epsilon2 * k2 * jnp.sin(second) + self.epsilon3 * k3 * jnp.sin(third)
        return U * s * (1 + 2 * h * wave) - U * self.c3, -U * self.L * s * slope
