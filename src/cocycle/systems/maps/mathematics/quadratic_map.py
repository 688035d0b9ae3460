"""The quadratic map."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["QuadraticMap"]


class QuadraticMap(Map):
    r"""The quadratic map of [-1, 1], the normal form of the logistic one; at `a = 2` Ulam's map.

    $$x_{n+1} = 1 - a x_n^2$$

    At `a = 2` the invariant density is $1 / (\pi\sqrt{1 - x^2})$ [@ulam1947] and the exponent $\ln 2$. The fixed point
    doubles its period at $a = 3/4$, the doublings end at $a \approx 1.401155$, and a cycle of three appears at
    $a = 7/4$ [@may1976, in the logistic form, with $a = r (r - 2) / 4$].

    **Arguments**: `a`, the fold, 2; orbits stay in [-1, 1] for $0 \le a \le 2$.

    **Good values**: `a=2` chaotic; `a=1.76` period 3; `a=1.3` period 4; `a=0.9` period 2; `a=0.5` fixed point.
    """

    a: Any = param(2.0)

    card: ClassVar = Card(
        title="Quadratic map",
        equation=r"x_{n+1} = 1 - a x_n^2",
        field="mathematics",
        cite=("ulam1947", "may1976"),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "polynomial"}),
        presets={
            "chaotic": {"a": 2.0},
            "period 3": {"a": 1.76},
            "period 4": {"a": 1.3},
            "period 2": {"a": 0.9},
            "fixed point": {"a": 0.5},
        },
        known={
            "fixed_points": Known(((0.5,), (-1.0,)), Source.EXACT, "(-1 +- sqrt(1 + 4a)) / (2a)", 1e-14),
            "lyapunov": Known((math.log(2),), Source.EXACT, "conjugate to the tent map at a = 2", 5e-3),
            "bifurcation:a": Known(0.75, Source.EXACT, "the fixed point doubles its period", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return 1 - self.a * x * x
