"""Sprott's simple chaotic flow, case S."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottS"]


class SprottS(Flow):
    r"""Sprott's case S: six terms, the largest exponent but one of the search.

    $$\dot x = -x - a y, \quad \dot y = x + z^2, \quad \dot z = 1 + x$$

    The fixed points are $(-1, 1/a, \pm 1)$ [@sprott1994, table I]. At `a=3.3` the default start escapes.

    **Arguments**: `a`, 4.

    **Good values**: `a=4` chaotic; `a=8` periodic.
    """

    a: Any = param(4.0)

    card: ClassVar = Card(
        title="Sprott S",
        equation=r"\dot x = -x - a y,\ \dot y = x + z^2,\ \dot z = 1 + x",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-0.8297, 0.66588, 1.149),
        period=3.2,
        dt=0.04,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 4.0}, "periodic": {"a": 8.0}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(((-1.0, 0.25, 1.0), (-1.0, 0.25, -1.0)), Source.EXACT, "(-1, 1/a, +-1)", 1e-12),
            "lyapunov": Known((0.188, 0.0, -1.188), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -x - self.a * y, x + z * z, 1 + x
