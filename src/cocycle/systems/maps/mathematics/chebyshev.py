"""Chebyshev's maps."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Chebyshev"]


class Chebyshev(Map):
    r"""Chebyshev polynomials as maps of [-1, 1] to itself: an angle multiplied by `k`, seen in its cosine.

    $$x_{n+1} = \cos(k \arccos x_n)$$

    For a whole number $k \ge 2$ the map is mixing, its invariant density is $1 / (\pi\sqrt{1 - x^2})$ for every `k`
    [@adler1964], and the exponent is exactly $\ln k$. An orbit that rounding puts on 1 stays there; the odds are
    about one in $10^8$ a step.

    **Arguments**: `k`, the degree, 3; 2 or larger, and not necessarily whole.

    **Good values**: `k=2` the quadratic map $2x^2 - 1$; `k=3` the cubic one $4x^3 - 3x$; `k=6`.
    """

    k: Any = param(3.0)

    card: ClassVar = Card(
        title="Chebyshev map",
        equation=r"x_{n+1} = \cos(k \arccos x_n)",
        field="mathematics",
        cite=("adler1964",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={"chaotic": {"k": 3.0}, "quadratic": {"k": 2.0}, "sixth degree": {"k": 6.0}},
        known={
            "fixed_points": Known(((0.0,),), Source.EXACT, "cos(pi / 2), with k = 3", 1e-14),
            "lyapunov": Known((math.log(3),), Source.EXACT, "ln k", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return jnp.cos(self.k * jnp.arccos(x))
