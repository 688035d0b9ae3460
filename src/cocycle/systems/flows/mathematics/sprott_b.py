"""Sprott's simple chaotic flow, case B."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottB"]


class SprottB(Flow):
    r"""Sprott's case B: five terms, two of them quadratic.

    $$\dot x = y z, \quad \dot y = x - y, \quad \dot z = a - x y$$

    Two wings like Lorenz's, exchanged by $(x, y) \to (-x, -y)$ [@sprott1994, table I].

    **Arguments**: `a`, 1.

    **Good values**: `a=1` chaotic; `a=6` periodic.
    """

    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Sprott B",
        equation=r"\dot x = y z,\ \dot y = x - y,\ \dot z = a - x y",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.9319, 0.6141, 1.251),
        period=6.5,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 1.0}, "periodic": {"a": 6.0}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(
                ((1.0, 1.0, 0.0), (-1.0, -1.0, 0.0)), Source.EXACT, "x = y = +-sqrt(a), z = 0", 1e-12
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known((0.21, 0.0, -1.21), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y * z, x - y, self.a - x * y
