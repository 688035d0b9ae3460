"""The hyperchaotic Yang-Chen flow."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperYangChen"]


class HyperYangChen(Flow):
    r"""The Yang-Chen flow with a fourth variable, the integral of the first, fed back into the second.

    $$\dot x = a (y - x), \quad \dot y = c x - x z + w, \quad \dot z = x y - b z, \quad \dot w = -d x$$

    The flow of three variables, `YangChen`, has chaos beside two stable fixed points [@yang2008saddle]; with the fourth
    only the origin is left. It is known from collections of attractors, as [@meier2003], which give no paper.

    **Arguments**: `a` 30, `b` 3, `c` 35; `d`, the strength of the feedback, 8.

    **Good values**: the defaults hyperchaotic.
    """

    a: Any = param(30.0)
    b: Any = param(3.0)
    c: Any = param(35.0)
    d: Any = param(8.0)

    card: ClassVar = Card(
        title="Hyperchaotic Yang-Chen",
        equation=r"\dot x = a (y - x),\ \dot y = c x - x z + w,\ \dot z = x y - b z,\ \dot w = -d x",
        field="mathematics",
        cite=("yang2008saddle", "meier2003"),
        variables=("x", "y", "z", "w"),
        state=(-16.373, -10.802, 48.841, 17.092),
        period=0.6,
        dt=0.006,
        transient=100.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"d": 8.0}},
        known={
            "divergence": Known(-33.0, Source.EXACT, "-(a + b)", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x), self.c * x - x * z + w, x * y - self.b * z, -self.d * x
