"""Stoermer's problem."""

from typing import ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status

__all__ = ["Stormer"]


class Stormer(HamiltonianFlow):
    r"""A charged particle in the field of a magnetic dipole, in the meridian plane that turns with it.

    $$H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 \left(\frac{1}{q_1} - \frac{q_1}{r^3}\right)^2,
    \quad r = \sqrt{q_1^2 + q_2^2}$$

    `q1` is the distance from the axis, `q2` the height above the equator, both in units that remove the (conserved)
    angular momentum [@dragt1965]. Below the energy 1/32, that of the saddle at $q_1 = 2$, the particle is trapped, as
    in the radiation belts. It bounces between mirror points and is chaotic at energies not far below that of the saddle
    [@dragt1976].

    No arguments: the energy is set by the start. The default state has 1/400 and bounces regularly for ever.
    """

    card: ClassVar = Card(
        title="Stoermer problem",
        equation=(
            r"H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 (\frac{1}{q_1} - \frac{q_1}{r^3})^2,\ r = \sqrt{q_1^2 + q_2^2}"
        ),
        field="physics",
        cite=("dragt1965", "dragt1976"),
        variables=("q1", "q2", "p1", "p2"),
        state=(1.0, 0.0, 0.05, 0.05),
        period=50.0,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(
                ((1.0, 0.0, 0.0, 0.0), (2.0, 0.0, 0.0, 0.0)),
                Source.EXACT,
                "the bottom of the valley (energy 0) and the saddle (1/32), on the equator",
                1e-14,
            ),
            "symmetry": Known((1, -2, 3, -4), Source.EXACT, "q2 -> -q2", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.UNVERIFIED,
        reason="long chaotic runs come too near to the dipole for the default solver",
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        r = jnp.hypot(q[0], q[1])
        speed = 1 / q[0] - q[0] / r**3
        return 0.5 * (p[0] ** 2 + p[1] ** 2 + speed * speed)
