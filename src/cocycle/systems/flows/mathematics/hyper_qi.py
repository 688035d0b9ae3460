"""Qi and coworkers' hyperchaotic system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperQi"]


class HyperQi(Flow):
    r"""Qi's hyperchaotic system: fast, with two large positive exponents and a broad spectrum.

    $$\dot x = a (y - x) + y z, \quad \dot y = b (x + y) - x z, \quad \dot z = -c z - e w + x y,
    \quad \dot w = -d w + f z + x y$$

    The pair `z`, `w` is a damped oscillator, driven by the product $xy$; the frequency comes close to $\sqrt{ef}/2\pi$
    [@qi2008hyper].

    **Arguments**: `a` 50, `b` 24, `c` 13, `d` 8, `e` 33, `f` 30, without dimension.
    """

    a: Any = param(50.0)
    b: Any = param(24.0)
    c: Any = param(13.0)
    d: Any = param(8.0)
    e: Any = param(33.0)
    f: Any = param(30.0)

    card: ClassVar = Card(
        title="Qi hyperchaotic",
        equation=r"\dot x = a (y - x) + y z,\ \dot y = b (x + y) - x z,\ "
        r"\dot z = -c z - e w + x y,\ \dot w = -d w + f z + x y",
        field="mathematics",
        cite=("qi2008hyper",),
        variables=("x", "y", "z", "w"),
        state=(23.193, 23.688, -46.644, 122.83),
        period=0.2,
        dt=0.002,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"e": 33.0}},
        known={
            "divergence": Known(-50 + 24 - 13 - 8.0, Source.EXACT, "b - a - c - d", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, 4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, w)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return (
            self.a * (y - x) + y * z,
            self.b * (x + y) - x * z,
            -self.c * z - self.e * w + x * y,
            -self.d * w + self.f * z + x * y,
        )
