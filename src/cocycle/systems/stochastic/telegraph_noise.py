"""The random telegraph signal."""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from cocycle.core import Card, Known, RandomMap, Source, Status, param

__all__ = ["TelegraphNoise"]


class TelegraphNoise(RandomMap):
    r"""The random telegraph signal (dichotomous noise): on and off, with exponential waiting times.

    $$0 \to 1 \text{ at the rate } \lambda, \qquad 1 \to 0 \text{ at the rate } \mu$$

    The stationary mean is $m = \lambda/(\lambda + \mu)$, the variance $m (1 - m)$, and the correlation decays as
    $e^{-(\lambda + \mu) |s|}$ [@gardiner2009, section 3.8.5]. A step of the map is the exact process over the time
    `dt`: the state after it is 1 with the probability $m + (x - m) e^{-(\lambda + \mu) dt}$.

    **Arguments**: `lam` rate $\lambda$ of switching on, 1; `mu` rate of switching off, 1; `dt` length of a step, 0.1.

    **Good values**: `lam=1` half of the time on; `lam=0.1` short pulses.
    """

    lam: Any = param(1.0)
    mu: Any = param(1.0)
    dt: Any = param(0.1)

    card: ClassVar = Card(
        title="Telegraph noise",
        equation=r"0 \to 1 \text{ at the rate } \lambda,\ 1 \to 0 \text{ at the rate } \mu",
        symbols={r"\lambda": "lam"},
        field="physics",
        cite=("gardiner2009",),
        variables=("x",),
        state=(1.0,),
        dt=0.1,
        transient=10.0,
        tags=frozenset({"autonomous", "piecewise"}),
        presets={"symmetric": {"lam": 1.0}, "pulses": {"lam": 0.1}},
        known={
            "mean": Known((0.5,), Source.EXACT, "lam / (lam + mu)", 0.0),
            "variance": Known((0.25,), Source.EXACT, "m (1 - m)", 0.0),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x, key):
        del n
        mean = self.lam / (self.lam + self.mu)
        chance = mean + (x - mean) * jnp.exp(-(self.lam + self.mu) * self.dt)
        return jnp.where(jax.random.uniform(key) < chance, 1.0, 0.0)
