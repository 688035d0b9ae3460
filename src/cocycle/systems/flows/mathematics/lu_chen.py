"""Lü and Chen's system between those of Lorenz and Chen."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LuChen"]

_WING = (3.0 * 20.0) ** 0.5


class LuChen(Flow):
    r"""The Lü system: the flow between the Lorenz and the Chen attractor.

    $$\dot x = a (y - x), \quad \dot y = -x z + c y, \quad \dot z = x y - b z$$

    In the classification of Vanecek and Celikovsky by the product of the two off-diagonal linear terms (positive for
    Lorenz, negative for Chen) it is the case zero. With `c` from 12.7 to 28.5 the attractor changes from a Lorenz-like
    to a Chen-like shape [@lu2002coined]. Fixed points: the origin and $x = y = \pm\sqrt{bc}$, $z = c$, the latter
    stable up to a Hopf bifurcation at $c = (a + b)/3$.

    **Arguments**: `a` 36, `b` 3 and `c` 20, without dimension.

    **Good values**: `c=20` chaotic; `c=12` settles on one of the two fixed points.
    """

    a: Any = param(36.0)
    b: Any = param(3.0)
    c: Any = param(20.0)

    card: ClassVar = Card(
        title="Lü",
        equation=r"\dot x = a (y - x),\ \dot y = -x z + c y,\ \dot z = x y - b z",
        field="mathematics",
        cite=("lu2002coined",),
        variables=("x", "y", "z"),
        state=(-4.1421, -4.167, 17.885),
        period=0.53,
        dt=0.005,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"c": 20.0}, "fixed point": {"c": 12.0}},
        known={
            "divergence": Known(-19.0, Source.EXACT, "c - a - b", 1e-11),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_WING, _WING, 20.0), (-_WING, -_WING, 20.0)),
                Source.EXACT,
                "x = y = +-sqrt(b c), z = c",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "bifurcation:c": Known(13.0, Source.EXACT, "Hopf of the two fixed points, (a + b) / 3", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * (y - x), -x * z + self.c * y, x * y - self.b * z
