"""Coherence resonance of a noisy FitzHugh-Nagumo neuron."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["CoherenceResonance"]

_A = 1.05


class CoherenceResonance(StochasticFlow):
    r"""An excitable FitzHugh-Nagumo neuron that fires by noise alone, most regularly at a middle strength of it.

    $$dx = \frac{1}{\epsilon} \left(x - \frac{x^3}{3} - y\right) dt, \quad dy = (x + a)\,dt + D\,dW$$

    `x` is the membrane potential, `y` a slow recovery. Without noise the rest state $x = -a$ is stable for $a > 1$ and
    gives way to a cycle of spikes in a Hopf bifurcation at $a = 1$. The noise triggers spikes, at random where weak,
    and near $D = 0.07$ almost periodically: coherence resonance [@pikovsky1997].

    **Arguments**: `epsilon` ratio of the time scales 0.01; `a` 1.05; `D` strength of the noise 0.07.

    **Good values**: `D=0.07` coherent; `D=0.02` rare spikes at random; `D=0.25` incoherent.
    """

    epsilon: Any = param(0.01)
    a: Any = param(_A)
    D: Any = param(0.07)

    card: ClassVar = Card(
        title="Coherence resonance",
        equation=(r"dx = \frac{1}{\epsilon} (x - \frac{x^3}{3} - y)\,dt,\ dy = (x + a)\,dt + D\,dW"),
        field="neuroscience",
        cite=("pikovsky1997",),
        variables=("x", "y"),
        state=(-_A, _A**3 / 3 - _A),
        period=0.2,
        dt=0.002,
        transient=20.0,
        tags=frozenset({"excitable", "autonomous", "polynomial", "fast-slow"}),
        presets={"coherent": {"D": 0.07}, "rare": {"D": 0.02}, "incoherent": {"D": 0.25}},
        known={
            "fixed_points": Known(((-_A, _A**3 / 3 - _A),), Source.EXACT, "x = -a, of the drift", 1e-12),
            "bifurcation:a": Known(1.0, Source.EXACT, "Hopf bifurcation of the noise-free rest state", 1e-14),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def drift(self, t, x):
        del t
        x, y = x
        return (x - x * x * x / 3 - y) / self.epsilon, x + self.a

    def diffusion(self, t, x):
        del t, x
        return jnp.stack([jnp.zeros_like(self.D), self.D])[:, None]
