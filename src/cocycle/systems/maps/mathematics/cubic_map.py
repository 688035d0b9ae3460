"""The cubic map."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["CubicMap"]

_OUTER = (2 / 3) ** 0.5


class CubicMap(Map):
    r"""The odd cubic map of an interval: two humps, and two attractors that merge.

    $$x_{n+1} = a x_n (1 - x_n^2)$$

    Orbits stay in $|x| \le 2/\sqrt 3$ for $0 \le a \le 3$. The pair $\pm\sqrt{1 - 1/a}$ is stable for $1 < a < 2$. At
    `a = 3` the map is conjugate to Chebyshev's cubic, so its exponent is $\ln 3$ [@sprott2003, appendix A].

    **Arguments**: `a`, the slope at 0, 3.

    **Good values**: `a=3` chaotic; `a=2.2` period 2; `a=1.7` one of two fixed points.
    """

    a: Any = param(3.0)

    card: ClassVar = Card(
        title="Cubic map",
        equation=r"x_{n+1} = a x_n (1 - x_n^2)",
        field="mathematics",
        cite=("sprott2003",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "polynomial"}),
        presets={"chaotic": {"a": 3.0}, "period 2": {"a": 2.2}, "fixed point": {"a": 1.7}},
        known={
            "fixed_points": Known(((0.0,), (_OUTER,), (-_OUTER,)), Source.EXACT, "0 and +-sqrt(1 - 1/a)", 1e-14),
            "symmetry": Known((-1,), Source.EXACT, "x -> -x", 1e-14),
            "lyapunov": Known((math.log(3),), Source.EXACT, "x = 2 cos(u) / sqrt(3) turns it into u -> 3u + pi", 5e-3),
            "bifurcation:a": Known(
                2.0, Source.EXACT, "the outer fixed points double their period: slope 3 - 2a", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.a * x * (1 - x * x)
