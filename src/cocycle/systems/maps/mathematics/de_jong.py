"""Peter de Jong's attractors."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["DeJong"]


class DeJong(Map):
    r"""Peter de Jong's map of the square $[-2, 2]^2$, a family of attractors admired for their looks.

    $$x_{n+1} = \sin(a y_n) - \cos(b x_n), \quad y_{n+1} = \sin(c x_n) - \cos(d y_n)$$

    Parameters from Bourke's collection [@bourke1989].

    **Arguments**: `a` 1.641; `b` 1.902; `c` 0.316; `d` 1.525.

    **Good values**: the presets, all chaotic; of the second both exponents are positive.
    """

    a: Any = param(1.641)
    b: Any = param(1.902)
    c: Any = param(0.316)
    d: Any = param(1.525)

    card: ClassVar = Card(
        title="De Jong map",
        equation=r"x_{n+1} = \sin(a y_n) - \cos(b x_n),\ y_{n+1} = \sin(c x_n) - \cos(d y_n)",
        field="mathematics",
        cite=("bourke1989",),
        variables=("x", "y"),
        state=(-1.6328, 0.024324),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={
            "chaotic": {"a": 1.641, "b": 1.902, "c": 0.316, "d": 1.525},
            "hyperchaotic": {"a": 1.4, "b": -2.3, "c": 2.4, "d": -2.1},
            "loops": {"a": 2.01, "b": -2.53, "c": 1.61, "d": -0.33},
            "ribbon": {"a": -2.7, "b": -0.09, "c": -0.86, "d": -2.2},
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return jnp.sin(self.a * y) - jnp.cos(self.b * x), jnp.sin(self.c * x) - jnp.cos(self.d * y)
