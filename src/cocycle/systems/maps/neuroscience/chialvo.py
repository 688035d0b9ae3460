"""Chialvo's map of an excitable cell."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["Chialvo"]


class Chialvo(Map):
    r"""Chialvo's two-variable map of a neuron: rest, spikes or chaos.

    $$x_{n+1} = x_n^2\, e^{y_n - x_n} + k, \quad y_{n+1} = a y_n - b x_n + c$$

    `x` is the membrane potential, `y` the recovery [@chialvo1995].

    **Arguments**: `a` 0.89, how slowly the recovery decays; `b` 0.18, how strongly the potential drives it; `c` 0.28,
    its offset; `k` 0.03, the input current.

    **Good values**: `b=0.18` irregular spikes; `b=0.6` regular (quasi-periodic) spikes.
    """

    a: Any = param(0.89)
    b: Any = param(0.18)
    c: Any = param(0.28)
    k: Any = param(0.03)

    card: ClassVar = Card(
        title="Chialvo map",
        equation=r"x_{n+1} = x_n^2 e^{y_n - x_n} + k,\ y_{n+1} = a y_n - b x_n + c",
        field="neuroscience",
        cite=("chialvo1995",),
        variables=("x", "y"),
        state=(0.9082, 2.3065),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "neuroscience"}),
        presets={"chaotic": {"b": 0.18}, "spiking": {"b": 0.6}},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return x * x * jnp.exp(y - x) + self.k, self.a * y - self.b * x + self.c
