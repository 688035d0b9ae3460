"""Henon and Heiles's star in a galaxy."""

from typing import Any, ClassVar

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["HenonHeiles"]

_CORNER = 0.75**0.5


class HenonHeiles(HamiltonianFlow):
    r"""Henon and Heiles's star in the meridian plane of a galaxy: the standard Hamiltonian of two degrees of freedom.

    $$H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 (q_1^2 + q_2^2) + \lambda\,(q_1^2 q_2 - \tfrac13 q_2^3)$$

    At energy 1/12 nearly all orbits lie on tori, at 1/8 islands of tori and a chaotic sea share the energy surface, at
    1/6 the sea has most of it; above 1/6 (for `coupling` 1) orbits escape through three saddles [@henon1964].

    **Arguments**: `coupling` $\lambda$, 1. The energy is set by the start: the default has 1/8 and lies in the sea.
    """

    coupling: Any = param(1.0)

    card: ClassVar = Card(
        title="Henon-Heiles",
        equation=(r"H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 (q_1^2 + q_2^2) + \lambda (q_1^2 q_2 - \tfrac13 q_2^3)"),
        symbols={r"\lambda": "coupling"},
        field="physics",
        cite=("henon1964",),
        variables=("q1", "q2", "p1", "p2"),
        state=(0.0, -0.25, 0.4208, 0.0),
        period=6.8,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial", "astronomy"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (_CORNER, -0.5, 0.0, 0.0), (-_CORNER, -0.5, 0.0, 0.0)),
                Source.EXACT,
                "the minimum and three saddles at energy 1/6",
                1e-13,
            ),
            "symmetry": Known((-1, 2, -3, 4), Source.EXACT, "q1 -> -q1", 1e-13),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-13),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        q1, q2 = q
        p1, p2 = p
        return 0.5 * (p1 * p1 + p2 * p2 + q1 * q1 + q2 * q2) + self.coupling * (q1 * q1 * q2 - q2 * q2 * q2 / 3)
