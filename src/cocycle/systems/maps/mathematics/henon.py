"""Henon's 1976 map."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Henon"]

_FIXED = tuple((x, 0.3 * x) for x in ((-0.7 + s * (0.49 + 4 * 1.4) ** 0.5) / 2.8 for s in (1, -1)))


class Henon(Map):
    r"""Henon's map of the plane: a strange attractor from stretching and folding.

    $$x_{n+1} = 1 - a x_n^2 + y_n, \quad y_{n+1} = b x_n$$

    Areas shrink by the constant factor $|b|$ a step. The basin of the attractor is bounded: starts far away escape to
    infinity, and beyond about `a = 1.427` (at `b = 0.3`) no attractor is left [@henon1976, for the map].

    **Arguments**: `a`, the fold, 1.4; `b`, the contraction, 0.3.

    Exponents in [@sprott2003, appendix A].

    **Good values**: `a=1.4` chaotic; `a=1.0` period 4; `a=0.3` fixed point.
    """

    a: Any = param(1.4)
    b: Any = param(0.3)

    card: ClassVar = Card(
        title="Henon map",
        equation=r"x_{n+1} = 1 - a x_n^2 + y_n,\ y_{n+1} = b x_n",
        field="mathematics",
        cite=("henon1976", "sprott2003"),
        variables=("x", "y"),
        state=(0.3357, 0.2008),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "invertible", "polynomial"}),
        presets={"chaotic": {"a": 1.4}, "period 4": {"a": 1.0}, "fixed point": {"a": 0.3}},
        known={
            "determinant": Known(-0.3, Source.EXACT, "-b", 1e-14),
            "fixed_points": Known(_FIXED, Source.EXACT, "a x^2 + (1 - b) x - 1 = 0, y = b x", 1e-14),
            "lyapunov": Known((0.41922, -1.62319), Source.PAPER, "sprott2003, appendix A", 3e-3),
            "lyapunov_sum": Known(math.log(0.3), Source.EXACT, "ln b", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return 1 - self.a * x * x + y, self.b * x
