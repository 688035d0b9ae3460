"""Wang and Liu's hyperchaotic system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperWang"]


class HyperWang(Flow):
    r"""Wang and Liu's hyperchaotic system, made of Liu's flow by a linear feedback.

    $$\dot x = a (y - x), \quad \dot y = b x - x z + w, \quad \dot z = h x^2 - c z, \quad \dot w = -d x$$

    Without the feedback ($w = 0$) it is the Liu system [@liu2004new]; with it two exponents are positive at the
    defaults [@wang2006liu]. `h` only scales `x`, `y` and `w`.

    **Arguments**: `a` 10, `b` 40, `c` 2.5, `h` 4 as in Liu's system; `d` 10.6, the feedback.
    """

    a: Any = param(10.0)
    b: Any = param(40.0)
    c: Any = param(2.5)
    d: Any = param(10.6)
    h: Any = param(4.0)

    card: ClassVar = Card(
        title="Wang-Liu hyperchaotic",
        equation=r"\dot x = a (y - x),\ \dot y = b x - x z + w,\ \dot z = h x^2 - c z,\ \dot w = -d x",
        field="mathematics",
        cite=("wang2006liu", "liu2004new"),
        variables=("x", "y", "z", "w"),
        state=(-4.5139, -3.8133, 40.534, 6.4518),
        period=0.58,
        dt=0.006,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"d": 10.6}},
        known={
            "divergence": Known(-12.5, Source.EXACT, "-(a + c)", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x), self.b * x - x * z + w, self.h * x * x - self.c * z, -self.d * x
