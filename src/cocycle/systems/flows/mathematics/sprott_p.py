"""Sprott's simple chaotic flow, case P."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottP"]


class SprottP(Flow):
    r"""Sprott's case P: chaos in a small basin around the origin.

    $$\dot x = a y + z, \quad \dot y = -x + y^2, \quad \dot z = x + y$$

    The fixed points are 0 and $(1, -1, a)$; the divergence is `2 y`, so that it dissipates only on average
    [@sprott1994, table I]. At `a=2.6` the default start escapes.

    **Arguments**: `a`, 2.7.

    **Good values**: `a=2.7` chaotic; `a=2.9` periodic.
    """

    a: Any = param(2.7)

    card: ClassVar = Card(
        title="Sprott P",
        equation=r"\dot x = a y + z,\ \dot y = -x + y^2,\ \dot z = x + y",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.62913, -0.93599, 2.1291),
        period=5.53,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 2.7}, "periodic": {"a": 2.9}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0), (1.0, -1.0, 2.7)), Source.EXACT, "0 and (1, -1, a)", 1e-12),
            "lyapunov": Known((0.087, 0.0, -0.481), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * y + z, -x + y * y, x + y
