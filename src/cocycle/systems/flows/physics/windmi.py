"""The WINDMI attractor."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Windmi"]


class Windmi(Flow):
    r"""The WINDMI attractor: the solar wind and the magnetosphere, reduced to one third-order equation.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = -a z - y + b - e^x$$

    The reduced form of the WINDMI model of substorms [@horton2001; @sprott2003, appendix A]: `b` is the voltage of the
    solar wind, `y` (up to a sign) the current in the tail of the magnetosphere. The only fixed point, $x = \ln b$,
    loses stability in a Hopf bifurcation at $b = a$.

    **Arguments**: `a` the damping, 0.7; `b` the drive, 2.5.

    **Good values**: `b=2.5` chaotic; `b=1` periodic; `b=0.5` steady.
    """

    a: Any = param(0.7)
    b: Any = param(2.5)

    card: ClassVar = Card(
        title="WINDMI",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = -a z - y + b - e^x",
        field="physics",
        cite=("horton2001", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-15.277, -2.7558, 8.1419),
        period=5.8,
        dt=0.06,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"b": 2.5}, "periodic": {"b": 1.0}, "steady": {"b": 0.5}},
        known={
            "divergence": Known(-0.7, Source.EXACT, "-a", 1e-13),
            "fixed_points": Known(((math.log(2.5), 0.0, 0.0),), Source.EXACT, "x = ln b", 1e-13),
            "bifurcation:b": Known(0.7, Source.EXACT, "Hopf of the fixed point, b = a", 1e-13),
            "lyapunov": Known((0.0755, 0.0, -0.7755), Source.PAPER, "sprott2003, appendix A", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, -self.a * z - y + self.b - jnp.exp(x)
