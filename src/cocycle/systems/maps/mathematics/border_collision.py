"""The normal form of border collisions."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["BorderCollision"]


class BorderCollision(Map):
    r"""The normal form of a planar map that is linear on either side of a line, as switched circuits give it.

    $$x_{n+1} = y_n + \mu + \begin{cases} \tau_L x_n & x_n < 0 \\ \tau_R x_n & x_n \ge 0 \end{cases}, \quad
    y_{n+1} = \begin{cases} -\delta_L x_n & x_n < 0 \\ -\delta_R x_n & x_n \ge 0 \end{cases}$$

    As `mu` passes 0 a fixed point meets the border, and a fixed point, a cycle or chaos is born at full size. With the
    default traces and determinants and $\mu > 0$ the chaos is robust: no window of periodic motion is near in parameter
    space [@banerjee1998]. `mu` sets the size only, and its sign the kind.

    **Arguments**: the traces `tau_L` 1.7 and `tau_R` -1.7, the determinants `delta_L` 0.5 and `delta_R` 0.5 of the two
    sides; `mu` 0.1.

    **Good values**: the default, chaotic; `tau_R=-0.5` fixed point.
    """

    tau_L: Any = param(1.7)
    tau_R: Any = param(-1.7)
    delta_L: Any = param(0.5)
    delta_R: Any = param(0.5)
    mu: Any = param(0.1)

    card: ClassVar = Card(
        title="Border-collision normal form",
        equation=(
            r"x_{n+1} = y_n + \mu + \begin{cases} \tau_L x_n & x_n < 0 \\ \tau_R x_n & \text{otherwise} \end{cases},\ "
            r"y_{n+1} = \begin{cases} -\delta_L x_n & x_n < 0 \\ -\delta_R x_n & \text{otherwise} \end{cases}"
        ),
        field="mathematics",
        cite=("banerjee1998",),
        variables=("x", "y"),
        state=(0.035928, 0.0087111),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "piecewise"}),
        presets={"chaotic": {"tau_R": -1.7}, "fixed point": {"tau_R": -0.5}},
        known={
            "determinant": Known(0.5, Source.EXACT, "delta_L = delta_R", 1e-14),
            "fixed_points": Known(
                ((0.1 / 3.2, -0.05 / 3.2), (0.1 / -0.2, -0.05 / -0.2)),
                Source.EXACT,
                "x = mu / (1 - tau + delta), y = -delta x, right and left",
                1e-13,
            ),
            "lyapunov_sum": Known(math.log(0.5), Source.EXACT, "ln delta", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        left = x < 0
        tau, delta = jnp.where(left, self.tau_L, self.tau_R), jnp.where(left, self.delta_L, self.delta_R)
        return tau * x + y + self.mu, -delta * x
