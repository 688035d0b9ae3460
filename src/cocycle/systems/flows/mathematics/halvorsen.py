"""Halvorsen's cyclically symmetric attractor."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Halvorsen"]


class Halvorsen(Flow):
    r"""Halvorsen's flow, symmetric under cyclic exchange of its three variables.

    $$\dot x = -a x - 4 y - 4 z - y^2, \quad \dot y = -a y - 4 z - 4 x - z^2, \quad \dot z = -a z - 4 x - 4 y - x^2$$

    Found by Arne Dehli Halvorsen (Usenet, 1997); in Sprott's book [@sprott2003, appendix A]. Besides the origin there
    is the fixed point $x = y = z = -(a + 8)$.

    **Arguments**: `a`, the damping, 1.27. Starts far outside the attractor escape to infinity.

    **Good values**: `a=1.27` chaotic; `a=2.5` periodic.
    """

    a: Any = param(1.27)

    card: ClassVar = Card(
        title="Halvorsen",
        equation=(
            r"\dot x = -a x - 4 y - 4 z - y^2,\ \dot y = -a y - 4 z - 4 x - z^2,\ \dot z = -a z - 4 x - 4 y - x^2"
        ),
        field="mathematics",
        cite=("sprott2003",),
        variables=("x", "y", "z"),
        state=(-5.5913, -0.3261, 0.7545),
        period=1.4,
        dt=0.02,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 1.27}, "periodic": {"a": 2.5}},
        known={
            "divergence": Known(-3.81, Source.EXACT, "-3 a", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (-9.27, -9.27, -9.27)), Source.EXACT, "x = y = z = 0 or -(a + 8)", 1e-11
            ),
            "symmetry": Known((2, 3, 1), Source.EXACT, "cyclic", 1e-12),
            "lyapunov": Known((0.7899, 0.0, -4.5999), Source.PAPER, "sprott2003, appendix A", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            -self.a * x - 4 * (y + z) - y * y,
            -self.a * y - 4 * (z + x) - z * z,
            -self.a * z - 4 * (x + y) - x * x,
        )
