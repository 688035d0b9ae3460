"""Lü, Chen and Cheng's generalised Lorenz-like system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LuChenCheng"]

_X = 40**0.5
_Y = (-4 * (-40 / 14 - 18.1 / _X)) ** 0.5


class LuChenCheng(Flow):
    r"""Lü, Chen and Cheng's system with three cross products, which has up to four scrolls.

    $$\dot x = -\frac{a b}{a + b} x - y z + c, \quad \dot y = a y + x z, \quad \dot z = b z + x y$$

    There are two attractors, above and below $z = 0$, which the symmetry $(x, -y, -z)$ exchanges; with `c = 0` each is
    also symmetric under $(-x, -y, z)$ [@lu2004beyond]. Fixed points: $x = c(a+b)/(ab)$, $y = z = 0$, and with
    $x = \pm\sqrt{ab}$ those with $y^2 = b\,(ab/(a+b) - c/x)$, $z = -xy/b$, where this is not negative.

    **Arguments**: `a` -10, `b` -4 and `c` 18.1, without dimension.

    **Good values**: `c=18.1` and `c=0` chaotic.
    """

    a: Any = param(-10.0)
    b: Any = param(-4.0)
    c: Any = param(18.1)

    card: ClassVar = Card(
        title="Lü-Chen-Cheng",
        equation=r"\dot x = -\frac{a b}{a + b} x - y z + c,\ \dot y = a y + x z,\ \dot z = b z + x y",
        field="mathematics",
        cite=("lu2004beyond",),
        variables=("x", "y", "z"),
        state=(6.1289, 0.58294, 1.7285),
        period=0.92,
        dt=0.009,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"c": 18.1}, "symmetric": {"c": 0.0}},
        known={
            "divergence": Known(40 / 14 - 14, Source.EXACT, "a + b - a b / (a + b)", 1e-11),
            "fixed_points": Known(
                ((18.1 * -14 / 40, 0.0, 0.0), (_X, _Y, _X * _Y / 4), (_X, -_Y, -_X * _Y / 4)),
                Source.EXACT,
                "x = c (a + b) / (a b), y = z = 0; x = sqrt(a b), y^2 = b (a b / (a + b) - c / x), z = -x y / b",
                1e-11,
            ),
            "symmetry": Known((1, -2, -3), Source.EXACT, "(x, y, z) -> (x, -y, -z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -self.a * self.b / (self.a + self.b) * x - y * z + self.c, self.a * y + x * z, self.b * z + x * y
