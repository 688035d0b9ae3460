"""The Chen-Lee system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ChenLee"]


class ChenLee(Flow):
    r"""The Chen-Lee flow: a gyrating rigid body whose feedback makes it chaotic.

    $$\dot x = a x - y z, \quad \dot y = b y + x z, \quad \dot z = c z + \frac{x y}{3}$$

    Euler's equations with linear feedback along the axes [@chen2004rigid]. The fixed points are 0 and $x^2 = 3 b c, y^2
    = -3 a c, z^2 = -a b$ with $a x = y z$. Two chaotic attractors, one for each sign of `z`, coexist with two limit
    cycles.

    **Arguments**: `a` 5, `b` -10, `c` -3.8.

    **Good values**: `c=-3.8` chaotic; `c=-4.5` periodic.
    """

    a: Any = param(5.0)
    b: Any = param(-10.0)
    c: Any = param(-3.8)

    card: ClassVar = Card(
        title="Chen-Lee",
        equation=r"\dot x = a x - y z,\ \dot y = b y + x z,\ \dot z = c z + \frac{x y}{3}",
        field="physics",
        cite=("chen2004rigid",),
        variables=("x", "y", "z"),
        state=(21.598, 11.33, 8.5723),
        period=1.1,
        dt=0.01,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"c": -3.8}, "periodic": {"c": -4.5}},
        known={
            "divergence": Known(-8.8, Source.EXACT, "a + b + c", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), *((s * 114**0.5, s * r * 57**0.5, r * 50**0.5) for s in (1, -1) for r in (1, -1))),
                Source.EXACT,
                "0 and x^2 = 3 b c, y^2 = -3 a c, z^2 = -a b",
                1e-12,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * x - y * z, self.b * y + x * z, self.c * z + x * y / 3
