"""The map with a fractal basin boundary."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["GrebogiMap"]


class GrebogiMap(Map):
    r"""Two resting states whose basins share a fractal boundary: final states that cannot be foretold.

    $$\theta_{n+1} = \theta_n + a \sin 2\theta_n - b \sin 4\theta_n - x_n \sin\theta_n \pmod{2\pi}, \quad
    x_{n+1} = -J_0 \cos\theta_n$$

    The fixed points $(0, -J_0)$ and $(\pi, J_0)$ attract while $|1 + 2 a - 4 b + J_0| < 1$. Close to the boundary the
    motion is chaotic for a while, and a start known to $\epsilon$ is uncertain with a probability of about
    $\epsilon^{0.2}$ [@grebogi1983].

    **Arguments**: `a` 1.32; `b` 0.9; `J0` 0.3.

    **Good values**: the default.
    """

    a: Any = param(1.32)
    b: Any = param(0.9)
    J0: Any = param(0.3)

    card: ClassVar = Card(
        title="Grebogi-McDonald-Ott-Yorke map",
        equation=(
            r"\theta_{n+1} = \theta_n + a \sin(2 \theta_n) - b \sin(4 \theta_n) - x_n \sin\theta_n \pmod{2\pi},\ "
            r"x_{n+1} = -J_0 \cos\theta_n"
        ),
        field="physics",
        cite=("grebogi1983",),
        variables=("theta", "x"),
        state=(1.0, 0.2),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"fixed-point", "transient-chaos", "dissipative"}),
        presets={"fixed point": {"a": 1.32}},
        known={
            "fixed_points": Known(((0.0, -0.3), (math.pi, 0.3)), Source.EXACT, "(0, -J0) and (pi, J0)", 1e-12),
            "lyapunov": Known((math.log(0.34),), Source.EXACT, "at rest: ln|1 + 2a - 4b + J0|", 1e-3),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        theta, x = x
        turn = theta + self.a * jnp.sin(2 * theta) - self.b * jnp.sin(4 * theta) - x * jnp.sin(theta)
        return jnp.mod(turn, 2 * jnp.pi), -self.J0 * jnp.cos(theta)
