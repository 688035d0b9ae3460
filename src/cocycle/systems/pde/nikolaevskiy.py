"""The Nikolaevskiy equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant, mirror

__all__ = ["Nikolaevskiy"]


class Nikolaevskiy(PeriodicField):
    r"""The Nikolaevskiy equation on a ring: turbulence that sets in at once, out of a pattern and a neutral long wave.

    $$u_t = -u\, u_x - \partial_x^2 \big[r - (1 + \partial_x^2)^2\big] u$$

    Proposed for seismic waves; the simplest model of a pattern of finite wave length in a medium whose mean may drift
    freely (the mean of $u$ is conserved, and adding a constant is the same as moving along with it). Waves grow at the
    rate $k^2 [r - (1 - k^2)^2]$, first at $r = 0$ with $k = 1$. All steady patterns are unstable there, so that chaos
    begins at the onset itself [@tribelsky1996].

    **Arguments**: `r` 0.5 distance from the onset; `length` 50; `n` 128 grid points (static).

    **Good values**: `r=0.5` chaotic; `r=-0.1` rest.
    """

    r: Any = param(0.5)
    length: Any = param(50.0)
    n: int = eqx.field(default=128, static=True)

    card: ClassVar = Card(
        title="Nikolaevskiy",
        equation=r"u_t = -u u_x - r u_{xx} + u_{xx} + 2 u_{xxxx} + u_{xxxxxx}",
        field="physics",
        cite=("tribelsky1996",),
        variables=("u",),
        period=4.0,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"turbulence": {"r": 0.5}, "weak turbulence": {"r": 0.2}, "decay": {"r": -0.1}},
        known={
            "fixed_points": Known((constant(128, 0.0), constant(128, 1.0)), Source.EXACT, "any constant", 1e-8),
            "symmetry": Known(mirror(128, -1), Source.EXACT, "u(x) to -u(-x)", 1e-9),
            "bifurcation:r": Known(0.0, Source.EXACT, "rest loses stability, to waves of k = 1", 0.0),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        (angle,) = self.angles
        return jnp.cos(8 * angle) + 0.5 * jnp.sin(7 * angle + 1) + 0.3 * jnp.cos(angle)

    def invariants(self, x):
        """The conserved mean."""
        return {"mean": jnp.mean(x)}

    def linear(self):
        return -self.laplacian * (self.r - (1 + self.laplacian) ** 2)

    def nonlinear(self, t, modes):
        del t
        return self.steepening(modes)
