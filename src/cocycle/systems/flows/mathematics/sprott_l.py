"""Sprott's simple chaotic flow, case L."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottL"]


class SprottL(Flow):
    r"""Sprott's case L: one fixed point far from the origin.

    $$\dot x = y + a z, \quad \dot y = b x^2 - y, \quad \dot z = 1 - x$$

    The fixed point is $(1, b, -b/a)$ [@sprott1994, table I]. At `a=3.6` the default start escapes.

    **Arguments**: `a` 3.9, `b` 0.9.

    **Good values**: `a=3.9` chaotic; `a=4.2` periodic.
    """

    a: Any = param(3.9)
    b: Any = param(0.9)

    card: ClassVar = Card(
        title="Sprott L",
        equation=r"\dot x = y + a z,\ \dot y = b x^2 - y,\ \dot z = 1 - x",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(6.2712, 32.944, -9.6766),
        period=3.39,
        dt=0.04,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 3.9}, "periodic": {"a": 4.2}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(((1.0, 0.9, -0.9 / 3.9),), Source.EXACT, "(1, b, -b/a)", 1e-12),
            "lyapunov": Known((0.061, 0.0, -1.061), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y + self.a * z, self.b * x * x - y, 1 - x
