"""The quadrupole vibrations of an atomic nucleus."""

from typing import Any, ClassVar

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["NuclearQuadrupole"]


class NuclearQuadrupole(HamiltonianFlow):
    r"""Quadrupole vibrations of a nuclear surface: Henon and Heiles's symmetry, with a quartic term that confines.

    $$H = \tfrac{A}{2} (p_1^2 + p_2^2) + \tfrac{A}{2} (q_1^2 + q_2^2) + \tfrac{B}{\sqrt2} q_1 (3 q_2^2 - q_1^2)
    + \tfrac{D}{4} (q_1^2 + q_2^2)^2$$

    The potential has the symmetry of a triangle, and all orbits are bounded for $D > 0$. On the axis $q_2 = 0$ there
    are further equilibria at $A - \tfrac{3 B}{\sqrt2} q_1 + D q_1^2 = 0$ where $9 B^2 \ge 8 A D$. [@baran1998].

    **Arguments**: `A` 1, `B` 0.55 and `D` 0.4: the strengths of the quadratic, cubic and quartic terms.

    **Good values**: `B=0.55` chaotic from the default state; `B=0` a central force, integrable.
    """

    A: Any = param(1.0)
    B: Any = param(0.55)
    D: Any = param(0.4)

    card: ClassVar = Card(
        title="Nuclear quadrupole vibrations",
        equation=(
            r"H = \tfrac{A}{2} (p_1^2 + p_2^2) + \tfrac{A}{2} (q_1^2 + q_2^2) "
            r"+ \tfrac{B}{\sqrt{2}} q_1 (3 q_2^2 - q_1^2) + \tfrac{D}{4} (q_1^2 + q_2^2)^2"
        ),
        field="physics",
        cite=("baran1998",),
        variables=("q1", "q2", "p1", "p2"),
        state=(0.0, -1.5, 1.5, 0.5),
        period=7.2,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={"chaotic": {"B": 0.55}, "integrable": {"B": 0.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the sphere at rest", 1e-13),
            "symmetry": Known((1, -2, 3, -4), Source.EXACT, "q2 -> -q2", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        q1, q2 = q
        p1, p2 = p
        square = q1 * q1 + q2 * q2
        quadratic = 0.5 * self.A * (p1 * p1 + p2 * p2 + square)
        return quadratic + self.B / 2**0.5 * q1 * (3 * q2 * q2 - q1 * q1) + 0.25 * self.D * square * square
