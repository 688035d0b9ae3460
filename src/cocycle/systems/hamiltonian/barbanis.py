"""Barbanis's potential and its cubic relatives."""

from typing import Any, ClassVar

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["Barbanis"]

_CORNER = 0.5**0.5


class Barbanis(HamiltonianFlow):
    r"""Two oscillators with a cubic coupling: Barbanis's galactic potential, and with `alpha` the Henon-Heiles family.

    $$H = \tfrac12 (p_1^2 + p_2^2 + A q_1^2 + B q_2^2) + \epsilon (q_1 q_2^2 + \alpha q_1^3)$$

    With $\alpha = 0$, Barbanis's case, orbits may escape above the energy $A B^2 / (8 \epsilon^2)$, that of the saddles
    at $q_1 = -B / (2 \epsilon)$, $q_2^2 = A B / (2 \epsilon^2)$ [@barbanis1966]. With $\alpha = -1/3$ it is Henon and
    Heiles's. It is integrable in three cases: $\alpha = 1/3$ with $A = B$; $\alpha = 2$; $\alpha = 16/3$ with
    $A = 16 B$ [@chang1982].

    **Arguments**: `A` 1 and `B` 1, squared frequencies; `epsilon` coupling 1; `alpha` 0.

    **Good values**: `alpha=0` chaotic at the energy 0.1245 of the default state; `alpha=1/3` integrable.
    """

    A: Any = param(1.0)
    B: Any = param(1.0)
    epsilon: Any = param(1.0)
    alpha: Any = param(0.0)

    card: ClassVar = Card(
        title="Barbanis potential",
        equation=(r"H = \tfrac12 (p_1^2 + p_2^2 + A q_1^2 + B q_2^2) + \epsilon (q_1 q_2^2 + \alpha q_1^3)"),
        field="physics",
        cite=("barbanis1966", "chang1982"),
        variables=("q1", "q2", "p1", "p2"),
        state=(0.0, 0.0, 0.08, 0.4926),
        period=7.5,
        dt=0.06,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={
            "barbanis": {"alpha": 0.0},
            "henon-heiles": {"alpha": -1 / 3},
            "integrable": {"alpha": 1 / 3},
        },
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0, 0.0), (-0.5, _CORNER, 0.0, 0.0), (-0.5, -_CORNER, 0.0, 0.0)),
                Source.EXACT,
                "the minimum and two saddles at energy 1/8",
                1e-13,
            ),
            "symmetry": Known((1, -2, 3, -4), Source.EXACT, "q2 -> -q2", 1e-13),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-13),
        },
        status=Status.UNVERIFIED,
        reason=(
            "Its orbit sticks to regular islands: the largest exponent is 0.033 over 4e5 units of time and 0.030 over "
            "1.2e7, with error bars that grow."
        ),
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        q1, q2 = q
        p1, p2 = p
        quadratic = 0.5 * (p1 * p1 + p2 * p2 + self.A * q1 * q1 + self.B * q2 * q2)
        return quadratic + self.epsilon * (q1 * q2 * q2 + self.alpha * q1 * q1 * q1)
