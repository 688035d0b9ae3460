"""The double pendulum, in canonical coordinates."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["DoublePendulum"]


class DoublePendulum(HamiltonianFlow):
    r"""Two point masses on two massless rods, without friction: chaotic at medium energies.

    $$H = \frac{m_2 l_2^2 p_1^2 + (m_1 + m_2) l_1^2 p_2^2 - 2 m_2 l_1 l_2\, p_1 p_2 \cos(q_1 - q_2)}
    {2 m_2 l_1^2 l_2^2\,[m_1 + m_2 \sin^2(q_1 - q_2)]} - (m_1 + m_2) g l_1 \cos q_1 - m_2 g l_2 \cos q_2$$

    The angles `q1` and `q2` are measured from the downward vertical and not wrapped; `p1` and `p2` are the conjugate
    momenta. The mass matrix depends on the angles: the Hamiltonian is not separable. Small swings are two
    incommensurate modes, very fast ones rotate regularly; in between most starts are chaotic [@landau1976, section 5;
    @shinbrot1992].

    **Arguments**: `m1`, `m2` masses (kg), 1; `l1`, `l2` lengths (m), 1; `g` gravity (m/s^2), 9.81. Time is in seconds.
    """

    m1: Any = param(1.0)
    m2: Any = param(1.0)
    l1: Any = param(1.0)
    l2: Any = param(1.0)
    g: Any = param(9.81)

    card: ClassVar = Card(
        title="Double pendulum",
        equation=(
            r"H = \frac{m_2 l_2^2 p_1^2 + (m_1 + m_2) l_1^2 p_2^2 - 2 m_2 l_1 l_2 p_1 p_2 \cos(q_1 - q_2)}"
            r"{2 m_2 l_1^2 l_2^2 (m_1 + m_2 \sin^2(q_1 - q_2))} - (m_1 + m_2) g l_1 \cos q_1 - m_2 g l_2 \cos q_2"
        ),
        field="physics",
        cite=("landau1976", "shinbrot1992"),
        variables=("q1", "q2", "p1", "p2"),
        unbounded=("q1", "q2"),
        units=("rad", "rad", "kg m^2/s", "kg m^2/s"),
        state=(2.0, 2.0, 0.0, 0.0),
        period=2.5,
        dt=0.03,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "mechanics"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-11),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "hanging at rest", 1e-13),
            "symmetry": Known((-1, -2, -3, -4), Source.EXACT, "mirror image", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def hamiltonian(self, q, p):
        q1, q2 = q
        p1, p2 = p
        m1, m2, l1, l2 = self.m1, self.m2, self.l1, self.l2
        kinetic = (m2 * l2**2 * p1**2 + (m1 + m2) * l1**2 * p2**2 - 2 * m2 * l1 * l2 * p1 * p2 * jnp.cos(q1 - q2)) / (
            2 * m2 * l1**2 * l2**2 * (m1 + m2 * jnp.sin(q1 - q2) ** 2)
        )
        return kinetic - (m1 + m2) * self.g * l1 * jnp.cos(q1) - m2 * self.g * l2 * jnp.cos(q2)
