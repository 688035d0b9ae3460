"""Jia's hyperchaotic Lorenz system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperJia"]


class HyperJia(Flow):
    r"""Jia's hyperchaotic Lorenz system: as that of Wang and Wang, but the fourth variable is driven by $xz$.

    $$\dot x = a (y - x) + w, \quad \dot y = c x - y - x z, \quad \dot z = x y - b z, \quad \dot w = -x z + r w$$

    Two exponents are positive at the default [@jia2007]. Other collections call it Jha's system.

    **Arguments**: `a` 10, `b` 8/3, `c` 28 as in Lorenz's system; `r` 1.3, the growth rate of the fourth variable.
    """

    a: Any = param(10.0)
    b: Any = param(8 / 3)
    c: Any = param(28.0)
    r: Any = param(1.3)

    card: ClassVar = Card(
        title="Jia's hyperchaotic Lorenz",
        equation=r"\dot x = a (y - x) + w,\ \dot y = c x - y - x z,\ \dot z = x y - b z,\ \dot w = -x z + r w",
        field="mathematics",
        cite=("jia2007",),
        variables=("x", "y", "z", "w"),
        state=(-11.801, -2.9028, 33.83, -3.6377),
        period=0.61,
        dt=0.006,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"r": 1.3}},
        known={
            "divergence": Known(1.3 - 10 - 8 / 3 - 1, Source.EXACT, "r - a - b - 1", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x) + w, x * (self.c - z) - y, x * y - self.b * z, -x * z + self.r * w
