"""The four-wing flow of Wang, Sun and others."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["WangSun"]


def _fixed() -> tuple[tuple[float, float, float], ...]:
    # y = +-sqrt(0.2), z = -x y, and y x^2 - 0.01 x - 0.4 y = 0
    points = [(0.0, 0.0, 0.0)]
    for y in (0.2**0.5, -(0.2**0.5)):
        root = (1e-4 + 1.6 * y * y) ** 0.5
        points += [((0.01 + s * root) / (2 * y), y, -(0.01 + s * root) / 2) for s in (1, -1)]
    return tuple(points)


class WangSun(Flow):
    r"""The four-wing flow of Wang, Sun, van Wyk, Qi and van Wyk.

    $$\dot x = a x + c y z, \quad \dot y = b x + d y - x z, \quad \dot z = e z + f x y$$

    A product of the other two variables in each equation; four wings around four saddle-foci [@wang2009four]. The fixed
    points are 0 and those with $y^2 = a e/(c f)$.

    **Arguments**: `a` 0.2, `b` -0.01, `c` 1, `d` -0.4, `e` -1, `f` -1.

    **Good values**: `a=0.2` chaotic; `a=0.6` periodic.
    """

    a: Any = param(0.2)
    b: Any = param(-0.01)
    c: Any = param(1.0)
    d: Any = param(-0.4)
    e: Any = param(-1.0)
    f: Any = param(-1.0)

    card: ClassVar = Card(
        title="Wang-Sun four wings",
        equation=r"\dot x = a x + c y z,\ \dot y = b x + d y - x z,\ \dot z = e z + f x y",
        field="mathematics",
        cite=("wang2009four",),
        variables=("x", "y", "z"),
        state=(-0.033898, 0.88511, 0.41186),
        period=13.0,
        dt=0.13,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.2}, "periodic": {"a": 0.6}},
        known={
            "divergence": Known(-1.2, Source.EXACT, "a + d + e", 1e-12),
            "fixed_points": Known(_fixed(), Source.EXACT, "0, and y^2 = a e/(c f) with x from a quadratic", 1e-13),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * x + self.c * y * z, self.b * x + self.d * y - x * z, self.e * z + self.f * x * y
