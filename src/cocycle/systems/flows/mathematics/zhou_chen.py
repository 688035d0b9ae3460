"""The Zhou-Chen flow."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ZhouChen"]


class ZhouChen(Flow):
    r"""Zhou and Chen's quadratic flow, whose attractor lies in three layers.

    $$\dot x = a x + b y + y z, \quad \dot y = c y - x z + d y z, \quad \dot z = e z - x y$$

    From [@zhou2004]. `z` is damped much faster than the others move, so that the attractor lies close to the surface
    $z = x y / e$. The divergence $a + c + e + d z$ is not constant.

    **Arguments**: `a` 2.97, `b` 0.15, `c` -3, `d` 1, `e` -8.78.

    **Good values**: the defaults chaotic; `a=-1` fixed point.
    """

    a: Any = param(2.97)
    b: Any = param(0.15)
    c: Any = param(-3.0)
    d: Any = param(1.0)
    e: Any = param(-8.78)

    card: ClassVar = Card(
        title="Zhou-Chen three layers",
        equation=r"\dot x = a x + b y + y z,\ \dot y = c y - x z + d y z,\ \dot z = e z - x y",
        field="mathematics",
        cite=("zhou2004",),
        variables=("x", "y", "z"),
        state=(2.5619, 0.31754, -0.098048),
        period=0.3,
        dt=0.003,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 2.97}, "fixed point": {"a": -1.0}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.a * x + self.b * y + y * z,
            self.c * y - x * z + self.d * y * z,
            self.e * z - x * y,
        )
