"""Manneville's map of intermittency."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Manneville"]


class Manneville(Map):
    r"""Manneville's map: long laminar phases near 0, broken by bursts.

    $$x_{n+1} = (1 + \epsilon) x_n + (1 - \epsilon) x_n^2 \pmod 1$$

    The slope at 0 is $1 + \epsilon$: the smaller $\epsilon$, the longer the laminar phases, and at $\epsilon = 0$ they
    have no mean length, the signal has a 1/f spectrum and the exponent is 0 [@manneville1980].

    **Arguments**: `epsilon`, the distance from intermittency, 0.1.

    **Good values**: `epsilon=0.1` intermittent; `epsilon=0.5` chaotic.
    """

    epsilon: Any = param(0.1)

    card: ClassVar = Card(
        title="Manneville map",
        equation=r"x_{n+1} = (1 + \epsilon) x_n + (1 - \epsilon) x_n^2 \pmod{1}",
        field="mathematics",
        cite=("manneville1980",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "piecewise"}),
        presets={"intermittent": {"epsilon": 0.1}, "chaotic": {"epsilon": 0.5}},
        known={
            "fixed_points": Known(((0.0,),), Source.EXACT, "0", 1e-14),
            "bifurcation:epsilon": Known(0.0, Source.EXACT, "0 becomes marginal: slope 1 + epsilon", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return jnp.mod((1 + self.epsilon) * x + (1 - self.epsilon) * x * x, 1.0)
