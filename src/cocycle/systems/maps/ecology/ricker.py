"""Ricker's map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Ricker"]


class Ricker(Map):
    r"""Ricker's model of a fish stock: parents eat, or crowd out, the recruits.

    $$x_{n+1} = a x_n e^{-x_n}$$

    Ricker's stock and recruitment curve [@ricker1954]. The fixed point $\ln a$ is stable for $1 < a < e^2$; periods
    double until $\ln a \approx 2.692$, and chaos and windows follow [@may1976]. Exponent in
    [@sprott2003, appendix A]. (With $x = r N / K$ and $a = e^r$ it reads $N e^{r (1 - N/K)}$.)

    **Arguments**: `a`, the growth factor of a small stock, 20.

    **Good values**: `a=20` chaotic; `a=23` period 3; `a=10` period 2; `a=5` fixed point.
    """

    a: Any = param(20.0)

    card: ClassVar = Card(
        title="Ricker map",
        equation=r"x_{n+1} = a x_n e^{-x_n}",
        field="ecology",
        cite=("ricker1954", "may1976", "sprott2003"),
        variables=("x",),
        state=(0.5,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={"chaotic": {"a": 20.0}, "period 3": {"a": 23.0}, "period 2": {"a": 10.0}, "fixed point": {"a": 5.0}},
        known={
            "fixed_points": Known(((0.0,), (math.log(20),)), Source.EXACT, "0 and ln a", 1e-13),
            "lyapunov": Known((0.384846,), Source.PAPER, "sprott2003, appendix A", 1e-3),
            "bifurcation:a": Known(
                math.exp(2), Source.EXACT, "the fixed point doubles its period: slope 1 - ln a", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.a * x * jnp.exp(-x)
