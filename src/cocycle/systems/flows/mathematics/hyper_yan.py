"""Yan and Yu's hyperchaotic system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperYan"]


class HyperYan(Flow):
    r"""Yan and Yu's system of four variables, made of Chen's by a nonlinear feedback.

    $$\dot x = a (y - x), \quad \dot y = (c - a) x - x z + c y, \quad \dot z = -b z + x y - y z + x z - w,
    \quad \dot w = -d w + y z - x z$$

    The fourth variable is fast and nearly follows $(y - x)z/d$ [@yan2008hyper]. The authors call the motion
    hyperchaotic; at these parameters we find a single positive exponent.

    **Arguments**: `a` 37, `b` 3, `c` 26, `d` 38, without dimension.
    """

    a: Any = param(37.0)
    b: Any = param(3.0)
    c: Any = param(26.0)
    d: Any = param(38.0)

    card: ClassVar = Card(
        title="Yan-Yu",
        equation=r"\dot x = a (y - x),\ \dot y = (c - a) x - x z + c y,\ "
        r"\dot z = -b z + x y - y z + x z - w,\ \dot w = -d w + y z - x z",
        field="mathematics",
        cite=("yan2008hyper",),
        variables=("x", "y", "z", "w"),
        state=(3.2583, 3.7019, 15.158, 0.32017),
        period=0.63,
        dt=0.006,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 37.0}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
        },
        status=Status.DISPUTED,
        reason="The paper calls the motion hyperchaotic; at these parameters we find one positive exponent only.",
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        feed = (y - x) * z
        return (
            self.a * (y - x),
            (self.c - self.a) * x - x * z + self.c * y,
            -self.b * z + x * y - feed - w,
            -self.d * w + feed,
        )
