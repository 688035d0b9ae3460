"""Yang and Chen's system, chaotic beside two stable foci."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["YangChen"]

_WING = 120**0.5


class YangChen(Flow):
    r"""The Yang-Chen system: a Lorenz flow whose second variable is not damped.

    $$\dot x = a (y - x), \quad \dot y = c x - x z, \quad \dot z = x y - b z$$

    The origin is a saddle; the fixed points $x = y = \pm\sqrt{bc}$, $z = c$ are stable node-foci up to
    $c = a(a + b)/(a - b)$, and still there is chaos around them [@yang2008saddle]. Not far below that value, as at the
    default, it is an attractor. At the published values, $c = 35$ and the Pan-Xu-Zhou values $(10, 8/3, 16)$
    [@zhou2008dynamics], we find it to be transient: sooner or later the orbit falls on a fixed point.

    **Arguments**: `a` 35, `b` 3 and `c` 40, without dimension.

    **Good values**: `c=40` chaotic beside two stable fixed points; `c=35` transient chaos; `a=10, b=8/3, c=16` (Pan, Xu
    and Zhou) longer transient chaos.
    """

    a: Any = param(35.0)
    b: Any = param(3.0)
    c: Any = param(40.0)

    card: ClassVar = Card(
        title="Yang-Chen",
        equation=r"\dot x = a (y - x),\ \dot y = c x - x z,\ \dot z = x y - b z",
        field="mathematics",
        cite=("yang2008saddle", "zhou2008dynamics"),
        variables=("x", "y", "z"),
        state=(-2.2509, -3.134, 19.937),
        period=0.58,
        dt=0.006,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={
            "chaotic": {"c": 40.0},
            "transient chaos": {"c": 35.0},
            "pan xu zhou": {"a": 10.0, "b": 8 / 3, "c": 16.0},
        },
        known={
            "divergence": Known(-38.0, Source.EXACT, "-(a + b)", 1e-11),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_WING, _WING, 40.0), (-_WING, -_WING, 40.0)),
                Source.EXACT,
                "x = y = +-sqrt(b c), z = c",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "bifurcation:c": Known(
                35 * 38 / 32, Source.EXACT, "Hopf of the two fixed points, a (a + b) / (a - b)", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * (y - x), self.c * x - x * z, x * y - self.b * z
