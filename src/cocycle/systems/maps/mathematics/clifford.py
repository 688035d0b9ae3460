"""Clifford Pickover's attractors."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["Clifford"]


class Clifford(Map):
    r"""Clifford Pickover's family of attractors, of two frequencies and two amplitudes.

    $$x_{n+1} = \sin(a y_n) + c \cos(a x_n), \quad y_{n+1} = \sin(b x_n) + d \cos(b y_n)$$

    Parameters from Bourke's collection [@bourke2004].

    **Arguments**: `a` -1.4; `b` 1.6; `c` 1; `d` 0.7.

    **Good values**: the presets, all chaotic, by their place in the collection. The map folds, so areas may grow on
    average.
    """

    a: Any = param(-1.4)
    b: Any = param(1.6)
    c: Any = param(1.0)
    d: Any = param(0.7)

    card: ClassVar = Card(
        title="Clifford map (Pickover)",
        equation=r"x_{n+1} = \sin(a y_n) + c \cos(a x_n),\ y_{n+1} = \sin(b x_n) + d \cos(b y_n)",
        field="mathematics",
        cite=("bourke2004",),
        variables=("x", "y"),
        state=(0.085361, -0.33307),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={
            "chaotic": {"a": -1.4, "b": 1.6, "c": 1.0, "d": 0.7},
            "bourke 5": {"a": 1.7, "b": 1.7, "c": 0.6, "d": 1.2},
            "bourke 4": {"a": 1.5, "b": -1.8, "c": 1.6, "d": 0.9},
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return jnp.sin(self.a * y) + self.c * jnp.cos(self.a * x), jnp.sin(self.b * x) + self.d * jnp.cos(self.b * y)
