"""The damped driven pendulum."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["DrivenPendulum"]


class DrivenPendulum(Flow):
    r"""A damped pendulum under a periodic torque: the textbook road to chaos in mechanics.

    $$\dot\theta = v, \quad \dot v = -\frac{v}{q} - \sin\theta + g \cos \omega t$$

    The angle is measured from the downward vertical and not wrapped; it diffuses where the motion is chaotic. At
    $q = 2$, $\omega = 2/3$ the swing is symmetric and periodic for small torques, loses its symmetry, doubles its
    period and is chaotic from about $g = 1.08$ on, with windows [@baker1996]. The exponents add up to
    $-1/q$.

    **Arguments**: `q` quality factor, 2; `g` strength 1.5 and `omega` angular frequency 2/3 of the torque, relative to
    that of small swings.

    **Good values**: `g=1.5` and `g=1.15` chaotic; `g=0.9` periodic; `g=1.35` periodic, rotating;
    `DrivenPendulum.preset("weakly damped")` chaotic [@sprott2003, appendix A].
    """

    q: Any = param(2.0)
    g: Any = param(1.5)
    omega: Any = param(2 / 3)

    card: ClassVar = Card(
        title="Damped driven pendulum",
        equation=r"\dot\theta = v,\ \dot v = -\frac{v}{q} - \sin\theta + g \cos \omega t",
        field="physics",
        cite=("baker1996", "sprott2003"),
        variables=("theta", "v"),
        units=("rad", ""),
        state=(-0.051383, 1.4303),
        period=3 * math.pi,
        dt=3 * math.pi / 100,
        transient=30 * math.pi,
        unbounded=("theta",),
        tags=frozenset({"chaotic", "dissipative", "forced"}),
        presets={
            "chaotic": {"g": 1.5},
            "periodic": {"g": 0.9},
            "rotating": {"g": 1.35},
            "weakly damped": {"q": 20.0, "g": 0.6, "omega": 0.7},
        },
        known={"divergence": Known(-0.5, Source.EXACT, "-1/q", 1e-13)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        theta, v = x
        return v, -v / self.q - jnp.sin(theta) + self.g * jnp.cos(self.omega * t)
