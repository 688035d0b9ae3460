"""Arnold's cat map."""

import math
from typing import ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status

__all__ = ["ArnoldCat"]

_RATE = math.log((3 + 5**0.5) / 2)


class ArnoldCat(Map):
    r"""Arnold's cat map, an automorphism of the torus: the simplest uniformly hyperbolic system.

    $$x_{n+1} = x_n + y_n \pmod 1, \quad y_{n+1} = x_n + 2 y_n \pmod 1$$

    Areas are conserved; the exponents are exactly $\pm\ln\frac{3 + \sqrt 5}{2} \approx \pm 0.9624$, the same
    everywhere [@arnold1968]. Points with rational coordinates are periodic; in double precision every start is one, of
    a period of the order of $10^{15}$.

    **Arguments**: none.
    """

    card: ClassVar = Card(
        title="Arnold's cat map",
        equation=r"x_{n+1} = x_n + y_n \pmod{1},\ y_{n+1} = x_n + 2 y_n \pmod{1}",
        field="mathematics",
        cite=("arnold1968",),
        variables=("x", "y"),
        state=(0.3141, 0.2718),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "piecewise"}),
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-13),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "lyapunov": Known((_RATE, -_RATE), Source.EXACT, "+-ln((3 + sqrt 5) / 2), the matrix is constant", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return jnp.mod(x + y, 1.0), jnp.mod(x + 2 * y, 1.0)
