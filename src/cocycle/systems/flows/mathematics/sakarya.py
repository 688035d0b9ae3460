"""A four-wing attractor made of two."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Sakarya"]

_WING = 3**0.5


class Sakarya(Flow):
    r"""The four-wing system of Li, Pehlivan, Sprott and Akgul, called Sakarya after the university of two of them.

    $$\dot x = a x + y + y z, \quad \dot y = -x z + y z, \quad \dot z = -z - m x y + b$$

    Its four wings come from two bistable attractors that touch [@li2015wing]. Volumes change at the rate $a - 1 + z$,
    which the motion averages to a negative number. Fixed points: $(0, 0, b)$ and $x = y = \pm\sqrt{(a + b + 1)/m}$,
    $z = -(a + 1)$. `m` only scales `x` and `y`.

    **Arguments**: `a` 1, `b` 1 and `m` 1, without dimension.
    """

    a: Any = param(1.0)
    b: Any = param(1.0)
    m: Any = param(1.0)

    card: ClassVar = Card(
        title="Sakarya",
        equation=r"\dot x = a x + y + y z,\ \dot y = -x z + y z,\ \dot z = -z - m x y + b",
        field="mathematics",
        cite=("li2015wing",),
        variables=("x", "y", "z"),
        state=(2.7973, 1.6647, -1.5213),
        period=4.5,
        dt=0.04,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 1.0}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 1.0), (_WING, _WING, -2.0), (-_WING, -_WING, -2.0)),
                Source.EXACT,
                "(0, 0, b); x = y = +-sqrt((a + b + 1) / m), z = -(a + 1)",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * x + y + y * z, (y - x) * z, -z - self.m * x * y + self.b
