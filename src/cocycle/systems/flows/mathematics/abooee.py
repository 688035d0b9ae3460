"""The flow of Abooee, Yaghini-Bonabi and Jahed-Motlagh."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Abooee"]

_X = (5 * 5**0.5 / 6) ** 0.5


class Abooee(Flow):
    r"""A flow of Lorenz's shape with two cubic terms, realised as a circuit.

    $$\dot x = a (y - x) + b y z^2, \quad \dot y = c x + d x z^2, \quad \dot z = h z + k x^2$$

    From [@abooee2013]. Some collections call it a model of a laser, which the paper does not. Fixed points: the origin
    and, with $z^2 = -c/d$, $x^2 = -h z/k$, $y = a x/(a + b z^2)$.

    **Arguments**: `a` 10, `b` 1, `c` 5, `d` -1, `h` -5, `k` -6.

    **Good values**: the defaults chaotic; `c=1` fixed point.
    """

    a: Any = param(10.0)
    b: Any = param(1.0)
    c: Any = param(5.0)
    d: Any = param(-1.0)
    h: Any = param(-5.0)
    k: Any = param(-6.0)

    card: ClassVar = Card(
        title="Abooee",
        equation=r"\dot x = a (y - x) + b y z^2,\ \dot y = c x + d x z^2,\ \dot z = h z + k x^2",
        field="mathematics",
        cite=("abooee2013",),
        variables=("x", "y", "z"),
        state=(0.27963, 0.38074, -0.12544),
        period=1.17,
        dt=0.01,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"c": 5.0}, "fixed point": {"c": 1.0}},
        known={
            "divergence": Known(-15.0, Source.EXACT, "h - a", 1e-11),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_X, _X / 1.5, -(5**0.5)), (-_X, -_X / 1.5, -(5**0.5))),
                Source.EXACT,
                "0 and z = -sqrt(-c / d), x = +-sqrt(-h z / k), y = a x / (a + b z^2)",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        square = z * z
        return (
            self.a * (y - x) + self.b * y * square,
            (self.c + self.d * square) * x,
            self.h * z + self.k * x * x,
        )
