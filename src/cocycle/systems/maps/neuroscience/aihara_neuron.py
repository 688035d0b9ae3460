"""Aihara's chaotic neuron."""

from typing import Any, ClassVar

import jax

from cocycle.core import Card, Map, Status, param

__all__ = ["AiharaNeuron"]


class AiharaNeuron(Map):
    r"""Aihara's chaotic neuron: that of Nagumo and Sato, with a graded output.

    $$x_{n+1} = k x_n - \alpha f(x_n) + a, \quad f(x) = \frac{1}{1 + e^{-x/\epsilon}}$$

    The smooth output puts chaos between the steps of the devil's staircase, as in the squid's giant axon under
    periodic pulses [@aihara1990].

    **Arguments**: `k`, how slowly a spike is forgotten, 0.5; `alpha`, the refractoriness, 1; `a`, the stimulus, 0.1;
    `epsilon`, the width of the threshold, 0.02.

    **Good values**: `a=0.1` chaotic; `a=0.25` period 3; `a=0.5` period 2. The bifurcation diagram is symmetric about
    the last.
    """

    k: Any = param(0.5)
    alpha: Any = param(1.0)
    a: Any = param(0.1)
    epsilon: Any = param(0.02)

    card: ClassVar = Card(
        title="Aihara's chaotic neuron",
        equation=r"x_{n+1} = k x_n - \alpha f(x_n) + a,\ f(x) = \frac{1}{1 + e^{-x/\epsilon}}",
        field="neuroscience",
        cite=("aihara1990",),
        variables=("x",),
        state=(-0.284842,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={"chaotic": {"a": 0.1}, "period 3": {"a": 0.25}, "period 2": {"a": 0.5}},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.k * x - self.alpha * jax.nn.sigmoid(x / self.epsilon) + self.a
