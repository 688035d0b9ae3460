"""Sprott's simple chaotic flow, case G."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottG"]


class SprottG(Flow):
    r"""Sprott's case G: six terms, one quadratic, two fixed points.

    $$\dot x = a x + z, \quad \dot y = x z - y, \quad \dot z = -x + y$$

    The fixed points are 0 and $(-1/a, -1/a, 1)$ [@sprott1994, table I].

    **Arguments**: `a`, 0.4.

    **Good values**: `a=0.4` chaotic; `a=0.3` periodic.
    """

    a: Any = param(0.4)

    card: ClassVar = Card(
        title="Sprott G",
        equation=r"\dot x = a x + z,\ \dot y = x z - y,\ \dot z = -x + y",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.27137, -0.44328, 0.89961),
        period=5.8,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.4}, "periodic": {"a": 0.3}},
        known={
            "divergence": Known(-0.6, Source.EXACT, "a - 1", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0), (-2.5, -2.5, 1.0)), Source.EXACT, "0 and (-1/a, -1/a, 1)", 1e-12),
            "lyapunov": Known((0.034, 0.0, -0.634), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * x + z, x * z - y, -x + y
