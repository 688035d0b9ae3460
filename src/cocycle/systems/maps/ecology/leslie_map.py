"""An age-structured population with crowding."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["LeslieMap"]

_N = math.log(30 * 1.7) / 0.1


class LeslieMap(Map):
    r"""Leslie's matrix for two age classes, with births that fall as the total number grows.

    $$x_{n+1} = (b_1 x_n + b_2 y_n)\, e^{-a (x_n + y_n)}, \quad y_{n+1} = s x_n$$

    `x` are the young, `y` the old [@guckenheimer1977]. Without crowding it is Leslie's linear model; with `s = 0`
    Ricker's map. As the fertility grows: an equilibrium, a circle or a doubled cycle, and strange attractors, for which
    there is also a rigorous theory [@ugarcovici2004].

    **Arguments**: `b1` 30 and `b2` 30, births per young and per old; `a` 0.1 crowding; `s` 0.7 survival.

    **Good values**: `b1=b2=30` chaotic; 25 period 9; 20 an invariant circle; 10 fixed point.
    """

    b1: Any = param(30.0)
    b2: Any = param(30.0)
    a: Any = param(0.1)
    s: Any = param(0.7)

    card: ClassVar = Card(
        title="Density-dependent Leslie map",
        equation=r"x_{n+1} = (b_1 x_n + b_2 y_n) e^{-a (x_n + y_n)},\ y_{n+1} = s x_n",
        field="ecology",
        cite=("guckenheimer1977", "ugarcovici2004"),
        variables=("x", "y"),
        state=(0.55252, 49.422),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={
            "chaotic": {"b1": 30.0, "b2": 30.0},
            "period 9": {"b1": 25.0, "b2": 25.0},
            "invariant circle": {"b1": 20.0, "b2": 20.0},
            "fixed point": {"b1": 10.0, "b2": 10.0},
        },
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (_N / 1.7, 0.7 * _N / 1.7)),
                Source.EXACT,
                "0 and x + y = ln(b1 + s b2) / a, y = s x",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return (self.b1 * x + self.b2 * y) * jnp.exp(-self.a * (x + y)), self.s * x
