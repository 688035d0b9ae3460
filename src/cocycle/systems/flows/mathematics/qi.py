"""Qi's four-dimensional system of triple products."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Qi"]


class Qi(Flow):
    r"""Qi's four-dimensional system, in which every equation has the product of the three other variables.

    $$\dot x = a (y - x) + y z w, \quad \dot y = b (x + y) - x z w,
    \quad \dot z = -c z + x y w, \quad \dot w = -d w + x y z$$

    Chaotic over a wide range of `a` [@qi2005four]. Changing the signs of `x` and `y`, or those of `z` and `w`, maps
    orbits to orbits.

    **Arguments**: `a` 35, `b` 10, `c` 1 and `d` 10, without dimension.

    **Good values**: `a=35` and `a=45` chaotic; `a=30` regular.
    """

    a: Any = param(35.0)
    b: Any = param(10.0)
    c: Any = param(1.0)
    d: Any = param(10.0)

    card: ClassVar = Card(
        title="Qi",
        equation=r"\dot x = a (y - x) + y z w,\ \dot y = b (x + y) - x z w,\ "
        r"\dot z = -c z + x y w,\ \dot w = -d w + x y z",
        field="mathematics",
        cite=("qi2005four",),
        variables=("x", "y", "z", "w"),
        state=(-0.71818, -0.72068, 6.902, 1.0404),
        period=0.59,
        dt=0.006,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 35.0}, "regular": {"a": 30.0}},
        known={
            "divergence": Known(-36.0, Source.EXACT, "b - a - c - d", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, 4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return (
            self.a * (y - x) + y * z * w,
            self.b * (x + y) - x * z * w,
            -self.c * z + x * y * w,
            -self.d * w + x * y * z,
        )
