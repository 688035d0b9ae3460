"""Liu and Chen's system of two double scrolls."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LiuChen"]

_X, _Y = 34**0.5, 17**0.5


class LiuChen(Flow):
    r"""Liu and Chen's system: two double scrolls so close that they look like one attractor of four.

    $$\dot x = a x - y z, \quad \dot y = -b y + x z, \quad \dot z = -c z + x y$$

    With the signs of two variables changed an orbit remains an orbit, and no orbit visits all four scrolls: what looks
    like a single four-scroll attractor is two [@liu2003generation; @liu2004scroll]. Fixed points: the origin and four
    at $x = \pm\sqrt{bc}$, $y = \pm\sqrt{ac}$, $z = xy/c$. Chen and Lee's system is the case $b = 10$, $c = 3.8$,
    scaled.

    **Arguments**: `a` 5, `b` 10 and `c` 3.4, without dimension.

    **Good values**: the defaults chaotic; `a=0.4, b=12, c=5` chaotic with long passages so near to the `x` axis (`y`
    and `z` below 1e-20) that only a purely relative tolerance follows them.
    """

    a: Any = param(5.0)
    b: Any = param(10.0)
    c: Any = param(3.4)

    card: ClassVar = Card(
        title="Liu-Chen",
        equation=r"\dot x = a x - y z,\ \dot y = -b y + x z,\ \dot z = -c z + x y",
        field="mathematics",
        cite=("liu2003generation", "liu2004scroll"),
        variables=("x", "y", "z"),
        state=(-20.787, -13.251, 15.489),
        period=1.0,
        dt=0.01,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 5.0}, "near the axis": {"a": 0.4, "b": 12.0, "c": 5.0}},
        known={
            "divergence": Known(5 - 10 - 3.4, Source.EXACT, "a - b - c", 1e-11),
            "fixed_points": Known(
                (
                    (0.0, 0.0, 0.0),
                    (_X, _Y, _X * _Y / 3.4),
                    (_X, -_Y, -_X * _Y / 3.4),
                    (-_X, _Y, -_X * _Y / 3.4),
                    (-_X, -_Y, _X * _Y / 3.4),
                ),
                Source.EXACT,
                "x = +-sqrt(b c), y = +-sqrt(a c), z = x y / c",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * x - y * z, -self.b * y + x * z, -self.c * z + x * y
