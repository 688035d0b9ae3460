"""Pang and Liu's hyperchaotic system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperPang"]


class HyperPang(Flow):
    r"""Pang and Liu's hyperchaotic system, made of Lü's by a linear feedback.

    $$\dot x = a (y - x), \quad \dot y = c y - x z + w, \quad \dot z = x y - b z, \quad \dot w = -d (x + y)$$

    Two exponents are positive at the defaults [@pang2011].

    **Arguments**: `a` 36, `b` 3, `c` 20 as in Lü's system; `d` 2, the feedback.
    """

    a: Any = param(36.0)
    b: Any = param(3.0)
    c: Any = param(20.0)
    d: Any = param(2.0)

    card: ClassVar = Card(
        title="Pang-Liu hyperchaotic",
        equation=r"\dot x = a (y - x),\ \dot y = c y - x z + w,\ \dot z = x y - b z,\ \dot w = -d (x + y)",
        field="mathematics",
        cite=("pang2011",),
        variables=("x", "y", "z", "w"),
        state=(8.0656, 7.7111, 20.738, -4.6726),
        period=0.49,
        dt=0.005,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"d": 2.0}},
        known={
            "divergence": Known(20.0 - 36 - 3, Source.EXACT, "c - a - b", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
            "lyapunov": Known((1.4106, 0.1232, 0.0, -20.5339), Source.PAPER, "pang2011", 2e-2),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x), self.c * y - x * z + w, x * y - self.b * z, -self.d * (x + y)
