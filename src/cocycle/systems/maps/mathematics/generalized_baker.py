"""The generalised baker's map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["GeneralizedBaker"]

_H = -0.4 * math.log(0.4) - 0.6 * math.log(0.6)
_L = 0.4 * math.log(0.25) + 0.6 * math.log(0.4)


class GeneralizedBaker(Map):
    r"""A baker who cuts unevenly: a strange attractor all of whose dimensions are known in closed form.

    $$(x, y)_{n+1} = \begin{cases} (\lambda_a x,\ y / \alpha) & y < \alpha \\
    (\tfrac12 + \lambda_b x,\ (y - \alpha) / (1 - \alpha)) & y \ge \alpha \end{cases}$$

    Upwards the measure is uniform, so with $\beta = 1 - \alpha$ the exponents are
    $\alpha\ln\frac1\alpha + \beta\ln\frac1\beta$ and $\alpha\ln\lambda_a + \beta\ln\lambda_b$, and the information
    dimension equals the Kaplan-Yorke dimension [@farmer1983].

    **Arguments**: `alpha`, where the cut is, 0.4; `lambda_a` 0.25 and `lambda_b` 0.4, the squeezes, at most 1/2.

    **Good values**: the default; `lambda_a=lambda_b=1/3`. At `alpha` = 1/2 exactly, rounding ends the orbit: use
    `Baker`.
    """

    alpha: Any = param(0.4)
    lambda_a: Any = param(0.25)
    lambda_b: Any = param(0.4)

    card: ClassVar = Card(
        title="Generalized baker's map",
        equation=(
            r"x_{n+1} = \begin{cases} \lambda_a x_n & y_n < \alpha \\ \frac{1}{2} + \lambda_b x_n & \text{otherwise}"
            r" \end{cases},\ y_{n+1} = \begin{cases} y_n / \alpha & y_n < \alpha \\ (y_n - \alpha) / (1 - \alpha) &"
            r" \text{otherwise} \end{cases}"
        ),
        field="mathematics",
        cite=("farmer1983",),
        variables=("x", "y"),
        state=(0.20752, 0.43088),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "piecewise"}),
        presets={
            "uneven squeeze": {"alpha": 0.4, "lambda_a": 0.25, "lambda_b": 0.4},
            "even squeeze": {"alpha": 0.4, "lambda_a": 1 / 3, "lambda_b": 1 / 3},
        },
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (0.5 / 0.6, 1.0)), Source.EXACT, "0, 0 and 1 / (2 - 2 lambda_b), 1", 1e-13
            ),
            "lyapunov": Known((_H, _L), Source.EXACT, "alpha and beta weigh the two strips", 3e-3),
            "kaplan_yorke": Known(
                1 - _H / _L, Source.EXACT, "1 + H(alpha) / |alpha ln lambda_a + beta ln lambda_b|", 5e-3
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        low = y < self.alpha
        return (
            jnp.where(low, self.lambda_a * x, 0.5 + self.lambda_b * x),
            jnp.where(low, y / self.alpha, (y - self.alpha) / (1 - self.alpha)),
        )
