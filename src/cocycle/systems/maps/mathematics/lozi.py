"""Lozi's map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Lozi"]


class Lozi(Map):
    r"""Henon's map with the parabola replaced by a tent: a strange attractor that can be proved.

    $$x_{n+1} = 1 - a |x_n| + y_n, \quad y_{n+1} = b x_n$$

    Lozi's parameters [@lozi1978]; exponents in [@sprott2003, appendix A]. Misiurewicz proved that the attractor is
    hyperbolic but for the kink, for an open set of parameters that contains them [@misiurewicz1980].

    **Arguments**: `a`, the fold, 1.7; `b`, the contraction, 0.5.

    **Good values**: `a=1.7` chaotic; `a=0.4` fixed point.
    """

    a: Any = param(1.7)
    b: Any = param(0.5)

    card: ClassVar = Card(
        title="Lozi map",
        equation=r"x_{n+1} = 1 - a |x_n| + y_n,\ y_{n+1} = b x_n",
        field="mathematics",
        cite=("lozi1978", "misiurewicz1980", "sprott2003"),
        variables=("x", "y"),
        state=(-0.44978, 0.36503),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "piecewise"}),
        presets={"chaotic": {"a": 1.7}, "fixed point": {"a": 0.4}},
        known={
            "determinant": Known(-0.5, Source.EXACT, "-b", 1e-14),
            "fixed_points": Known(
                ((1 / 2.2, 0.5 / 2.2), (-1 / 1.2, -0.5 / 1.2)),
                Source.EXACT,
                "x = 1 / (1 + a - b) and 1 / (1 - a - b), y = b x",
                1e-14,
            ),
            "lyapunov": Known((0.47023, -1.16338), Source.PAPER, "sprott2003, appendix A", 5e-4),
            "lyapunov_sum": Known(math.log(0.5), Source.EXACT, "ln b", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return 1 - self.a * jnp.abs(x) + y, self.b * x
