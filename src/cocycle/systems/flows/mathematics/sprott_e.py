"""Sprott's simple chaotic flow, case E."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottE"]


class SprottE(Flow):
    r"""Sprott's case E: five terms, one fixed point, one scroll.

    $$\dot x = y z, \quad \dot y = x^2 - y, \quad \dot z = 1 - a x$$

    The line $x = y = 0$ is invariant; on it `z` grows for ever, and orbits stay long near it [@sprott1994, table I].

    **Arguments**: `a`, 4.

    **Good values**: `a=4` chaotic; `a=1` periodic.
    """

    a: Any = param(4.0)

    card: ClassVar = Card(
        title="Sprott E",
        equation=r"\dot x = y z,\ \dot y = x^2 - y,\ \dot z = 1 - a x",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.082, 0.0151, 3.9577),
        period=6.5,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 4.0}, "periodic": {"a": 1.0}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(((0.25, 0.0625, 0.0),), Source.EXACT, "x = 1/a, y = x^2, z = 0", 1e-12),
            "lyapunov": Known((0.078, 0.0, -1.078), Source.PAPER, "sprott1994, table I", 4e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y * z, x * x - y, 1 - self.a * x
