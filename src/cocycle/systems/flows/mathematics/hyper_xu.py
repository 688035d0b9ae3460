"""Xu, Cai and Zheng's hyperchaotic system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperXu"]


class HyperXu(Flow):
    r"""Xu, Cai and Zheng's hyperchaotic system.

    $$\dot x = a (y - x) + w, \quad \dot y = b x + e x z, \quad \dot z = -c z - x y, \quad \dot w = x z - d y$$

    Two exponents are positive at the defaults [@xu2009hyper].

    **Arguments**: `a` 10, `b` 40, `c` 2.5, `d` 2, `e` 16, without dimension.
    """

    a: Any = param(10.0)
    b: Any = param(40.0)
    c: Any = param(2.5)
    d: Any = param(2.0)
    e: Any = param(16.0)

    card: ClassVar = Card(
        title="Xu hyperchaotic",
        equation=r"\dot x = a (y - x) + w,\ \dot y = b x + e x z,\ \dot z = -c z - x y,\ \dot w = x z - d y",
        field="mathematics",
        cite=("xu2009hyper",),
        variables=("x", "y", "z", "w"),
        state=(-1.1864, -1.3743, -2.4488, -10.3),
        period=0.58,
        dt=0.006,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"d": 2.0}},
        known={
            "divergence": Known(-12.5, Source.EXACT, "-(a + c)", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x) + w, x * (self.b + self.e * z), -self.c * z - x * y, x * z - self.d * y
