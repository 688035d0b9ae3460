"""The sine-Gordon equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import Card, Known, Source, Status, param

from ._klein_gordon import KleinGordonField
from ._periodic import constant, mirror

__all__ = ["SineGordon"]


class SineGordon(KleinGordonField):
    r"""The sine-Gordon equation on a ring or a periodic square: coupled pendulums, Josephson junctions, kinks.

    $$u_t = v, \quad v_t = \nabla^2 u - \sin u$$

    In one dimension integrable [@ablowitz1973]: kinks $4 \arctan e^{\gamma (x - w t)}$ with
    $\gamma = (1 - w^2)^{-1/2}$ and energy $8 \gamma$ pass through one another, and a kink and its mirror image may be
    bound in a breather $4 \arctan\big(\tfrac{\sqrt{1 - \omega^2}}{\omega} \tfrac{\cos \omega t}{\cosh \sqrt{1 -
    \omega^2}\, x}\big)$ of energy $16 \sqrt{1 - \omega^2}$ [@scott1973]. The energy $\int \tfrac12 v^2 + \tfrac12
    |\nabla u|^2 + 1 - \cos u$ is conserved, on the grid too.

    The state holds $u$ on `n` points a side, then $v$. On a ring as many kinks as antikinks are needed.

    **Arguments**: `length` 40 of a side; `n` 128 grid points a side (static); `dimensions` 1 or 2 (static).

    **Good values**: the default is a breather with $\omega = 0.6$; `collision(w)` a kink that meets its mirror image.
    """

    length: Any = param(40.0)
    n: int = eqx.field(default=128, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="sine-Gordon",
        equation=r"u_t = v,\ v_t = \nabla^2 u - \sin u",
        field="physics",
        cite=("ablowitz1973", "scott1973"),
        variables=("u", "v"),
        period=2 * np.pi / 0.6,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "pde"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Hamiltonian", 1e-9),
            "fixed_points": Known(
                (constant(128, 0.0, 0.0), constant(128, np.pi, 0.0)), Source.EXACT, "hanging and upright", 1e-12
            ),
            "symmetry": Known(mirror(128, -1, -1), Source.EXACT, "u(x) to -u(-x)", 1e-10),
            "reversor": Known((*range(1, 129), *range(-129, -257, -1)), Source.EXACT, "v to -v", 1e-10),
        },
        status=Status.UNVERIFIED,
        reason="the exponents of this conservative field approach zero too slowly to be told from it",
    )

    def breather(self, omega: Any = 0.6, t: Any = 0.0):
        """The state of a breather at rest in the middle, in one dimension, for a ring much longer than it."""
        s = self.grid - self.length / 2
        eta = jnp.sqrt(1 - omega**2)
        shape = eta / omega / jnp.cosh(eta * s)
        u = 4 * jnp.arctan(shape * jnp.cos(omega * t))
        v = -4 * shape * omega * jnp.sin(omega * t) / (1 + (shape * jnp.cos(omega * t)) ** 2)
        return self.state(*(f if self.dimensions == 1 else f[:, None] for f in (u, v)))

    def collision(self, w: Any, t: Any = 0.0):
        """The state of a kink and an antikink with speeds `w` and `-w` (not 0) that meet in the middle at `t = 0`."""
        s = self.grid - self.length / 2
        gamma = 1 / jnp.sqrt(1 - w**2)
        shape = 1 / (w * jnp.cosh(gamma * s))
        u = 4 * jnp.arctan(shape * jnp.sinh(gamma * w * t))
        v = 4 * shape * gamma * w * jnp.cosh(gamma * w * t) / (1 + (shape * jnp.sinh(gamma * w * t)) ** 2)
        return self.state(*(f if self.dimensions == 1 else f[:, None] for f in (u, v)))

    def default_state(self):
        return self.breather()

    def potential(self, u):
        return 1 - jnp.cos(u)

    def force(self, u):
        return -jnp.sin(u)
