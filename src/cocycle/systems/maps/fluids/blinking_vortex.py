"""The blinking vortex."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["BlinkingVortex"]


def _turn(x, y, centre, mu):
    """Around a point vortex at (centre, 0): every circle turns by an angle that falls off with its radius squared."""
    dx = x - centre
    angle = mu / (dx * dx + y * y)
    c, s = jnp.cos(angle), jnp.sin(angle)
    return centre + dx * c - y * s, dx * s + y * c


class BlinkingVortex(Map):
    r"""Stirring by two vortices that take turns: chaotic paths in a flow that is simple at any moment.

    $$z_{n+1} = T_{1}(T_{-1}(z_n)), \quad
    T_c(z) = c + (z - c)\, e^{i \mu / |z - c|^2}, \quad z = x + i y$$

    One step is a period, half of it under the vortex at -1 and half under that at 1: the motion under each is known in
    closed form. Invented by Aref, with a wall [@aref1984]; here without one, as in [@khakhar1986]. For small $\mu$ the
    particles circle around the vortices, for larger ones a chaotic sea grows that mixes.

    **Arguments**: `mu`, circulation times half a period over $2\pi$, in units of half the distance of the vortices, 1.

    **Good values**: `mu=0.1` regular; `mu=1` well stirred.
    """

    mu: Any = param(1.0)

    card: ClassVar = Card(
        title="Blinking vortex map",
        equation=(
            r"u = -1 + (x_n + 1) \cos a - y_n \sin a,\ v = (x_n + 1) \sin a + y_n \cos a,\ "
            r"a = \frac{\mu}{(x_n + 1)^2 + y_n^2},\ b = \frac{\mu}{(u - 1)^2 + v^2},\ "
            r"x_{n+1} = 1 + (u - 1) \cos b - v \sin b,\ y_{n+1} = (u - 1) \sin b + v \cos b"
        ),
        field="fluids",
        cite=("aref1984", "khakhar1986"),
        variables=("x", "y"),
        state=(0.2, 0.3),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative"}),
        presets={"regular": {"mu": 0.1}, "chaotic": {"mu": 1.0}},
        known={"determinant": Known(1.0, Source.EXACT, "the flow is incompressible", 1e-11)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        x, y = _turn(x, y, -1.0, self.mu)
        return _turn(x, y, 1.0, self.mu)
