"""Learning to share two roads."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["MultiplicativeWeights"]


class MultiplicativeWeights(Map):
    r"""Multiplicative weights in a congestion game: drivers choose between two roads, and learning may be chaotic.

    $$x_{n+1} = \frac{x_n}{x_n + (1 - x_n)\, e^{a (x_n - b)}}$$

    `x` is the fraction on the first road, `b` its share in equilibrium, `a` the learning rate times the traffic. The
    equilibrium $x = b$ attracts for $a \le 2 / (b (1 - b))$; beyond, the symmetric game ($b = 1/2$) has a cycle of
    period two, and any other becomes chaotic for large enough `a`. The mean of `x` along a cycle is always `b`
    [@palaiopanos2017; @chotibut2020].

    **Arguments**: `a` 25; `b` 0.6.

    **Good values**: `a=25` chaotic; `a=9` period two; `a=5` equilibrium.
    """

    a: Any = param(25.0)
    b: Any = param(0.6)

    card: ClassVar = Card(
        title="Multiplicative weights in a congestion game",
        equation=r"x_{n+1} = \frac{x_n}{x_n + (1 - x_n) e^{a (x_n - b)}}",
        field="economics",
        cite=("palaiopanos2017", "chotibut2020"),
        variables=("x",),
        state=(0.3,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={"chaotic": {"a": 25.0}, "cycle": {"a": 9.0}, "equilibrium": {"a": 5.0}},
        known={
            "fixed_points": Known(((0.0,), (0.6,), (1.0,)), Source.EXACT, "the ends and b", 1e-14),
            "mean": Known((0.6,), Source.EXACT, "b", 0.0),
            "bifurcation:a": Known(2 / (0.6 * 0.4), Source.EXACT, "2 / (b (1 - b)): period doubling of x = b", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return x / (x + (1 - x) * jnp.exp(self.a * (x - self.b)))
