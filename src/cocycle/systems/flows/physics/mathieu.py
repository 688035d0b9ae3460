"""Mathieu's equation."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Mathieu"]


class Mathieu(Flow):
    r"""Mathieu's equation, the parametric oscillator: an ion in a Paul trap, a swing, an elliptic drum.

    $$\dot x = v, \quad \dot v = -(a - 2 q \cos 2t)\, x$$

    Linear, with tongues of instability that touch $q = 0$ at $a = 1, 4, 9, \dots$ [@mathieu1868]. In the stable
    regions the motion is a slow oscillation with a fast ripple. A quadrupole trap without static field has $a = 0$ and
    is stable up to $q = 0.908046$, where the characteristic value $b_1(q)$ vanishes [@paul1990].

    **Arguments**: `a` 0 and `q` 0.3, mean and modulation of the stiffness. Time is in units of the modulation over 2.

    **Good values**: `q=0.3` stable, quasi-periodic; `q=0.92` grows without limit; so does
    `a=1`, `q=0.1`, the main parametric resonance.
    """

    a: Any = param(0.0)
    q: Any = param(0.3)

    card: ClassVar = Card(
        title="Mathieu equation",
        equation=r"\dot x = v,\ \dot v = -(a - 2 q \cos(2 t)) x",
        field="physics",
        cite=("mathieu1868", "paul1990"),
        variables=("x", "v"),
        state=(1.0, 0.0),
        period=29.15,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "forced"}),
        presets={"trap": {"q": 0.3}, "adiabatic": {"q": 0.1}, "near the edge": {"q": 0.9}},
        known={
            "divergence": Known(0.0, Source.EXACT, "no friction", 1e-14),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin, at all times", 1e-14),
            "symmetry": Known((-1, -2), Source.EXACT, "linear", 1e-13),
            "bifurcation:q": Known(0.9080463337, Source.EXACT, "b_1(q) = 0, the edge of stability at a = 0", 1e-8),
        },
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return jnp.asarray(math.pi)

    def vector_field(self, t, x):
        x, v = x
        return v, -(self.a - 2 * self.q * jnp.cos(2 * t)) * x
