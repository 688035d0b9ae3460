"""Kapitza's pendulum."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["KapitzaPendulum"]


class KapitzaPendulum(Flow):
    r"""A pendulum whose pivot is shaken up and down: fast enough, it stands on its head.

    $$\dot\theta = v, \quad \dot v = -\gamma v - \frac{g - a \omega^2 \cos \omega t}{l} \sin\theta$$

    The angle is measured from the downward vertical; the pivot is at the height $a \cos \omega t$. To leading order in
    $a/l$ the upright position is stable for $a^2 \omega^2 > 2 g l$, and the pendulum swings slowly around it with the
    frequency $\sqrt{a^2 \omega^2 / 2 l^2 - g / l}$ [@kapitza1951; @landau1976, section 30]: by default 1, that is a
    period near $2\pi$ against $\pi/10$ of the shaking.

    **Arguments**: `g` gravity 1; `l` length 1; `a` amplitude 0.1 and `omega` angular frequency 20 of the shaking;
    `gamma` damping, 0.

    **Good values**: `omega=20` upright, quasi-periodic; `gamma=0.1` comes to rest upright.
    """

    g: Any = param(1.0)
    l: Any = param(1.0)  # noqa: E741 - the symbol of the field
    a: Any = param(0.1)
    omega: Any = param(20.0)
    gamma: Any = param(0.0)

    card: ClassVar = Card(
        title="Kapitza pendulum",
        equation=r"\dot\theta = v,\ \dot v = -\gamma v - \frac{g - a \omega^2 \cos \omega t}{l} \sin\theta",
        field="physics",
        cite=("kapitza1951", "landau1976"),
        variables=("theta", "v"),
        units=("rad", ""),
        state=(2.8, 0.0),
        period=6.74,
        dt=math.pi / 200,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "forced"}),
        presets={"upright": {"omega": 20.0}, "rest": {"gamma": 0.1}},
        known={
            "divergence": Known(0.0, Source.EXACT, "-gamma", 1e-13),
            "fixed_points": Known(
                ((0.0, 0.0), (math.pi, 0.0)), Source.EXACT, "hanging and upright, at all times", 1e-12
            ),
            "symmetry": Known((-1, -2), Source.EXACT, "mirror image", 1e-12),
        },
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        theta, v = x
        weight = self.g - self.a * self.omega * self.omega * jnp.cos(self.omega * t)
        return v, -self.gamma * v - weight / self.l * jnp.sin(theta)
