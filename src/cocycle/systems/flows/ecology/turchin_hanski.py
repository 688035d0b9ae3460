"""Turchin and Hanski's voles and weasels."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["TurchinHanski"]


class TurchinHanski(Flow):
    r"""Turchin and Hanski's voles with specialist and generalist predators, in a climate with seasons.

    $$\dot n = r n (1 - e \sin 2 \pi t) - r n^2 - \frac{g n^2}{n^2 + h^2} - \frac{a n p}{n + d}, \quad
    \dot p = s p (1 - e \sin 2 \pi t) - \frac{s p^2}{n}$$

    `n` and `p` are voles and weasels, scaled with the capacity of the land; time in years. With few generalist
    predators, as in northern Fennoscandia, the populations cycle irregularly over several years; many of them, as in
    the south, damp the cycles [@turchin1997]. The defaults are the chaotic case of [@toker2020simple].

    **Arguments**: `r` 6 and `s` 1.25 per year: growth of voles and weasels; `e` 1: the seasons; `g` 0 and `h` 0.08:
    generalists; `a` 10 and `d` 0.04: weasels.

    **Good values**: `g=0` chaotic, the north; `g=0.5` locked to the year.
    """

    r: Any = param(6.0)
    e: Any = param(1.0)
    g: Any = param(0.0)
    h: Any = param(0.08)
    a: Any = param(10.0)
    d: Any = param(0.04)
    s: Any = param(1.25)

    card: ClassVar = Card(
        title="Voles and weasels (Turchin-Hanski)",
        equation=(
            r"\dot n = r n (1 - e \sin 2 \pi t) - r n^2 - \frac{g n^2}{n^2 + h^2} - \frac{a n p}{n + d},\ "
            r"\dot p = s p (1 - e \sin 2 \pi t) - \frac{s p^2}{n}"
        ),
        field="ecology",
        cite=("turchin1997", "toker2020simple"),
        variables=("n", "p"),
        state=(0.269803, 0.0189937),
        period=4.0,
        dt=0.02,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "forced"}),
        presets={"north": {"g": 0.0}, "south": {"g": 0.5}},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 1.0

    def vector_field(self, t, x):
        n, p = x
        season = 1 - self.e * jnp.sin(2 * jnp.pi * t)
        generalists = self.g * n * n / (n * n + self.h * self.h)
        specialists = self.a * n * p / (n + self.d)
        return self.r * n * (season - n) - generalists - specialists, self.s * p * (season - p / n)
