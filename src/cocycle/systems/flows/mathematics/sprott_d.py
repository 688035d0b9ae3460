"""Sprott's simple chaotic flow, case D."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottD"]


class SprottD(Flow):
    r"""Sprott's case D: two quadratic terms in one equation, a degenerate fixed point at the origin.

    $$\dot x = -y, \quad \dot y = x + z, \quad \dot z = x z + a y^2$$

    The divergence is `x`: it dissipates only on average [@sprott1994, table I].

    **Arguments**: `a`, 3.

    **Good values**: `a=3` chaotic; `a=1.5` periodic.
    """

    a: Any = param(3.0)

    card: ClassVar = Card(
        title="Sprott D",
        equation=r"\dot x = -y,\ \dot y = x + z,\ \dot z = x z + a y^2",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-0.2723, 0.3672, 0.8188),
        period=5.5,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 3.0}, "periodic": {"a": 1.5}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "y = 0, x = -z, x z = 0", 1e-12),
            "lyapunov": Known((0.103, 0.0, -1.32), Source.PAPER, "sprott1994, table I", 4e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -y, x + z, x * z + self.a * y * y
