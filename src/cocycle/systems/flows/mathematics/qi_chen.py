"""Qi, Chen and coworkers' three-dimensional system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["QiChen"]

_Z = (45 + (45**2 + 4 * 35 * 79) ** 0.5) / 2
_X = (8 / 3 * _Z / (80 - _Z)) ** 0.5


class QiChen(Flow):
    r"""Qi and Chen's system: Lorenz's with a third product, in the first equation.

    $$\dot x = a (y - x) + y z, \quad \dot y = c x - y - x z, \quad \dot z = x y - b z$$

    Chaotic over a wide range of `c`, with a spectrum broader than that of Lorenz's system [@qi2005analysis]. Fixed
    points: the origin and two, with $z$ the positive root of $(c - z)(a + z) = a$, $x^2 = bz/(c - z)$, $y = x(c - z)$.

    **Arguments**: `a` 35, `b` 8/3 and `c` 80, without dimension.
    """

    a: Any = param(35.0)
    b: Any = param(8 / 3)
    c: Any = param(80.0)

    card: ClassVar = Card(
        title="Qi-Chen",
        equation=r"\dot x = a (y - x) + y z,\ \dot y = c x - y - x z,\ \dot z = x y - b z",
        field="mathematics",
        cite=("qi2005analysis",),
        variables=("x", "y", "z"),
        state=(-33.269, -14.237, 76.824),
        period=0.23,
        dt=0.002,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"c": 80.0}},
        known={
            "divergence": Known(-(35 + 1 + 8 / 3), Source.EXACT, "-(a + 1 + b)", 1e-11),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_X, _X * (80 - _Z), _Z), (-_X, -_X * (80 - _Z), _Z)),
                Source.EXACT,
                "z the positive root of (c - z) (a + z) = a, x^2 = b z / (c - z), y = x (c - z)",
                1e-9,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * (y - x) + y * z, self.c * x - y - x * z, x * y - self.b * z
