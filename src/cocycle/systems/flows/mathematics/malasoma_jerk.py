"""The simplest cubic chaotic flow, symmetric under a change of sign."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MalasomaJerk"]


class MalasomaJerk(Flow):
    r"""Malasoma's jerk flow: chaos from five terms, one cubic, symmetric.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = -A z + x y^2 - x$$

    As one equation, $\dddot x + A \ddot x - x \dot x^2 + x = 0$ [@malasoma2000], unchanged by $x \to -x$. The origin is
    the only fixed point. Chaos only in a small range of `A` and in a small basin. Exponents in [@sprott2003, appendix
    A.5.18].

    **Arguments**: `A`, the damping, 2.028.
    """

    A: Any = param(2.028)

    card: ClassVar = Card(
        title="Malasoma's jerk flow",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = -A z + x y^2 - x",
        field="mathematics",
        cite=("malasoma2000", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-1.7341, -0.9385, 0.059319),
        period=15.6,
        dt=0.08,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        known={
            "divergence": Known(-2.028, Source.EXACT, "-A", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-12),
            "symmetry": Known((-1, -2, -3), Source.EXACT, "(x, y, z) -> (-x, -y, -z)", 1e-12),
            "lyapunov": Known((0.0837, 0.0, -2.1117), Source.PAPER, "sprott2003, appendix A.5.18", 1e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, -self.A * z + x * y * y - x
