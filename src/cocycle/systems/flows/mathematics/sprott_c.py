"""Sprott's simple chaotic flow, case C."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottC"]


class SprottC(Flow):
    r"""Sprott's case C: case B with $x^2$ in place of $x y$.

    $$\dot x = y z, \quad \dot y = x - y, \quad \dot z = a - x^2$$

    Its fixed points, its divergence and its symmetry are those of case B [@sprott1994, table I].

    **Arguments**: `a`, 1.

    **Good values**: `a=1` chaotic; `a=0.05` periodic.
    """

    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Sprott C",
        equation=r"\dot x = y z,\ \dot y = x - y,\ \dot z = a - x^2",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-0.0206, -0.0229, 0.669),
        period=6.2,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 1.0}, "periodic": {"a": 0.05}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(
                ((1.0, 1.0, 0.0), (-1.0, -1.0, 0.0)), Source.EXACT, "x = y = +-sqrt(a), z = 0", 1e-12
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known((0.163, 0.0, -1.163), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y * z, x - y, self.a - x * x
