"""Schnakenberg's reaction."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Schnakenberg"]


class Schnakenberg(Flow):
    r"""Schnakenberg's reaction: the simplest trimolecular scheme that oscillates.

    $$\dot x = a - x + x^2 y, \quad \dot y = b - x^2 y$$

    `x` and `y` are scaled concentrations. The steady state is $(a + b, b/(a + b)^2)$; it is unstable where $b - a >
    (a + b)^3$ and then surrounded by a limit cycle [@schnakenberg1979].

    **Arguments**: `a` 0.1 and `b` 0.5: the feeds.

    **Good values**: `b=0.5` oscillates; `b=1.2` is steady.
    """

    a: Any = param(0.1)
    b: Any = param(0.5)

    card: ClassVar = Card(
        title="Schnakenberg",
        equation=r"\dot x = a - x + x^2 y,\ \dot y = b - x^2 y",
        field="chemistry",
        cite=("schnakenberg1979",),
        variables=("x", "y"),
        state=(0.694605, 0.431351),
        period=12.5,
        dt=0.1,
        transient=100.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"oscillating": {"b": 0.5}, "steady": {"b": 1.2}},
        known={
            "fixed_points": Known(((0.6, 0.5 / 0.36),), Source.EXACT, "(a + b, b / (a + b)^2)", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        reaction = x * x * y
        return self.a - x + reaction, self.b - reaction
