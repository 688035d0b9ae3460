"""The forced Duffing oscillator."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Duffing"]


class Duffing(Flow):
    r"""A damped oscillator with a cubic spring, driven periodically; by default a beam between two magnets.

    $$\dot x = v, \quad \dot v = -\delta v - \alpha x - \beta x^3 + \gamma \cos \omega t$$

    With $\alpha < 0 < \beta$ there are two wells at $\pm\sqrt{-\alpha/\beta}$; weak forcing stays in one, stronger
    forcing throws the state between them without end [@moon1979]. With $\alpha = 0$ it is Ueda's oscillator. The field
    depends on time with period $2\pi/\omega$ (`forcing_period`); the forcing phase is no variable, so there are two
    exponents, whose sum is $-\delta$.

    **Arguments**: `delta` damping 0.25; `alpha` linear stiffness -1; `beta` cubic stiffness 1; `gamma` strength 0.4 and
    `omega` angular frequency 1 of the forcing.

    Named after [@duffing1918]; exponents in [@sprott2003, appendix A].

    **Good values**: `gamma=0.4` chaotic; `gamma=0.2` periodic in one well; `Duffing.preset("ueda")` chaotic.
    """

    delta: Any = param(0.25)
    alpha: Any = param(-1.0)
    beta: Any = param(1.0)
    gamma: Any = param(0.4)
    omega: Any = param(1.0)

    card: ClassVar = Card(
        title="Forced Duffing oscillator",
        equation=r"\dot x = v,\ \dot v = -\delta v - \alpha x - \beta x^3 + \gamma \cos \omega t",
        field="physics",
        cite=("duffing1918", "moon1979", "sprott2003"),
        variables=("x", "v"),
        state=(-1.311, 0.4556),
        period=2 * math.pi,
        dt=2 * math.pi / 80,
        transient=100 * math.pi,
        tags=frozenset({"chaotic", "dissipative", "driven", "polynomial", "mechanics"}),
        presets={
            "chaotic": {"gamma": 0.4},
            "periodic": {"gamma": 0.2},
            "ueda": {"delta": 0.05, "alpha": 0.0, "gamma": 7.5},
        },
        known={
            "divergence": Known(-0.25, Source.EXACT, "-delta", 1e-13),
            "lyapunov": Known((0.1571, -0.4071), Source.PAPER, "sprott2003, appendix A, two-well oscillator", 5e-3),
        },
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, v = x
        force = self.gamma * jnp.cos(self.omega * t)
        return v, -self.delta * v - x * (self.alpha + self.beta * x * x) + force
