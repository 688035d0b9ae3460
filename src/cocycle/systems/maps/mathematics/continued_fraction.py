"""Gauss's map of continued fractions."""

import math
from typing import ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status

__all__ = ["ContinuedFraction"]

_GOLDEN = (5**0.5 - 1) / 2


class ContinuedFraction(Map):
    r"""Gauss's map: it strips the first digit off a continued fraction.

    $$x_{n+1} = \frac{1}{x_n} \pmod 1$$

    The whole part of $1/x$ is the digit. The invariant density is $1 / (\ln 2\,(1 + x))$, Gauss's measure, and the
    exponent $\pi^2 / (6 \ln 2) \approx 2.3731$ [@corless1992]. Fixed points are the numbers with one digit repeated,
    $(\sqrt{m^2 + 4} - m)/2$; 0 is mapped to 0.

    **Arguments**: none.
    """

    card: ClassVar = Card(
        title="Gauss map (continued fractions)",
        equation=r"x_{n+1} = \frac{1}{x_n} \pmod{1}",
        field="mathematics",
        cite=("corless1992",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "piecewise"}),
        known={
            "fixed_points": Known(
                ((0.0,), (_GOLDEN,), (2**0.5 - 1,)), Source.EXACT, "0 and (sqrt(m^2 + 4) - m) / 2, m = 1, 2", 1e-14
            ),
            "lyapunov": Known((math.pi**2 / (6 * math.log(2)),), Source.EXACT, "pi^2 / (6 ln 2)", 1e-2),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return jnp.where(x == 0, 0.0, jnp.mod(1 / jnp.where(x == 0, 1.0, x), 1.0))
