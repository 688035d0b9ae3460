"""The Genesio-Tesi system, a jerk equation from control theory."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["GenesioTesi"]


class GenesioTesi(Flow):
    r"""The Genesio-Tesi flow: a third-order linear filter fed back with its square.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = -c x - b y - a z + x^2$$

    An example on which the method of harmonic balance predicts chaos [@genesio1992]; with $x \to -x$ the feedback is
    $-x^2$. The origin is stable for $a b > c$; as `a` falls the cycle born there doubles its period. The other fixed
    point is $(c, 0, 0)$. The set $a = 1.2, b = 2.92, c = 6$, used in many papers on the control of chaos, is periodic:
    we find the exponents 0, -0.008 and -1.192.

    **Arguments**: `a` 0.44, `b` 1.1, `c` 1.

    **Good values**: `a=0.44` chaotic; `a=0.8` periodic; `a=1` fixed point.
    """

    a: Any = param(0.44)
    b: Any = param(1.1)
    c: Any = param(1.0)

    card: ClassVar = Card(
        title="Genesio-Tesi",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = -c x - b y - a z + x^2",
        field="mathematics",
        cite=("genesio1992",),
        variables=("x", "y", "z"),
        state=(0.12558, 0.38319, -0.019529),
        period=5.9,
        dt=0.06,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.44}, "periodic": {"a": 0.8}, "fixed point": {"a": 1.0}},
        known={
            "divergence": Known(-0.44, Source.EXACT, "-a", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0), (1.0, 0.0, 0.0)), Source.EXACT, "0 and (c, 0, 0)", 1e-12),
            "bifurcation:a": Known(1 / 1.1, Source.EXACT, "c / b: Hopf of the origin", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, -self.c * x - self.b * y - self.a * z + x * x
