"""Tufillaro's swinging Atwood machine."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["SwingingAtwood"]


class SwingingAtwood(HamiltonianFlow):
    r"""Two masses on one string over pulleys, the lighter of which may swing.

    $$H = \frac{p_1^2}{2 (m_1 + m_2)} + \frac{p_2^2}{2 m_1 q_1^2} + g q_1 (m_2 - m_1 \cos q_2)$$

    `q1` is the length of the swinging part of the string, `q2` its angle from the downward vertical, not wrapped. For
    $m_2 > m_1$ the swinging mass stays at a bounded distance. With $m_2 = 3 m_1$ there is a second integral and the
    motion is regular; in general it is chaotic [@tufillaro1984; @tufillaro1986]. Starts without angular momentum about
    the pulley may run into it, where the equations are singular.

    **Arguments**: `m1` the swinging mass, 1; `m2` the counterweight, 2; `g` gravity, 1.

    **Good values**: from the default state `m2=2` is quasi-periodic, `m2=4.5` chaotic with close passes; `m2=3` is
    integrable.
    """

    m1: Any = param(1.0)
    m2: Any = param(2.0)
    g: Any = param(1.0)

    card: ClassVar = Card(
        title="Swinging Atwood machine",
        equation=r"H = \frac{p_1^2}{2 (m_1 + m_2)} + \frac{p_2^2}{2 m_1 q_1^2} + g q_1 (m_2 - m_1 \cos q_2)",
        field="physics",
        cite=("tufillaro1984", "tufillaro1986"),
        variables=("q1", "q2", "p1", "p2"),
        unbounded=("q2",),
        state=(1.0, 2.0, 0.0, 0.3),
        period=2.9,
        dt=0.03,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous"}),
        presets={"regular": {"m2": 2.0}, "chaotic": {"m2": 4.5}, "integrable": {"m2": 3.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-11),
            "symmetry": Known((1, -2, 3, -4), Source.EXACT, "mirror image", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def hamiltonian(self, q, p):
        r, angle = q
        kinetic = p[0] ** 2 / (2 * (self.m1 + self.m2)) + p[1] ** 2 / (2 * self.m1 * r * r)
        return kinetic + self.g * r * (self.m2 - self.m1 * jnp.cos(angle))
