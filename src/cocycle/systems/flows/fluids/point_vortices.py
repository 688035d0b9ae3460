"""Point vortices in the plane."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["PointVortices"]


class PointVortices(Flow):
    r"""Point vortices that carry each other: integrable for three, chaotic for four or more.

    $$\dot x_i = -\frac{1}{2\pi} \sum_{j \ne i} \frac{\Gamma_j (y_i - y_j)}{r_{ij}^2}, \quad
    \dot y_i = \frac{1}{2\pi} \sum_{j \ne i} \frac{\Gamma_j (x_i - x_j)}{r_{ij}^2}, \quad
    r_{ij}^2 = (x_i - x_j)^2 + (y_i - y_j)^2$$

    The state is all `x`, then all `y`. The energy $-\tfrac{1}{4\pi}\sum_{i \ne j} \Gamma_i \Gamma_j \ln r_{ij}$, the
    centre of vorticity and the angular impulse are conserved [@kirchhoff1876]. That makes three vortices integrable,
    and four chaotic in general [@aref1982].

    **Arguments**: `Gamma`, the circulations, one a vortex: four of 1. The default start has no symmetry, for any number
    of vortices.

    **Good values**: four equal vortices chaotic; preset "three" quasi-periodic; preset "pair" turns steadily.
    """

    Gamma: Any = param((1.0, 1.0, 1.0, 1.0))

    card: ClassVar = Card(
        title="Point vortices",
        equation=(
            r"\dot x_i = -\frac{1}{2 \pi} \sum_{j \ne i} \frac{\Gamma_j (y_i - y_j)}{r_{ij}^2},\ "
            r"\dot y_i = \frac{1}{2 \pi} \sum_{j \ne i} \frac{\Gamma_j (x_i - x_j)}{r_{ij}^2},\ "
            r"r_{ij}^2 = (x_i - x_j)^2 + (y_i - y_j)^2"
        ),
        field="fluids",
        cite=("kirchhoff1876", "aref1982"),
        variables=("x1", "x2", "x3", "x4", "y1", "y2", "y3", "y4"),
        period=20.0,
        dt=0.2,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous"}),
        presets={"four": {"Gamma": (1.0,) * 4}, "three": {"Gamma": (1.0,) * 3}, "pair": {"Gamma": (1.0,) * 2}},
        known={
            "divergence": Known(0.0, Source.EXACT, "the velocity of a vortex depends on the others only", 1e-13),
            "symmetry": Known((-5, -6, -7, -8, 1, 2, 3, 4), Source.EXACT, "a quarter turn", 1e-12),
            "reversor": Known((1, 2, 3, 4, -5, -6, -7, -8), Source.EXACT, "t -> -t with a mirror image", 1e-12),
        },
        status=Status.VERIFIED,
    )

    @property
    def variables(self):
        """`x1, x2, ...`, then `y1, y2, ...`: one of each a vortex."""
        return tuple(f"{axis}{i + 1}" for axis in "xy" for i in range(self.Gamma.shape[0]))

    def default_state(self):
        count = self.Gamma.shape[0]
        index = jnp.arange(count, dtype=self.Gamma.dtype)
        angle = 2.4 * index
        radius = 1 + 0.7 * jnp.cos(5 * index)
        return jnp.concatenate([radius * jnp.cos(angle), radius * jnp.sin(angle)])

    def _pairs(self, state):
        x, y = jnp.split(state, 2)
        dx, dy = x[:, None] - x, y[:, None] - y
        return dx, dy, dx * dx + dy * dy + jnp.eye(x.shape[0], dtype=x.dtype)

    def vector_field(self, t, x):
        del t
        dx, dy, square = self._pairs(x)
        return jnp.concatenate([-(dy / square) @ self.Gamma, (dx / square) @ self.Gamma]) / (2 * math.pi)

    def invariants(self, state):
        x, y = jnp.split(state, 2)
        square = self._pairs(state)[2]
        return {
            "energy": -self.Gamma @ jnp.log(square) @ self.Gamma / (8 * math.pi),
            "centre x": self.Gamma @ x,
            "centre y": self.Gamma @ y,
            "angular impulse": self.Gamma @ (x * x + y * y),
        }
