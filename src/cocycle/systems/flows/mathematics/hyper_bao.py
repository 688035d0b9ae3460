"""Bao and Liu's hyperchaotic system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperBao"]


class HyperBao(Flow):
    r"""Bao and Liu's hyperchaotic system, made of Lü's by a feedback of $yz$.

    $$\dot x = a (y - x) + w, \quad \dot y = c y - x z, \quad \dot z = x y - b z, \quad \dot w = k x + d y z$$

    Two exponents are positive at the defaults [@bao2008].

    **Arguments**: `a` 36, `b` 3, `c` 20 as in Lü's system; `d` 0.1 and `k` 21, the feedback.
    """

    a: Any = param(36.0)
    b: Any = param(3.0)
    c: Any = param(20.0)
    d: Any = param(0.1)
    k: Any = param(21.0)

    card: ClassVar = Card(
        title="Bao-Liu hyperchaotic",
        equation=r"\dot x = a (y - x) + w,\ \dot y = c y - x z,\ \dot z = x y - b z,\ \dot w = k x + d y z",
        field="mathematics",
        cite=("bao2008",),
        variables=("x", "y", "z", "w"),
        state=(14.424, 11.73, 25.342, 56.312),
        period=0.77,
        dt=0.008,
        transient=50.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"hyperchaotic": {"d": 0.1}},
        known={
            "divergence": Known(20.0 - 36 - 3, Source.EXACT, "c - a - b", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
        },
        status=Status.DISPUTED,
        reason="Collections disagree about c (20 or 20.5) and the sign of d y z; the paper was not at hand.",
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.a * (y - x) + w, self.c * y - x * z, x * y - self.b * z, self.k * x + self.d * y * z
