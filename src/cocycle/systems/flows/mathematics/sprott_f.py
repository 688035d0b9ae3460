"""Sprott's simple chaotic flow, case F."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottF"]


class SprottF(Flow):
    r"""Sprott's case F: a linear spiral in $x, y$ and one quadratic term.

    $$\dot x = y + z, \quad \dot y = -x + a y, \quad \dot z = x^2 - z$$

    Case H is the same flow in other coordinates [@sprott1994, table I]. It has the fixed points 0 and $(-1/a, -1/a^2,
    1/a^2)$.

    **Arguments**: `a`, the growth of the spiral, 0.5.

    **Good values**: `a=0.5` chaotic; `a=0.3` periodic.
    """

    a: Any = param(0.5)

    card: ClassVar = Card(
        title="Sprott F",
        equation=r"\dot x = y + z,\ \dot y = -x + a y,\ \dot z = x^2 - z",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.88985, -0.37368, 0.48975),
        period=8.1,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.5}, "periodic": {"a": 0.3}},
        known={
            "divergence": Known(-0.5, Source.EXACT, "a - 1", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (-2.0, -4.0, 4.0)), Source.EXACT, "0 and (-1/a, -1/a^2, 1/a^2)", 1e-12
            ),
            "lyapunov": Known((0.117, 0.0, -0.617), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y + z, -x + self.a * y, x * x - z
