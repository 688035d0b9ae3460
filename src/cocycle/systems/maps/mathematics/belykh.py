"""Belykh's map of the square."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Belykh"]


class Belykh(Map):
    r"""A discontinuous map of the square $[-1, 1]^2$: squeezed sideways, stretched upwards, and cut along a line.

    $$(x, y)_{n+1} = \begin{cases} (\lambda (x - 1) + 1,\ \gamma (y - 1) + 1) & y > k x \\
    (\lambda (x + 1) - 1,\ \gamma (y + 1) - 1) & y < k x \end{cases}$$

    From phase-locked loops. The attractor is a generalised hyperbolic one for $0 < \lambda < 1/2$ and
    $1 < \gamma < 2 / (1 + |k|)$ [@pesin1992]; the exponents are exactly $\ln\gamma$ and $\ln\lambda$.

    **Arguments**: `lam` the squeeze $\lambda$, 0.4; `gamma` the stretch, 1.5; `k` the slope of the cut, 0.3.

    **Good values**: `k=0.3`; `k=0` where the two directions separate.
    """

    lam: Any = param(0.4)
    gamma: Any = param(1.5)
    k: Any = param(0.3)

    card: ClassVar = Card(
        title="Belykh map",
        equation=(
            r"x_{n+1} = \begin{cases} \lambda (x_n - 1) + 1 & y_n > k x_n \\ \lambda (x_n + 1) - 1 & \text{otherwise}"
            r" \end{cases},\ y_{n+1} = \begin{cases} \gamma (y_n - 1) + 1 & y_n > k x_n \\ \gamma (y_n + 1) - 1 &"
            r" \text{otherwise} \end{cases}"
        ),
        symbols={"\\lambda": "lam"},
        field="mathematics",
        cite=("pesin1992",),
        variables=("x", "y"),
        state=(0.2912, -0.43788),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "piecewise"}),
        presets={"skew": {"k": 0.3}, "straight": {"k": 0.0}},
        known={
            "determinant": Known(0.6, Source.EXACT, "lam gamma", 1e-14),
            "fixed_points": Known(((1.0, 1.0), (-1.0, -1.0)), Source.EXACT, "the corners", 1e-14),
            "lyapunov": Known((math.log(1.5), math.log(0.4)), Source.EXACT, "ln gamma, ln lam: constant", 1e-9),
            "kaplan_yorke": Known(1 - math.log(1.5) / math.log(0.4), Source.EXACT, "1 + ln gamma / |ln lam|", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        side = jnp.where(y > self.k * x, 1.0, -1.0)
        return self.lam * (x - side) + side, self.gamma * (y - side) + side
