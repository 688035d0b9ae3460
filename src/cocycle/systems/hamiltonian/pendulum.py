"""The mathematical pendulum."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["Pendulum"]


def _period(amplitude: float, l: float, g: float) -> float:  # noqa: E741 - the symbol of the field
    # T = 4 sqrt(l/g) K(sin(amplitude/2)), by the arithmetic-geometric mean
    a, b = 1.0, math.cos(amplitude / 2)
    for _ in range(8):
        a, b = (a + b) / 2, math.sqrt(a * b)
    return 2 * math.pi * math.sqrt(l / g) / a


class Pendulum(HamiltonianFlow):
    r"""A point mass on a massless rod, without friction: swings, separatrix and rotation.

    $$H = \frac{p_1^2}{2 m l^2} - m g l \cos q_1$$

    `q1` is the angle from the downward vertical, not wrapped, `p1` the angular momentum. Swings of amplitude $\theta$
    have the period $4 \sqrt{l/g}\, K(\sin\tfrac{\theta}{2})$ with the complete elliptic integral $K(k)$; above the
    energy $m g l$ of the separatrix the pendulum turns over [@landau1976, section 11, problem 1].

    **Arguments**: `m` mass (kg), 1; `l` length (m), 1; `g` gravity (m/s^2), 9.81. Time is in seconds. The default state
    swings with amplitude 2.
    """

    m: Any = param(1.0)
    l: Any = param(1.0)  # noqa: E741 - the symbol of the field
    g: Any = param(9.81)

    card: ClassVar = Card(
        title="Pendulum",
        equation=r"H = \frac{p_1^2}{2 m l^2} - m g l \cos q_1",
        field="physics",
        cite=("landau1976",),
        variables=("q1", "p1"),
        units=("rad", "kg m^2/s"),
        state=(2.0, 0.0),
        period=_period(2.0, 1.0, 9.81),
        dt=0.025,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous"}),
        presets={"earth": {"g": 9.81}, "moon": {"g": 1.62}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "fixed_points": Known(((0.0, 0.0), (math.pi, 0.0)), Source.EXACT, "hanging and upright", 1e-13),
            "symmetry": Known((-1, -2), Source.EXACT, "mirror image", 1e-13),
            "reversor": Known((1, -2), Source.EXACT, "t -> -t with p -> -p", 1e-13),
            "period": Known(_period(2.0, 1.0, 9.81), Source.EXACT, "4 sqrt(l/g) K(sin(1)), amplitude 2", 1e-7),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "one degree of freedom", 5e-3),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        return p[0] ** 2 / (2 * self.m * self.l**2) - self.m * self.g * self.l * jnp.cos(q[0])
