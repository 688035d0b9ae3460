"""The random walk."""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from cocycle.core import Card, Known, RandomMap, Source, Status, param

__all__ = ["RandomWalk"]


class RandomWalk(RandomMap):
    r"""A walker on a line who tosses a coin before each step.

    $$x_{n+1} = x_n + s_n, \quad s_n = 1 \text{ with probability } p, \text{ else } -1$$

    After `n` steps the displacement has the mean $(2 p - 1) n$ and the variance $4 p (1 - p) n$; without bias the
    walker returns to the start for certain [@polya1921; @gardiner2009, section 3.8.2].

    **Arguments**: `p` probability of a step to the right, 0.5.

    **Good values**: `p=0.5` unbiased; `p=0.6` drifts.
    """

    p: Any = param(0.5)

    card: ClassVar = Card(
        title="Random walk",
        equation=r"x_{n+1} = x_n + s_n \text{ with } s_n = 1 \text{ with probability } p \text{, else } -1",
        field="mathematics",
        cite=("polya1921", "gardiner2009"),
        variables=("x",),
        unbounded=("x",),
        state=(0.0,),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"autonomous"}),
        presets={"unbiased": {"p": 0.5}, "biased": {"p": 0.6}},
        known={
            "determinant": Known(1.0, Source.EXACT, "a translation", 1e-14),
            "lyapunov": Known((0.0,), Source.EXACT, "a translation", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x, key):
        del n
        return x + jnp.where(jax.random.uniform(key) < self.p, 1.0, -1.0)
