"""Holmes's bouncing ball."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["BouncingBall"]


class BouncingBall(Map):
    r"""A ball that bounces on a vibrating table, high enough that the table's own height does not matter.

    $$\phi_{n+1} = \phi_n + v_n \pmod{2\pi}, \quad v_{n+1} = \alpha v_n - \gamma \cos(\phi_n + v_n)$$

    $\phi$ is the table's phase at an impact, `v` the ball's speed after it in units that make it the next time of
    flight. With $\alpha = 1$ it is the standard map [@holmes1982; @guckenheimer1983, section 2.4]. Fixed points have
    $v = 2 \pi m$ and $\cos\phi = (\alpha - 1) 2 \pi m / \gamma$.

    **Arguments**: `alpha`, the coefficient of restitution, 0.8; `gamma`, the table's acceleration, 10.

    **Good values**: `gamma=10` chaotic; `gamma=4.5` period 2; `gamma=1` fixed point.
    """

    alpha: Any = param(0.8)
    gamma: Any = param(10.0)

    card: ClassVar = Card(
        title="Bouncing ball map",
        equation=(r"\phi_{n+1} = \phi_n + v_n \pmod{2\pi},\ v_{n+1} = \alpha v_n - \gamma \cos(\phi_n + v_n)"),
        field="physics",
        cite=("holmes1982", "guckenheimer1983"),
        variables=("phi", "v"),
        state=(4.2802, 3.5022),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={"chaotic": {"gamma": 10.0}, "period 2": {"gamma": 4.5}, "fixed point": {"gamma": 1.0}},
        known={
            "determinant": Known(0.8, Source.EXACT, "alpha", 1e-12),
            "fixed_points": Known(
                tuple(
                    (phi, 2 * math.pi * m)
                    for m in (0, 1, -1)
                    for phi in (
                        math.acos(-0.2 * 2 * math.pi * m / 10),
                        2 * math.pi - math.acos(-0.2 * 2 * math.pi * m / 10),
                    )
                ),
                Source.EXACT,
                "v = 2 pi m, cos phi = (alpha - 1) v / gamma; m = 0, 1, -1",
                1e-12,
            ),
            "lyapunov_sum": Known(math.log(0.8), Source.EXACT, "ln alpha", 1e-9),
            "bifurcation:gamma": Known(
                3.6, Source.EXACT, "the ball that moves with the table doubles its period, 2 (1 + alpha)", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        phi, v = x
        phi = jnp.mod(phi + v, 2 * jnp.pi)
        return phi, self.alpha * v - self.gamma * jnp.cos(phi)
