"""Sprott's simple chaotic flow, case Q."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottQ"]


class SprottQ(Flow):
    r"""Sprott's case Q: six terms, two fixed points.

    $$\dot x = -z, \quad \dot y = x - y, \quad \dot z = a x + y^2 + b z$$

    The fixed points are 0 and $(-a, -a, 0)$ [@sprott1994, table I]. At `a=2.9` the default start escapes.

    **Arguments**: `a` 3.1, `b` 0.5.

    **Good values**: `a=3.1` chaotic; `a=4` periodic.
    """

    a: Any = param(3.1)
    b: Any = param(0.5)

    card: ClassVar = Card(
        title="Sprott Q",
        equation=r"\dot x = -z,\ \dot y = x - y,\ \dot z = a x + y^2 + b z",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-2.6449, -3.8472, -3.0156),
        period=3.75,
        dt=0.05,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 3.1}, "periodic": {"a": 4.0}},
        known={
            "divergence": Known(-0.5, Source.EXACT, "b - 1", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0), (-3.1, -3.1, 0.0)), Source.EXACT, "0 and (-a, -a, 0)", 1e-12),
            "lyapunov": Known((0.109, 0.0, -0.609), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -z, x - y, self.a * x + y * y + self.b * z
