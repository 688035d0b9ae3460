"""The Bernoulli shift and its relatives with any slope."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

from ._circle import wrap

__all__ = ["BernoulliShift"]


class BernoulliShift(Map):
    r"""The $\beta$-transformation: digits in base $\beta$, shifted by one a step. With $\beta = 2$ the Bernoulli shift.

    $$x_{n+1} = \beta x_n \pmod 1$$

    The slope is constant, so the exponent is exactly $\ln\beta$ [@renyi1957]. The invariant density is uniform for a
    whole number $\beta$, and a step function otherwise [@parry1960]. (In binary arithmetic $2x \bmod 1$ would bring
    every orbit to 0 in 53 steps; here the modulus is $1 - 111 \cdot 2^{-53}$, with which it does not.)

    **Arguments**: `beta`, the base, 2; larger than 1.

    **Good values**: `beta=2` doubling; `beta=3` tripling; `beta=(1 + sqrt(5)) / 2`, where the density has two steps.
    """

    beta: Any = param(2.0)

    card: ClassVar = Card(
        title="Bernoulli shift",
        equation=r"x_{n+1} = \beta x_n \pmod{1}",
        field="mathematics",
        cite=("renyi1957", "parry1960"),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "piecewise"}),
        presets={"doubling": {"beta": 2.0}, "tripling": {"beta": 3.0}, "golden mean": {"beta": (1 + 5**0.5) / 2}},
        known={
            "fixed_points": Known(((0.0,),), Source.EXACT, "0", 1e-14),
            "lyapunov": Known((math.log(2),), Source.EXACT, "ln beta, the slope is constant", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return wrap(self.beta * x)
