"""The tent map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

from ._circle import LAP

__all__ = ["Tent"]


class Tent(Map):
    r"""The tent map: stretched by a constant factor and folded in the middle.

    $$x_{n+1} = \mu \min(x_n, 1 - x_n)$$

    The slope is $\pm\mu$ everywhere, so for $1 < \mu \le 2$ the exponent is exactly $\ln\mu$; at `mu = 2` the map is
    conjugate to the logistic map at `r = 4` [@sprott2003, appendix A]. The attractor is one interval for
    $\mu > \sqrt 2$; below it splits into bands. (In binary arithmetic slope 2 would bring every orbit to 0 in 53 steps;
    here 1 is replaced by $1 - 111 \cdot 2^{-53}$, with which it does not.)

    **Arguments**: `mu`, the slope, 2.

    **Good values**: `mu=2` fills [0, 1]; `mu=1.8` one band; `mu=1.3` two bands; `mu=0.8` decays to 0.
    """

    mu: Any = param(2.0)

    card: ClassVar = Card(
        title="Tent map",
        equation=r"x_{n+1} = \mu \min(x_n, 1 - x_n)",
        field="mathematics",
        cite=("sprott2003",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "piecewise"}),
        presets={"full": {"mu": 2.0}, "one band": {"mu": 1.8}, "two bands": {"mu": 1.3}, "fixed point": {"mu": 0.8}},
        known={
            "fixed_points": Known(((0.0,), (2 / 3,)), Source.EXACT, "0 and mu / (1 + mu)", 1e-13),
            "lyapunov": Known((math.log(2),), Source.EXACT, "ln mu, the slope is constant", 1e-9),
            "bifurcation:mu": Known(1.0, Source.EXACT, "the fixed point 0 loses stability", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.mu * jnp.minimum(x, LAP - x)
