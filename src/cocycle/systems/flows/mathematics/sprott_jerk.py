"""The simplest quadratic chaotic flow, a jerk equation with one parameter."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottJerk"]


class SprottJerk(Flow):
    r"""Sprott's jerk flow: chaos from five terms, one quadratic.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = -A z + y^2 - x$$

    As one equation, $\dddot x + A \ddot x - \dot x^2 + x = 0$ [@sprott1997]: the simplest dissipative chaotic flow with
    a quadratic term. The origin is the only fixed point. Chaos occurs only between about $A = 2.0168$ and 2.0577, and
    the basin is small: most starts escape. Exponents in [@sprott2003, appendix A.5.17].

    **Arguments**: `A`, the damping, 2.017.
    """

    A: Any = param(2.017)

    card: ClassVar = Card(
        title="Sprott's jerk flow",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = -A z + y^2 - x",
        field="mathematics",
        cite=("sprott1997", "sprott2003"),
        variables=("x", "y", "z"),
        state=(6.5847, 0.52275, -2.1805),
        period=12.0,
        dt=0.1,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        known={
            "divergence": Known(-2.017, Source.EXACT, "-A", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-12),
            "lyapunov": Known((0.0551, 0.0, -2.0721), Source.PAPER, "sprott2003, appendix A.5.17", 1e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, -self.A * z + y * y - x
