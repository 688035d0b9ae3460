"""A droplet that bounces on a soap film."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["FluidTrampoline"]


class FluidTrampoline(Flow):
    r"""A droplet on a vibrated soap film: the film acts as a spring with weak quadratic damping.

    $$\dot x = v, \quad \dot v = -1 + \gamma \cos \omega t - \operatorname{H}(-x)\,(x + \psi\, v |v|)$$

    `x` is the height of the droplet above the film at rest, in the frame of the vibrating film, in units of its sag
    under the weight of the droplet; H is the step function, the film pushes only while `x < 0`. Many periodic and
    chaotic ways to bounce exist side by side, with periods of several vibrations [@gilet2009; @gilet2009chaotic].

    **Arguments**: `gamma` acceleration of the vibration relative to gravity, 2; `omega` its angular frequency, 1.21;
    `psi` damping, 0.01019.

    **Good values**: `gamma=2` chaotic, with high jumps; `gamma=1.82` chaotic transients of thousands of vibrations
    before the motion becomes periodic; `gamma=0.4` periodic.
    """

    gamma: Any = param(2.0)
    omega: Any = param(1.21)
    psi: Any = param(0.01019)

    card: ClassVar = Card(
        title="Fluid trampoline",
        equation=(r"\dot x = v,\ \dot v = -1 + \gamma \cos \omega t - \operatorname{H}(-x) (x + \psi v |v|)"),
        field="fluids",
        cite=("gilet2009", "gilet2009chaotic"),
        variables=("x", "v"),
        state=(4.6761, 2.3874),
        period=2 * math.pi / 1.21,
        dt=0.05,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "forced", "piecewise"}),
        presets={"chaotic": {"gamma": 2.0}, "transient chaos": {"gamma": 1.82}, "periodic": {"gamma": 0.4}},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, v = x
        film = jnp.where(x < 0, x + self.psi * v * jnp.abs(v), 0.0)
        return v, -1 + self.gamma * jnp.cos(self.omega * t) - film
