"""Wang and Wang's hyperchaotic Lorenz system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperLorenz"]


class HyperLorenz(Flow):
    r"""Wang and Wang's hyperchaotic Lorenz system: the Lorenz flow with a fourth, controlling variable.

    $$\dot x = a (y - x) + w, \quad \dot y = c x - y - x z, \quad \dot z = x y - b z, \quad \dot w = -y z + r w$$

    Two exponents are positive for $-1.52 < r \le -0.06$ [@wang2008hyper].

    **Arguments**: `a` 10, `b` 8/3, `c` 28 as in Lorenz's system; `r` -1, the growth rate of the fourth variable.

    **Good values**: `r=-1` hyperchaotic; `r=-6` chaotic.
    """

    a: Any = param(10.0)
    b: Any = param(8 / 3)
    c: Any = param(28.0)
    r: Any = param(-1.0)

    card: ClassVar = Card(
        title="Hyperchaotic Lorenz",
        equation=r"\dot x = a (y - x) + w,\ \dot y = c x - y - x z,\ \dot z = x y - b z,\ \dot w = -y z + r w",
        field="mathematics",
        cite=("wang2008hyper",),
        variables=("x", "y", "z", "w"),
        state=(-12.452, -14.191, 18.694, -53.406),
        period=0.67,
        dt=0.007,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"r": -1.0}, "chaotic": {"r": -6.0}},
        known={
            "divergence": Known(-(10 + 8 / 3 + 1 + 1), Source.EXACT, "r - a - b - 1", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
            "lyapunov": Known((0.3381, 0.1586, 0.0, -15.1752), Source.PAPER, "wang2008hyper, r = -1", 2e-2),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x) + w, x * (self.c - z) - y, x * y - self.b * z, -y * z + self.r * w
