"""The Kaplan-Yorke map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

from ._circle import wrap

__all__ = ["KaplanYorke"]


class KaplanYorke(Map):
    r"""Doubling on a circle drives a contracting line: the example of the Kaplan-Yorke conjecture.

    $$x_{n+1} = a x_n \pmod 1, \quad y_{n+1} = \alpha y_n + \cos 4 \pi x_n$$

    The exponents are exactly $\ln a$ and $\ln\alpha$, the attractor's Kaplan-Yorke dimension $1 + \ln 2 / \ln 5$ at
    the default parameters [@kaplan1979]. (The modulus is $1 - 111 \cdot 2^{-53}$: with 1 itself, in binary
    arithmetic, every orbit of `a = 2` would come to 0 in 53 steps.)

    **Arguments**: `a`, the stretch, 2, a whole number; `alpha`, the contraction, 0.2.

    **Good values**: `alpha=0.2` dimension 1.43; `alpha=0.4` dimension 1.76.
    """

    a: Any = param(2.0)
    alpha: Any = param(0.2)

    card: ClassVar = Card(
        title="Kaplan-Yorke map",
        equation=r"x_{n+1} = a x_n \pmod{1},\ y_{n+1} = \alpha y_n + \cos(4 \pi x_n)",
        field="mathematics",
        cite=("kaplan1979",),
        variables=("x", "y"),
        state=(0.62267, -0.81267),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "piecewise"}),
        presets={"thin": {"alpha": 0.2}, "thick": {"alpha": 0.4}},
        known={
            "determinant": Known(0.4, Source.EXACT, "a alpha", 1e-12),
            "fixed_points": Known(((0.0, 1.25),), Source.EXACT, "0, 1 / (1 - alpha)", 1e-14),
            "lyapunov": Known((math.log(2), math.log(0.2)), Source.EXACT, "ln a, ln alpha: constant", 1e-4),
            "kaplan_yorke": Known(1 - math.log(2) / math.log(0.2), Source.EXACT, "1 + ln a / |ln alpha|", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return wrap(self.a * x), self.alpha * y + jnp.cos(4 * jnp.pi * x)
