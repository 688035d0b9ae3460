"""Hill's problem of the moon."""

from typing import ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status

__all__ = ["HillLunar"]

_L = 3 ** (-1 / 3)


class HillLunar(HamiltonianFlow):
    r"""Hill's lunar problem: a moon near its planet, and far from the sun that the planet goes round.

    $$H = \tfrac12 (p_1^2 + p_2^2) + p_1 q_2 - p_2 q_1 - \frac{1}{\sqrt{q_1^2 + q_2^2}} - q_1^2 + \tfrac12 q_2^2$$

    The frame turns with the sun, which lies far out on the axis of `q1`; $p_1 = \dot q_1 - q_2$,
    $p_2 = \dot q_2 + q_1$, the unit of time is the year over $2\pi$. It is the limit of the restricted three-body
    problem for a small planet. Orbits with energy below $-\tfrac12 3^{4/3} \approx -2.163$, that of the equilibria at
    $q_1 = \pm 3^{-1/3}$, cannot leave the planet [@hill1878; @szebehely1967theory, section 10.4].

    No arguments: the energy is set by the start. The default state has -2.2 and is regular.
    """

    card: ClassVar = Card(
        title="Hill's lunar problem",
        equation=(
            r"H = \tfrac12 (p_1^2 + p_2^2) + p_1 q_2 - p_2 q_1 "
            r"- \frac{1}{\sqrt{q_1^2 + q_2^2}} - q_1^2 + \tfrac12 q_2^2"
        ),
        field="physics",
        cite=("hill1878", "szebehely1967theory"),
        variables=("q1", "q2", "p1", "p2"),
        state=(0.35, 0.0, 0.0, 1.6468),
        period=1.3,
        dt=0.01,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-11),
            "fixed_points": Known(
                ((_L, 0.0, 0.0, _L), (-_L, 0.0, 0.0, -_L)), Source.EXACT, "q1 = +-3^(-1/3), p2 = q1", 1e-13
            ),
            "symmetry": Known((-1, -2, -3, -4), Source.EXACT, "half a turn", 1e-12),
            "reversor": Known((1, -2, -3, 4), Source.EXACT, "t -> -t with q2 -> -q2, p1 -> -p1", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def hamiltonian(self, q, p):
        q1, q2 = q
        p1, p2 = p
        kinetic = 0.5 * (p1 * p1 + p2 * p2) + p1 * q2 - p2 * q1
        return kinetic - 1 / jnp.hypot(q1, q2) - q1 * q1 + 0.5 * q2 * q2
