"""The neuron of Nagumo and Sato."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["NagumoSato"]


class NagumoSato(Map):
    r"""Nagumo and Sato's neuron with refractoriness: it fires above threshold, and each spike is slowly forgotten.

    $$x_{n+1} = k x_n - \alpha \operatorname{H}(x_n) + a$$

    `x` is the potential above threshold; the neuron fires where it is positive. A contracting map with one jump: the
    firing rate is a devil's staircase as the stimulus `a` grows, rational everywhere but on a set of measure zero, and
    there is no chaos [@nagumo1972].

    **Arguments**: `k`, how slowly a spike is forgotten, 0.5; `alpha`, the refractoriness, 1; `a`, the stimulus, 0.3.

    **Good values**: `a=0.3` two spikes in five steps; `a=0.5` one in two; `a=-0.1` rest.
    """

    k: Any = param(0.5)
    alpha: Any = param(1.0)
    a: Any = param(0.3)

    card: ClassVar = Card(
        title="Nagumo-Sato neuron",
        equation=r"x_{n+1} = k x_n - \alpha \operatorname{H}(x_n) + a",
        field="neuroscience",
        cite=("nagumo1972",),
        variables=("x",),
        state=(0.01935484,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"periodic", "piecewise"}),
        presets={"period 5": {"a": 0.3}, "period 2": {"a": 0.5}, "rest": {"a": -0.1}},
        known={"lyapunov": Known((math.log(0.5),), Source.EXACT, "ln k, the slope is constant", 1e-9)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.k * x - self.alpha * jnp.where(x >= 0, 1.0, 0.0) + self.a
