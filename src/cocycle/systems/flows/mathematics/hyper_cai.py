"""Wang and Cai's hyperchaotic system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperCai"]


class HyperCai(Flow):
    r"""The hyperchaotic Cai system, made of Cai's three-dimensional flow by a linear feedback.

    $$\dot x = a (y - x), \quad \dot y = b x + c y - x z + w, \quad \dot z = y^2 - d z, \quad \dot w = -e x$$

    Two exponents are positive at the defaults [@wang2009cai].

    **Arguments**: `a` 27.5, `b` 3, `c` 19.3, `d` 2.9, `e` 3.3, without dimension.
    """

    a: Any = param(27.5)
    b: Any = param(3.0)
    c: Any = param(19.3)
    d: Any = param(2.9)
    e: Any = param(3.3)

    card: ClassVar = Card(
        title="Hyperchaotic Cai",
        equation=r"\dot x = a (y - x),\ \dot y = b x + c y - x z + w,\ \dot z = y^2 - d z,\ \dot w = -e x",
        field="mathematics",
        cite=("wang2009cai",),
        variables=("x", "y", "z", "w"),
        state=(12.248, 11.505, 28.673, 4.8845),
        period=0.75,
        dt=0.007,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"e": 3.3}},
        known={
            "divergence": Known(19.3 - 27.5 - 2.9, Source.EXACT, "c - a - d", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x), self.b * x + self.c * y - x * z + w, y * y - self.d * z, -self.e * x
