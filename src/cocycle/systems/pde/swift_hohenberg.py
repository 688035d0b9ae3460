"""The Swift-Hohenberg equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["SwiftHohenberg"]


class SwiftHohenberg(PeriodicField):
    r"""The Swift-Hohenberg equation on a ring or a periodic square: patterns of a preferred wave length.

    $$u_t = r\, u - (1 + \nabla^2)^2 u + s\, u^2 - u^3$$

    Derived for thermal convection [@swift1977]. Waves grow at the rate $r - (1 - k^2)^2$, first at $r = 0$ for $k = 1$;
    just beyond, rolls have the amplitude $2 \sqrt{r / 3}$ (for $s = 0$), and a quadratic term prefers hexagons
    [@cross1993]. For $r < 0$ and strong $s$ patches of pattern sit in a quiet background, stable at any of many sizes
    [@burke2006]. `free_energy` never grows, so that every motion ends in a steady state.

    **Arguments**: `r` 0.3 distance from the onset; `s` 0 asymmetry; `length` $16 \pi$ of a side, best a multiple of
    $2 \pi$; `n` 64 grid points a side (static); `dimensions` 1 or 2 (static).

    **Good values**: `r=0.3` rolls; `r=0.1, s=1, dimensions=2` hexagons; `r=-0.3, s=1.8` a patch of rolls.
    """

    r: Any = param(0.3)
    s: Any = param(0.0)
    length: Any = param(50.26548245743669)
    n: int = eqx.field(default=64, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="Swift-Hohenberg",
        equation=r"u_t = r u - (1 + \nabla^2)^2 u + s u^2 - u^3",
        field="physics",
        cite=("swift1977", "cross1993", "burke2006"),
        variables=("u",),
        period=5.0,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={
            "rolls": {"r": 0.3, "s": 0.0},
            "patch": {"r": -0.3, "s": 1.8, "length": 100.53096491487338, "n": 128},
            "hexagons": {"r": 0.1, "s": 1.0, "length": 25.132741228718345, "n": 32, "dimensions": 2},
            "decay": {"r": -0.3, "s": 0.0},
        },
        known={
            "fixed_points": Known((constant(64, 0.0),), Source.EXACT, "rest", 1e-12),
            "bifurcation:r": Known(0.0, Source.EXACT, "rest loses stability, to waves of k = 1", 0.0),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        # a patch in the middle, of waves of length 2 pi: in one direction or, in the plane, in three
        first = self.length * (self.angles[0] / (2 * jnp.pi) - 0.5)
        if self.dimensions == 1:
            return self.state(1.5 * jnp.cos(first) * jnp.exp(-((first / 10) ** 2)))
        second = self.length * (self.angles[1] / (2 * jnp.pi) - 0.5)
        slanted = 2 * jnp.cos(0.5 * first) * jnp.cos(0.75**0.5 * second)
        return self.state(0.5 * (jnp.cos(first) + slanted) * jnp.exp(-(first**2 + second**2) / 100))

    def free_energy(self, x):
        r"""$\int \tfrac12 \big((1 + \nabla^2) u\big)^2 - \tfrac r2 u^2 - \tfrac s3 u^3 + \tfrac14 u^4$; never grows."""
        u = self.fields(x)
        bent = self.backward((1 + self.laplacian) * self.forward(u))
        density = 0.5 * bent**2 - self.r / 2 * u**2 - self.s / 3 * u**3 + u**4 / 4
        return (self.length / self.n) ** self.dimensions * jnp.sum(density)

    def linear(self):
        return -((1 + self.laplacian) ** 2)

    def nonlinear(self, t, modes):
        del t
        u = self.backward(modes)
        return self.forward((self.r + (self.s - u) * u) * u)
