"""Holmes's cubic map, the Duffing map."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["HolmesCubic"]

_OUTER = 1.57**0.5


class HolmesCubic(Map):
    r"""Holmes's cubic map, a caricature of the Poincare map of the forced Duffing oscillator; also called Duffing map.

    $$x_{n+1} = y_n, \quad y_{n+1} = -b x_n + d y_n - y_n^3$$

    Odd, so attractors are symmetric or come in pairs [@holmes1979]. Exponents in [@sprott2003, appendix A]. The origin
    loses stability at $d = 1 + b$, the pair $\pm\sqrt{d - 1 - b}$ at $d = 2 (1 + b)$.

    **Arguments**: `b`, the determinant, 0.2; `d`, the slope, 2.77.

    **Good values**: `d=2.77` chaotic; `d=2.5` period 2; `d=2` fixed point.
    """

    b: Any = param(0.2)
    d: Any = param(2.77)

    card: ClassVar = Card(
        title="Holmes cubic map (Duffing map)",
        equation=r"x_{n+1} = y_n,\ y_{n+1} = -b x_n + d y_n - y_n^3",
        field="mathematics",
        cite=("holmes1979", "sprott2003"),
        variables=("x", "y"),
        state=(0.064835, -0.14732),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "polynomial"}),
        presets={"chaotic": {"d": 2.77}, "period 2": {"d": 2.5}, "fixed point": {"d": 2.0}},
        known={
            "determinant": Known(0.2, Source.EXACT, "b", 1e-14),
            "fixed_points": Known(
                ((0.0, 0.0), (_OUTER, _OUTER), (-_OUTER, -_OUTER)),
                Source.EXACT,
                "x = y, 0 and +-sqrt(d - 1 - b)",
                1e-14,
            ),
            "symmetry": Known((-1, -2), Source.EXACT, "(x, y) -> (-x, -y)", 1e-13),
            "lyapunov": Known((0.59458, -2.20402), Source.PAPER, "sprott2003, appendix A", 5e-4),
            "lyapunov_sum": Known(math.log(0.2), Source.EXACT, "ln b", 1e-9),
            "bifurcation:d": Known(2.4, Source.EXACT, "the outer fixed points double their period at 2 (1 + b)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return y, -self.b * x + self.d * y - y * y * y
