"""Sprott's simple chaotic flow, case R."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottR"]


class SprottR(Flow):
    r"""Sprott's case R: a constant drive and the product $x y$.

    $$\dot x = a - y, \quad \dot y = b + z, \quad \dot z = x y - z$$

    The fixed point is $(-b/a, a, -b)$ [@sprott1994, table I]; it is stable for $a^2 < b$, at $a = \sqrt b$ a limit
    cycle is born.

    **Arguments**: `a` 0.9, `b` 0.4.

    **Good values**: `a=0.9` chaotic; `a=0.7` periodic; `a=0.5` fixed point.
    """

    a: Any = param(0.9)
    b: Any = param(0.4)

    card: ClassVar = Card(
        title="Sprott R",
        equation=r"\dot x = a - y,\ \dot y = b + z,\ \dot z = x y - z",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(1.787, 1.9754, 1.7564),
        period=7.0,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.9}, "periodic": {"a": 0.7}, "fixed point": {"a": 0.5}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(((-0.4 / 0.9, 0.9, -0.4),), Source.EXACT, "(-b/a, a, -b)", 1e-12),
            "bifurcation:a": Known(0.4**0.5, Source.EXACT, "sqrt(b): Hopf of the fixed point", 1e-12),
            "lyapunov": Known((0.062, 0.0, -1.062), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a - y, self.b + z, x * y - z
