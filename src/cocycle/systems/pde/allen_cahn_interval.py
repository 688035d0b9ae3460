"""The Allen-Cahn equation between two ends."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import Card, Known, Source, Status, param

from ._chebyshev import IntervalField

__all__ = ["AllenCahnInterval"]


class AllenCahnInterval(IntervalField):
    r"""The Allen-Cahn equation between two ends held in opposite phases: a metastable domain that suddenly vanishes.

    $$u_t = \epsilon\, u_{xx} + u - u^3, \quad -1 < x < 1, \quad u(\pm 1, t) = \pm 1$$

    From the default start a domain of each phase forms between the ends, stays for some forty units of time, almost at
    rest, and is gone in a few [@trefethen2000, program 34]. What remains is one wall, $\tanh\big(x / \sqrt{2
    \epsilon}\big)$ up to $e^{-\sqrt{2 / \epsilon}}$ at the ends; on walls see [@allen1979].

    The state is $u$ at the inner points of a Chebyshev grid.

    **Arguments**: `epsilon` 0.01, the square of the width of a wall; `n` 32 inner points (static).

    **Good values**: `epsilon=0.01` metastable; `epsilon=0.05` the domain is gone at once.
    """

    epsilon: Any = param(0.01)
    n: int = eqx.field(default=32, static=True)

    card: ClassVar = Card(
        title="Allen-Cahn between two ends",
        equation=r"u_t = \epsilon u_{xx} + u - u^3,\ u(-1) = -1,\ u(1) = 1",
        field="physics",
        cite=("trefethen2000", "allen1979"),
        variables=("u",),
        period=4.0,
        dt=0.04,
        transient=100.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"metastable": {"epsilon": 0.01}, "brief": {"epsilon": 0.05}},
        known={"symmetry": Known(tuple(range(-32, 0)), Source.EXACT, "u(x) to -u(-x)", 1e-8)},
        status=Status.VERIFIED,
    )

    @property
    def diffusivity(self):
        return self.epsilon

    @property
    def ends(self):
        return -jnp.ones(()), jnp.ones(())

    def reaction(self, u):
        return u - u * u * u

    def default_state(self):
        return 0.53 * self.grid + 0.47 * jnp.sin(-1.5 * np.pi * self.grid)
