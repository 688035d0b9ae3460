"""The hyperchaotic Chen system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperChen"]


class HyperChen(Flow):
    r"""The hyperchaotic Chen system of Li, Tang and Chen: Chen's flow with a feedback of the fourth variable.

    $$\dot x = a (y - x) + w, \quad \dot y = d x - x z + c y, \quad \dot z = x y - b z, \quad \dot w = y z + r w$$

    Chaotic for $0 \le r \le 0.085$, hyperchaotic for $0.085 < r \le 0.798$ [@li2005feedback].

    **Arguments**: `a` 35, `b` 3, `c` 12, `d` 7; `r` 0.5, the growth rate of the fourth variable.

    **Good values**: `r=0.5` hyperchaotic; `r=0.05` chaotic.
    """

    a: Any = param(35.0)
    b: Any = param(3.0)
    c: Any = param(12.0)
    d: Any = param(7.0)
    r: Any = param(0.5)

    card: ClassVar = Card(
        title="Hyperchaotic Chen",
        equation=r"\dot x = a (y - x) + w,\ \dot y = d x - x z + c y,\ \dot z = x y - b z,\ \dot w = y z + r w",
        field="mathematics",
        cite=("li2005feedback",),
        variables=("x", "y", "z", "w"),
        state=(-1.2219, -4.5477, 18.732, 65.531),
        period=0.55,
        dt=0.006,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"r": 0.5}, "chaotic": {"r": 0.05}},
        known={
            "divergence": Known(0.5 - 35 + 12 - 3, Source.EXACT, "r - a + c - b", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x) + w, self.d * x - x * z + self.c * y, x * y - self.b * z, y * z + self.r * w
