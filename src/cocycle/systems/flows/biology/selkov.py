"""Sel'kov's glycolytic oscillator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Selkov"]


class Selkov(Flow):
    r"""Sel'kov's model of glycolysis: the simplest oscillating pathway.

    $$\dot x = -x + a y + x^2 y, \quad \dot y = b - a y - x^2 y$$

    `x` is ADP and `y` fructose-6-phosphate, scaled [@selkov1968]. The steady state is $x = b$, $y = b/(a + b^2)$; it
    is unstable, and surrounded by a limit cycle, for $1 - 2a - \sqrt{1 - 8a} < 2 b^2 < 1 - 2a + \sqrt{1 - 8a}$
    [@strogatz1994, section 7.3].

    **Arguments**: `a` 0.08, the rate without activation; `b` 0.6, the supply.

    **Good values**: `b=0.6` oscillates; `b=1` spirals into the steady state.
    """

    a: Any = param(0.08)
    b: Any = param(0.6)

    card: ClassVar = Card(
        title="Sel'kov",
        equation=r"\dot x = -x + a y + x^2 y,\ \dot y = b - a y - x^2 y",
        field="biology",
        cite=("selkov1968", "strogatz1994"),
        variables=("x", "y"),
        state=(0.32172, 2.25936),
        period=9.62,
        dt=0.1,
        transient=80.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"oscillating": {"b": 0.6}, "steady": {"b": 1.0}},
        known={
            "fixed_points": Known(((0.6, 0.6 / 0.44),), Source.EXACT, "(b, b / (a + b^2))", 1e-13),
            "bifurcation:b": Known(
                ((1 - 0.16 + (1 - 0.64) ** 0.5) / 2) ** 0.5,
                Source.EXACT,
                "b^2 = (1 - 2 a + sqrt(1 - 8 a)) / 2, the upper Hopf",
                1e-13,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        reaction = self.a * y + x * x * y
        return reaction - x, self.b - reaction
