"""Kramers's underdamped particle in a double well."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["Langevin"]


def _variance(a: float, b: float, temperature: float) -> float:
    # <x^2> under exp(-V / T): the trapezoidal rule, exponentially accurate for a density that decays so fast
    grid = [-6 + 0.01 * i for i in range(1201)]
    weight = [math.exp((a * x * x / 2 - b * x**4 / 4) / temperature) for x in grid]
    return sum(w * x * x for w, x in zip(weight, grid)) / sum(weight)


class Langevin(StochasticFlow):
    r"""A Brownian particle with inertia in a double well: Langevin's equation, Kramers's model of a reaction.

    $$dx = v\,dt, \quad dv = (-\gamma v + a x - b x^3)\,dt + \sqrt{2 \gamma T}\,dW$$

    In thermal equilibrium the density is proportional to $e^{-(v^2/2 + V(x))/T}$,
    $V = -\tfrac12 a x^2 + \tfrac14 b x^4$, whatever the friction; `v` has the variance `T`. For a barrier $a^2/(4b)$
    well above `T` and friction not too weak the rate of escape from a well is
    $\frac{\sqrt{\gamma^2/4 + a} - \gamma/2}{\sqrt{a}}\, \frac{\sqrt{2 a}}{2\pi}\, e^{-a^2/(4 b T)}$ [@kramers1940].

    **Arguments**: `gamma` friction 0.5; `T` temperature 0.15; `a` 1 and `b` 1, the potential.

    **Good values**: `T=0.15` jumps every 35 units of time or so; `T=1` no visible wells.
    """

    gamma: Any = param(0.5)
    T: Any = param(0.15)
    a: Any = param(1.0)
    b: Any = param(1.0)

    card: ClassVar = Card(
        title="Langevin equation in a double well",
        equation=r"dx = v\,dt,\ dv = (-\gamma v + a x - b x^3)\,dt + \sqrt{2 \gamma T}\,dW",
        field="physics",
        cite=("kramers1940",),
        variables=("x", "v"),
        state=(1.0, 0.0),
        period=4.4,
        dt=0.05,
        transient=100.0,
        tags=frozenset({"autonomous", "polynomial"}),
        presets={"jumping": {"T": 0.15}, "hot": {"T": 1.0}},
        known={
            "divergence": Known(-0.5, Source.EXACT, "-gamma, of the drift", 1e-13),
            "fixed_points": Known(
                ((-1.0, 0.0), (0.0, 0.0), (1.0, 0.0)), Source.EXACT, "0 and +-sqrt(a/b), of the drift", 1e-14
            ),
            "symmetry": Known((-1, -2), Source.EXACT, "odd drift", 1e-13),
            "mean": Known((0.0, 0.0), Source.EXACT, "symmetry", 0.0),
            "variance": Known((_variance(1.0, 1.0, 0.15), 0.15), Source.EXACT, "the Boltzmann law", 0.0),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def drift(self, t, x):
        del t
        x, v = x
        return v, -self.gamma * v + x * (self.a - self.b * x * x)

    def diffusion(self, t, x):
        del t, x
        return jnp.stack([jnp.zeros_like(self.T), jnp.sqrt(2 * self.gamma * self.T)])[:, None]
