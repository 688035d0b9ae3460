"""The skew tent map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["SkewTent"]


class SkewTent(Map):
    r"""A tent with its peak off the middle.

    $$x_{n+1} = \begin{cases} x_n / a & x_n < a \\ (1 - x_n) / (1 - a) & \text{otherwise} \end{cases}$$

    The orbit fills [0, 1] evenly whatever `a`, so the exponent is $-a \ln a - (1 - a) \ln(1 - a)$ [@billings2001]. At
    exactly `a = 1/2` rounding would bring it to 0 in 53 steps: use `Tent`.

    **Arguments**: `a`, where the peak is, 0.4; between 0 and 1.

    **Good values**: `a=0.4`, `a=0.1` chaotic.
    """

    a: Any = param(0.4)

    card: ClassVar = Card(
        title="Skew tent map",
        equation=r"x_{n+1} = \begin{cases} x_n / a & x_n < a \\ (1 - x_n) / (1 - a) & \text{otherwise} \end{cases}",
        field="mathematics",
        cite=("billings2001",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "piecewise"}),
        presets={"chaotic": {"a": 0.4}, "steep": {"a": 0.1}},
        known={
            "fixed_points": Known(((0.0,), (1 / 1.6,)), Source.EXACT, "0 and 1 / (2 - a)", 1e-14),
            "lyapunov": Known(
                (-0.4 * math.log(0.4) - 0.6 * math.log(0.6),), Source.EXACT, "-a ln a - (1 - a) ln(1 - a)", 2e-3
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return jnp.where(x < self.a, x / self.a, (1 - x) / (1 - self.a))
