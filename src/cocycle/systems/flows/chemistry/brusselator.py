"""The Brusselator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Brusselator"]


class Brusselator(Flow):
    r"""Prigogine and Lefever's Brusselator: the simplest scheme of reactions with a chemical oscillation.

    $$\dot x = a - (b + 1) x + x^2 y, \quad \dot y = b x - x^2 y$$

    `x` and `y` are scaled concentrations of the two intermediates. The steady state $(a, b/a)$ loses stability in a
    supercritical Hopf bifurcation at $b = 1 + a^2$; beyond it there is one stable limit cycle, round near the onset
    and a relaxation oscillation for large `b` [@prigogine1968].

    **Arguments**: `a` 1 and `b` 3: the concentrations of the feeds.

    **Good values**: `b=3` oscillates; `b=1.5` settles on the steady state; `b=8` relaxation oscillation.
    """

    a: Any = param(1.0)
    b: Any = param(3.0)

    card: ClassVar = Card(
        title="Brusselator",
        equation=r"\dot x = a - (b + 1) x + x^2 y,\ \dot y = b x - x^2 y",
        field="chemistry",
        cite=("prigogine1968",),
        variables=("x", "y"),
        state=(0.451134, 4.43715),
        period=7.16,
        dt=0.05,
        transient=60.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"oscillating": {"b": 3.0}, "relaxation": {"b": 8.0}, "steady": {"b": 1.5}},
        known={
            "fixed_points": Known(((1.0, 3.0),), Source.EXACT, "(a, b/a)", 1e-13),
            "bifurcation:b": Known(2.0, Source.EXACT, "1 + a^2, Hopf of the steady state", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        reaction = x * x * y
        return self.a - (self.b + 1) * x + reaction, self.b * x - reaction
