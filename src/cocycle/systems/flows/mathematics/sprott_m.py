"""Sprott's simple chaotic flow, case M."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottM"]


class SprottM(Flow):
    r"""Sprott's case M: a fold between two fixed points.

    $$\dot x = -z, \quad \dot y = -x^2 - y, \quad \dot z = a + a x + y$$

    Fixed points: $x = (a \pm \sqrt{a^2 + 4 a})/2, y = -x^2, z = 0$ [@sprott1994, table I]. At `a=1.6` the default start
    escapes.

    **Arguments**: `a`, 1.7.

    **Good values**: `a=1.7` chaotic; `a=3` periodic.
    """

    a: Any = param(1.7)

    card: ClassVar = Card(
        title="Sprott M",
        equation=r"\dot x = -z,\ \dot y = -x^2 - y,\ \dot z = a + a x + y",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-2.042, -1.5653, 0.8949),
        period=5.4,
        dt=0.06,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 1.7}, "periodic": {"a": 3.0}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(
                tuple(
                    ((1.7 + s * (1.7**2 + 6.8) ** 0.5) / 2, -(((1.7 + s * (1.7**2 + 6.8) ** 0.5) / 2) ** 2), 0.0)
                    for s in (1, -1)
                ),
                Source.EXACT,
                "x = (a +- sqrt(a^2 + 4 a))/2, y = -x^2, z = 0",
                1e-12,
            ),
            "lyapunov": Known((0.044, 0.0, -1.044), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -z, -x * x - y, self.a + self.a * x + y
