"""The Lorenz flow in a ball."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LorenzBounded"]


class LorenzBounded(Flow):
    r"""Lorenz's flow slowed down towards a sphere, on which it stands still: no orbit from inside can leave the ball.

    $$\dot x = \sigma (y - x) g, \quad \dot y = (x (\rho - z) - y) g, \quad \dot z = (x y - \beta z) g, \quad
    g = 1 - \frac{x^2 + y^2 + z^2}{r^2}$$

    Used in [@sprott2015] to study basins of attraction. The factor is a change of time only: inside the ball the orbits
    are those of [@lorenz1963]. Hence the dimension of the attractor is that of Lorenz's [@sprott2003], and the
    exponents are Lorenz's over the mean of $1/g$ along the Lorenz orbit. Every point of the sphere is a fixed point.

    **Arguments**: `sigma` 10, `rho` 28, `beta` 8/3 as Lorenz's; `r`, the radius of the ball, 64.

    **Good values**: `rho=28` chaotic; `rho=10` fixed point.
    """

    sigma: Any = param(10.0)
    rho: Any = param(28.0)
    beta: Any = param(8 / 3)
    r: Any = param(64.0)

    card: ClassVar = Card(
        title="Lorenz in a ball",
        equation=(
            r"\dot x = \sigma (y - x) g,\ \dot y = (x (\rho - z) - y) g,\ \dot z = (x y - \beta z) g,\ "
            r"g = 1 - \frac{x^2 + y^2 + z^2}{r^2}"
        ),
        field="climate",
        cite=("sprott2015", "lorenz1963", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-6.2826, -10.132, 16.232),
        period=0.96,
        dt=0.009,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"rho": 28.0}, "fixed point": {"rho": 10.0}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (72**0.5, 72**0.5, 27.0), (-(72**0.5), -(72**0.5), 27.0), (0.0, 0.0, 64.0)),
                Source.EXACT,
                "those of Lorenz, x = y = +-sqrt(beta (rho - 1)), z = rho - 1, and the sphere",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "kaplan_yorke": Known(2.06215, Source.PAPER, "sprott2003, appendix A, for Lorenz: same orbits", 1e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        slow = 1 - jnp.sum(x * x) / self.r**2
        x, y, z = x
        return (
            self.sigma * (y - x) * slow,
            (x * (self.rho - z) - y) * slow,
            (x * y - self.beta * z) * slow,
        )
