"""Sprott's simple chaotic flow, case J."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottJ"]


class SprottJ(Flow):
    r"""Sprott's case J: six terms, one quadratic, strong dissipation.

    $$\dot x = a z, \quad \dot y = -b y + z, \quad \dot z = -x + y + y^2$$

    The origin is the only fixed point. Case N is the same flow in other coordinates [@sprott1994, table I]. At `a=1.6`
    the default start escapes.

    **Arguments**: `a` 2, `b` 2.

    **Good values**: `a=2` chaotic; `a=2.5` periodic.
    """

    a: Any = param(2.0)
    b: Any = param(2.0)

    card: ClassVar = Card(
        title="Sprott J",
        equation=r"\dot x = a z,\ \dot y = -b y + z,\ \dot z = -x + y + y^2",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(8.5771, 0.74118, -0.69545),
        period=4.84,
        dt=0.06,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 2.0}, "periodic": {"a": 2.5}},
        known={
            "divergence": Known(-2.0, Source.EXACT, "-b", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "z = y = x = 0", 1e-12),
            "lyapunov": Known((0.076, 0.0, -2.076), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * z, -self.b * y + z, -x + y + y * y
