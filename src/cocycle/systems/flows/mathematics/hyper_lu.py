"""The hyperchaotic Lü system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperLu"]


class HyperLu(Flow):
    r"""The hyperchaotic Lü system of Chen, Lu, Lü and Yu: Lü's flow with a feedback of the fourth variable.

    $$\dot x = a (y - x) + w, \quad \dot y = c y - x z, \quad \dot z = x y - b z, \quad \dot w = x z + d w$$

    Periodic for $-1.03 \le d \le -0.46$, chaotic for $-0.46 < d \le -0.35$, hyperchaotic for $-0.35 < d \le 1.3$
    [@chen2006feedback]. Towards the upper end of that range, from about 1.2 on, orbits sooner or later escape to
    infinity.

    **Arguments**: `a` 36, `b` 3, `c` 20 as in Lü's system; `d` 1, the growth rate of the fourth variable.

    **Good values**: `d=1` hyperchaotic; `d=-0.8` periodic.
    """

    a: Any = param(36.0)
    b: Any = param(3.0)
    c: Any = param(20.0)
    d: Any = param(1.0)

    card: ClassVar = Card(
        title="Hyperchaotic Lü",
        equation=r"\dot x = a (y - x) + w,\ \dot y = c y - x z,\ \dot z = x y - b z,\ \dot w = x z + d w",
        field="mathematics",
        cite=("chen2006feedback",),
        variables=("x", "y", "z", "w"),
        state=(0.47492, 3.6489, 24.722, -16.752),
        period=0.77,
        dt=0.008,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"d": 1.0}, "periodic": {"d": -0.8}},
        known={
            "divergence": Known(1.0 - 36 + 20 - 3, Source.EXACT, "d - a + c - b", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x) + w, self.c * y - x * z, x * y - self.b * z, x * z + self.d * w
