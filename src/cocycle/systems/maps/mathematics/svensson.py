"""Svensson's attractors."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["Svensson"]


class Svensson(Map):
    r"""Johnny Svensson's variation on de Jong's map.

    $$x_{n+1} = d \sin(a x_n) - \sin(b y_n), \quad y_{n+1} = c \cos(a x_n) + \cos(b y_n)$$

    Shown in Bourke's collection [@bourke1989].

    **Arguments**: `a` 1.5; `b` -1.8; `c` 1.6; `d` 0.9.

    **Good values**: the presets, both chaotic. The map folds, so areas may grow on average.
    """

    a: Any = param(1.5)
    b: Any = param(-1.8)
    c: Any = param(1.6)
    d: Any = param(0.9)

    card: ClassVar = Card(
        title="Svensson map",
        equation=r"x_{n+1} = d \sin(a x_n) - \sin(b y_n),\ y_{n+1} = c \cos(a x_n) + \cos(b y_n)",
        field="mathematics",
        cite=("bourke1989",),
        variables=("x", "y"),
        state=(-0.33052, 0.74279),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={
            "chaotic": {"a": 1.5, "b": -1.8, "c": 1.6, "d": 0.9},
            "strongly chaotic": {"a": 1.4, "b": 1.56, "c": 1.4, "d": -6.56},
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        u, v = self.a * x, self.b * y
        return self.d * jnp.sin(u) - jnp.sin(v), self.c * jnp.cos(u) + jnp.cos(v)
