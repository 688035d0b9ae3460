"""Sprott's simple chaotic flow, case K."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottK"]


class SprottK(Flow):
    r"""Sprott's case K: six terms; the product $x y$ folds the orbit.

    $$\dot x = x y - z, \quad \dot y = x - y, \quad \dot z = x + a z$$

    The fixed points are 0 and $(-1/a, -1/a, 1/a^2)$; the divergence $y - 1 + a$ changes along the orbit [@sprott1994,
    table I].

    **Arguments**: `a`, 0.3.

    **Good values**: `a=0.3` chaotic; `a=0.1` periodic.
    """

    a: Any = param(0.3)

    card: ClassVar = Card(
        title="Sprott K",
        equation=r"\dot x = x y - z,\ \dot y = x - y,\ \dot z = x + a z",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.62205, 0.084173, -0.41069),
        period=7.1,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.3}, "periodic": {"a": 0.1}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (-1 / 0.3, -1 / 0.3, 1 / 0.09)), Source.EXACT, "0 and (-1/a, -1/a, 1/a^2)", 1e-11
            ),
            "lyapunov": Known((0.038, 0.0, -0.89), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return x * y - z, x - y, x + self.a * z
