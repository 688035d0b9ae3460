"""The phi-four equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._klein_gordon import KleinGordonField
from ._periodic import constant, mirror

__all__ = ["PhiFour"]


class PhiFour(KleinGordonField):
    r"""The phi-four equation on a ring or a periodic square: kinks that bounce off each other in intricate ways.

    $$u_t = v, \quad v_t = \nabla^2 u + u - u^3$$

    A field with the two vacua $u = \pm 1$. Kinks $\tanh\big(\gamma (x - w t) / \sqrt2\big)$, $\gamma = (1 -
    w^2)^{-1/2}$, have the energy $\tfrac{2 \sqrt2}{3} \gamma$. Not integrable: a kink and an antikink that meet slower
    than about 0.26 are captured, except in many narrow windows of speed in which they part after two or more bounces
    [@campbell1983]. The energy $\int \tfrac12 v^2 + \tfrac12 |\nabla u|^2 + \tfrac14 (1 - u^2)^2$ is conserved, on the
    grid too.

    The state holds $u$ on `n` points a side, then $v$. On a ring as many kinks as antikinks are needed.

    **Arguments**: `length` 60 of a side; `n` 128 grid points a side (static); `dimensions` 1 or 2 (static).

    **Good values**: the default is a kink and its mirror image at speed 0.2, in such a window: they bounce twice and
    part; `collision(0.4)` they part at once; `collision(0.18)` they are captured.
    """

    length: Any = param(60.0)
    n: int = eqx.field(default=128, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="phi-four",
        equation=r"u_t = v,\ v_t = \nabla^2 u + u - u^3",
        field="physics",
        cite=("campbell1983",),
        variables=("u", "v"),
        period=5.0,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"conservative", "autonomous", "pde", "polynomial"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Hamiltonian", 1e-9),
            "fixed_points": Known(
                tuple(constant(128, u, 0.0) for u in (0.0, 1.0, -1.0)), Source.EXACT, "the two vacua and the top", 1e-12
            ),
            "symmetry": Known(mirror(128, -1, -1), Source.EXACT, "u(x) to -u(-x)", 1e-10),
            "reversor": Known((*range(1, 129), *range(-129, -257, -1)), Source.EXACT, "v to -v", 1e-10),
        },
        status=Status.UNVERIFIED,
        reason="the exponents of this conservative field approach zero too slowly to be told from it",
    )

    def kink(self, w: Any, position: Any, t: Any = 0.0):
        """The fields `u`, `v` of one kink of speed `w` on an endless line, as arrays over the first axis."""
        gamma = 1 / jnp.sqrt(1 - w**2)
        s = gamma * (self.grid - position - w * t) / jnp.sqrt(2.0)
        return jnp.tanh(s), -w * gamma / jnp.sqrt(2.0) / jnp.cosh(s) ** 2

    def collision(self, w: Any):
        """The state of a kink with speed `w`, a quarter from the left, and an antikink a quarter from the right."""
        (u, v), (u2, v2) = self.kink(w, self.length / 4), self.kink(-w, 0.75 * self.length)
        return self.state(*(f if self.dimensions == 1 else f[:, None] for f in (u - u2 - 1, v - v2)))

    def default_state(self):
        return self.collision(0.2)

    def potential(self, u):
        return 0.25 * (1 - u * u) ** 2

    def force(self, u):
        return u - u * u * u
