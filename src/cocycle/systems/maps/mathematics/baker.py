"""The baker's map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

from ._circle import LAP, wrap

__all__ = ["Baker"]


class Baker(Map):
    r"""The baker's map: the square stretched to twice its width, squeezed, cut and stacked.

    $$x_{n+1} = 2 x_n \pmod 1, \quad y_{n+1} = \lambda y_n + \tfrac12 \lfloor 2 x_n \rfloor$$

    At $\lambda = 1/2$ it conserves areas, below it leaves a Cantor set of lines: the exponents are exactly $\ln 2$ and
    $\ln\lambda$, the dimension $1 + \ln 2 / \ln(1/\lambda)$ [@ott2002, chapter 3]. (The modulus is
    $1 - 111 \cdot 2^{-53}$: with 1 itself, in binary arithmetic, every orbit would come to rest in 53 steps.)

    **Arguments**: `lam`, the squeeze $\lambda$, 0.5; at most 1/2.

    **Good values**: `lam=0.5` conservative; `lam=0.3` dissipative.
    """

    lam: Any = param(0.5)

    card: ClassVar = Card(
        title="Baker's map",
        equation=(
            r"x_{n+1} = 2 x_n \pmod{1},\ y_{n+1} = \lambda y_n + "
            r"\begin{cases} 0 & x_n < \tfrac12 \\ \tfrac12 & \text{otherwise} \end{cases}"
        ),
        symbols={"\\lambda": "lam"},
        field="mathematics",
        cite=("ott2002",),
        variables=("x", "y"),
        state=(0.3141, 0.2718),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "piecewise"}),
        presets={"conservative": {"lam": 0.5}, "dissipative": {"lam": 0.3}},
        known={
            "determinant": Known(1.0, Source.EXACT, "2 lam", 1e-13),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "lyapunov": Known((math.log(2), -math.log(2)), Source.EXACT, "ln 2, ln lam: constant", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return wrap(2 * x), self.lam * y + jnp.where(2 * x < LAP, 0.0, 0.5)
