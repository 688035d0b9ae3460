"""The FitzHugh-Nagumo equations with diffusion."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["FitzHughNagumoField"]

_BETA, _GAMMA = 0.7, 0.5
# the one real root of u - u^3 / 3 = v, u + beta = gamma v
_REST = float(next(r.real for r in np.roots([-1 / 3, 0, 1 - 1 / _GAMMA, -_BETA / _GAMMA]) if abs(r.imag) < 1e-9))


class FitzHughNagumoField(PeriodicField):
    r"""The FitzHugh-Nagumo equations with diffusion, on a ring or a periodic square: nerve pulses and spiral waves.

    $$u_t = \nabla^2 u + \big(u - \tfrac13 u^3 - v\big) / \epsilon, \quad v_t = \epsilon\, (u + \beta - \gamma v)$$

    An excitable medium: at rest everywhere, but a push beyond a threshold starts a pulse that travels with a fixed
    speed and shape, two of which destroy each other [@fitzhugh1961; @nagumo1962]. A ring carries a pulse for ever; in
    the plane broken pulses roll up to spirals, which turn rigidly or meander, depending on $\epsilon$, $\beta$ and
    $\gamma$; units as in [@winfree1991].

    The state holds $u$ on `n` points a side, then $v$.

    **Arguments**: `epsilon` 0.2 ratio of the time scales; `beta` 0.7 and `gamma` 0.5; `length` 60 of a side; `n` 128
    grid points a side (static); `dimensions` 1 or 2 (static).

    **Good values**: `epsilon=0.2` a pulse on the ring; `dimensions=2, epsilon=0.3, n=64` spirals.
    """

    epsilon: Any = param(0.2)
    beta: Any = param(_BETA)
    gamma: Any = param(_GAMMA)
    length: Any = param(60.0)
    n: int = eqx.field(default=128, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="FitzHugh-Nagumo with diffusion",
        equation=r"u_t = \nabla^2 u + (u - \tfrac13 u^3 - v) / \epsilon,\ v_t = \epsilon (u + \beta - \gamma v)",
        field="neuroscience",
        cite=("fitzhugh1961", "nagumo1962", "winfree1991"),
        variables=("u", "v"),
        period=4.0,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"periodic", "excitable", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"pulse": {"epsilon": 0.2}, "spirals": {"epsilon": 0.3, "n": 64, "dimensions": 2}},
        known={
            "fixed_points": Known((constant(128, _REST, _REST - _REST**3 / 3),), Source.EXACT, "rest", 1e-10),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        first, second = self.angles[0], self.angles[-1]
        if self.dimensions == 1:  # a pulse, with its refractory back
            front = jnp.exp(8 * (jnp.cos(first - 2.0) - 1))
            return self.state(-1.2 + 3 * front, -0.6 + 1.5 * jnp.exp(8 * (jnp.cos(first - 1.2) - 1)))
        # u and v out of phase about four points
        return self.state(1.5 * jnp.sin(first), 0.8 * jnp.sin(second))

    def linear(self):
        return jnp.stack([self.laplacian, jnp.full_like(self.laplacian, -self.epsilon * self.gamma)])

    def nonlinear(self, t, modes):
        del t
        u = self.backward(modes[0])
        fast = (self.forward(u - u * u * u / 3) - modes[1]) / self.epsilon
        return jnp.stack([fast, self.epsilon * (modes[0] + self.beta * self.unit)])
