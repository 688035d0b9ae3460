"""The bedhead map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["Bedhead"]


class Bedhead(Map):
    r"""Ivan Emrich's map, whose attractors look like unkempt hair.

    $$x_{n+1} = y_n \sin\frac{x_n y_n}{b} + \cos(a x_n - y_n), \quad y_{n+1} = x_n + \frac{\sin y_n}{b}$$

    Shown in Rampe's collection [@rampe2017].

    **Arguments**: `a` -0.81; `b` -0.92.

    **Good values**: the presets, all chaotic. The map folds, so areas may grow on average.
    """

    a: Any = param(-0.81)
    b: Any = param(-0.92)

    card: ClassVar = Card(
        title="Bedhead map",
        equation=r"x_{n+1} = y_n \sin(\frac{x_n y_n}{b}) + \cos(a x_n - y_n),\ y_{n+1} = x_n + \frac{\sin y_n}{b}",
        field="mathematics",
        cite=("rampe2017",),
        variables=("x", "y"),
        state=(0.11445, 1.2149),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={
            "chaotic": {"a": -0.81, "b": -0.92},
            "second": {"a": -0.64, "b": 0.76},
            "third": {"a": -0.67, "b": 0.83},
            "fourth": {"a": 0.06, "b": 0.98},
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return y * jnp.sin(x * y / self.b) + jnp.cos(self.a * x - y), x + jnp.sin(y) / self.b
