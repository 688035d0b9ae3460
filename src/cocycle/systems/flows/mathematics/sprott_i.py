"""Sprott's simple chaotic flow, case I."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottI"]


class SprottI(Flow):
    r"""Sprott's case I: weak chaos around a single fixed point.

    $$\dot x = -a y, \quad \dot y = x + z, \quad \dot z = x + y^2 - z$$

    The origin is the only fixed point; its exponent is the smallest of the search [@sprott1994, table I].

    **Arguments**: `a`, 0.2.

    **Good values**: `a=0.2` chaotic; `a=0.15` periodic.
    """

    a: Any = param(0.2)

    card: ClassVar = Card(
        title="Sprott I",
        equation=r"\dot x = -a y,\ \dot y = x + z,\ \dot z = x + y^2 - z",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-0.0016556, 0.27821, 0.088454),
        period=10.9,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.2}, "periodic": {"a": 0.15}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "y = 0, x = -z, 2 x = 0", 1e-12),
            "lyapunov": Known((0.012, 0.0, -1.012), Source.PAPER, "sprott1994, table I", 1e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -self.a * y, x + z, x + y * y - z
