"""Sprott's simple chaotic flow, case O."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottO"]


class SprottO(Flow):
    r"""Sprott's case O: chaos in a small basin around the origin.

    $$\dot x = y, \quad \dot y = x - z, \quad \dot z = x + x z + a y$$

    The fixed points are 0 and $(-1, 0, -1)$; the divergence is `x`, so that it dissipates only on average [@sprott1994,
    table I]. At `a=2.6` the default start escapes.

    **Arguments**: `a`, 2.7.

    **Good values**: `a=2.7` chaotic; `a=2.9` periodic.
    """

    a: Any = param(2.7)

    card: ClassVar = Card(
        title="Sprott O",
        equation=r"\dot x = y,\ \dot y = x - z,\ \dot z = x + x z + a y",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-0.42805, -0.66049, -0.69414),
        period=4.89,
        dt=0.06,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 2.7}, "periodic": {"a": 2.9}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0), (-1.0, 0.0, -1.0)), Source.EXACT, "0 and (-1, 0, -1)", 1e-12),
            "lyapunov": Known((0.049, 0.0, -0.319), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, x - z, x + x * z + self.a * y
