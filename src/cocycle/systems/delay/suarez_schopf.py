"""The delayed oscillator of El Nino."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["SuarezSchopf"]

_REST = 0.25**0.5


class SuarezSchopf(DelayFlow):
    r"""El Nino as a delayed oscillator: warm water feeds itself at once and calls up cold water that arrives late.

    $$\dot T = T - T^3 - \alpha T_\delta, \quad T_\delta = T(t - \delta)$$

    `T` is the temperature anomaly in the east Pacific; the delay is the time that Rossby and Kelvin waves take to the
    western shore and back [@suarez1988]. The outer states $\pm\sqrt{1 - \alpha}$ lose stability when the delay exceeds
    $\arccos((3\alpha - 2)/\alpha) / \sqrt{\alpha^2 - (3 \alpha - 2)^2}$, for $\alpha > 1/2$.

    **Arguments**: `alpha`, the strength of the delayed effect, 0.75; `delta`, the delay, 6.

    **Good values**: `delta=6` periodic; `delta=1` at rest.
    """

    alpha: Any = param(0.75)
    delta: Any = param(6.0)

    card: ClassVar = Card(
        title="Suarez-Schopf delayed oscillator",
        equation=r"\dot T = T - T^3 - \alpha T_\delta,\ T_\delta = T(t - \delta)",
        field="climate",
        cite=("suarez1988",),
        variables=("T",),
        state=(1.0462,),
        period=16.2,
        dt=0.15,
        transient=200.0,
        tags=frozenset({"periodic", "autonomous", "delay", "dissipative", "polynomial"}),
        presets={"periodic": {"delta": 6.0}, "fixed point": {"delta": 1.0}},
        known={
            "fixed_points": Known(((0.0,), (_REST,), (-_REST,)), Source.EXACT, "0 and +-sqrt(1 - alpha)", 1e-14),
            "symmetry": Known((-1,), Source.EXACT, "T -> -T", 1e-14),
            "bifurcation:delta": Known(
                math.acos(0.25 / 0.75) / (0.75**2 - 0.25**2) ** 0.5,
                Source.EXACT,
                "Hopf of the outer states",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.delta, (1,))

    def vector_field(self, t, x, delayed):
        del t
        return x - x * x * x - self.alpha * delayed[0]
