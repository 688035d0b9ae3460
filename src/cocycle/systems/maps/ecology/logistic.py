"""The logistic map."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Logistic"]


class Logistic(Map):
    r"""The logistic map, growth of a population with limited food.

    $$x_{n+1} = r\, x_n (1 - x_n)$$

    Stays in $[0, 1]$ for $0 \le r \le 4$. The fixed point $1 - 1/r$ is stable for $1 < r < 3$; its period doubles until
    $r_\infty \approx 3.569946$; beyond, chaos and windows (period three from $1 + \sqrt 8 \approx 3.8284$). At `r = 4`
    it is conjugate to the tent map and its exponent is $\ln 2$ [@may1976].

    **Arguments**: `r`, the growth rate, 4. At exactly `r = 4` rounding cannot collapse the orbit in double precision
    within any practical length, but a state of exactly 1/2 ends at 0.

    **Good values**: `r=4` chaotic; `r=3.2` period 2; `r=3.5` period 4; `r=3.83` period 3.
    """

    r: Any = param(4.0)

    card: ClassVar = Card(
        title="Logistic map",
        equation=r"x_{n+1} = r\, x_n (1 - x_n)",
        field="ecology",
        cite=("may1976",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "noninvertible", "polynomial", "biology"}),
        presets={
            "chaotic": {"r": 4.0},
            "fixed point": {"r": 2.8},
            "period 2": {"r": 3.2},
            "period 4": {"r": 3.5},
            "period 3": {"r": 3.83},
            "intermittent": {"r": 3.8282},
        },
        known={
            "fixed_points": Known(((0.0,), (0.75,)), Source.EXACT, "0 and 1 - 1/r", 1e-14),
            "lyapunov": Known((math.log(2),), Source.EXACT, "conjugate to the tent map at r = 4", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.r * x * (1 - x)
