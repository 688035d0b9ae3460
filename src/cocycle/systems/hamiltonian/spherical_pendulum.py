"""The spherical pendulum."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, LagrangianFlow, Source, Status, param

__all__ = ["SphericalPendulum"]


class SphericalPendulum(LagrangianFlow):
    r"""A pendulum that moves on a sphere: the bob goes round while it swings.

    $$L = \tfrac12 m l^2 (\dot q_1^2 + \sin^2 q_1\, \dot q_2^2) + m g l \cos q_1$$

    `q1` is the angle from the downward vertical, `q2` the azimuth, not wrapped. The angular momentum about the
    vertical, $m l^2 \sin^2 q_1\, \dot q_2$, is conserved, so the motion is integrable
    [@landau1976, section 14, problem 1]. Circles at constant $q_1$ have $\dot q_2^2 = g / (l \cos q_1)$.

    **Arguments**: `m` mass (kg), 1; `l` length (m), 1; `g` gravity (m/s^2), 9.81. Time is in seconds.
    """

    m: Any = param(1.0)
    l: Any = param(1.0)  # noqa: E741 - the symbol of the field
    g: Any = param(9.81)

    card: ClassVar = Card(
        title="Spherical pendulum",
        equation=r"L = \tfrac12 m l^2 (\dot q_1^2 + \sin^2 q_1 \dot q_2^2) + m g l \cos q_1",
        field="physics",
        cite=("landau1976",),
        variables=("q1", "q2", "v1", "v2"),
        units=("rad", "rad", "rad/s", "rad/s"),
        unbounded=("q2",),
        state=(1.5, 0.0, 0.0, 2.5),
        period=1.13,
        dt=0.01,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous"}),
        presets={"earth": {"g": 9.81}, "moon": {"g": 1.62}},
        known={
            "symmetry": Known((1, -2, 3, -4), Source.EXACT, "mirror image", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with v -> -v", 1e-12),
            "lyapunov": Known((0.0, 0.0, 0.0, 0.0), Source.EXACT, "integrable", 1e-2),
        },
        status=Status.VERIFIED,
    )

    def lagrangian(self, q, v):
        s = jnp.sin(q[0])
        kinetic = 0.5 * self.m * self.l**2 * (v[0] ** 2 + s * s * v[1] ** 2)
        return kinetic + self.m * self.g * self.l * jnp.cos(q[0])

    def invariants(self, x):
        q1, _, _, v2 = x
        return {"angular momentum": self.m * self.l**2 * jnp.sin(q1) ** 2 * v2}
