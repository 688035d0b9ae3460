"""The Lengyel-Epstein model of the CDIMA reaction."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LengyelEpstein"]


class LengyelEpstein(Flow):
    r"""Lengyel and Epstein's two-variable model of the chlorine dioxide-iodine-malonic acid reaction.

    $$\dot x = a - x - \frac{4 x y}{1 + x^2}, \quad \dot y = b x (1 - \frac{y}{1 + x^2})$$

    `x` is the scaled concentration of iodide, `y` that of chlorite. The steady state is $x = a/5$, $y = 1 + x^2$; it
    is unstable, with a limit cycle around it, for $b < 3a/5 - 25/a$ [@lengyel1990; @strogatz1994, section 8.3].

    **Arguments**: `a` 10, the feed; `b` 2, the ratio of the rates.

    **Good values**: `b=2` oscillates; `b=4` spirals into the steady state.
    """

    a: Any = param(10.0)
    b: Any = param(2.0)

    card: ClassVar = Card(
        title="Lengyel-Epstein",
        equation=r"\dot x = a - x - \frac{4 x y}{1 + x^2},\ \dot y = b x (1 - \frac{y}{1 + x^2})",
        field="chemistry",
        cite=("lengyel1990", "strogatz1994"),
        variables=("x", "y"),
        state=(3.17017, 5.5594),
        period=3.26,
        dt=0.03,
        transient=60.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"b": 2.0}, "steady": {"b": 4.0}},
        known={
            "fixed_points": Known(((2.0, 5.0),), Source.EXACT, "x = a/5, y = 1 + x^2", 1e-13),
            "bifurcation:b": Known(3.5, Source.EXACT, "3 a/5 - 25/a, Hopf of the steady state", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        rate = x / (1 + x * x)
        return self.a - x - 4 * y * rate, self.b * (x - y * rate)
