"""The equation of Fisher and of Kolmogorov, Petrovsky and Piskunov."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["FisherKPP"]


class FisherKPP(PeriodicField):
    r"""The Fisher-KPP equation on a ring or a periodic square: the advance of a gene, or of a species, into new land.

    $$u_t = D\, \nabla^2 u + r\, u\, (1 - u)$$

    $u$ is the share of the better gene. The empty state is unstable, and a local start spreads in all directions with a
    front whose speed tends to $2 \sqrt{r D}$, the slowest possible, from below [@fisher1937; @kolmogorov1937]. The
    front $\big(1 + e^{z}\big)^{-2}$ with $z = \sqrt{r / (6 D)}\, (x - c t)$ and
    $c = \tfrac{5}{\sqrt6} \sqrt{r D}$ is an exact solution [@ablowitz1979].

    **Arguments**: `D` 1 diffusivity; `r` 1 growth rate; `length` 100 of a side; `n` 128 grid points a side (static);
    `dimensions` 1 or 2 (static).
    """

    D: Any = param(1.0)
    r: Any = param(1.0)
    length: Any = param(100.0)
    n: int = eqx.field(default=128, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="Fisher-KPP",
        equation=r"u_t = D \nabla^2 u + r u (1 - u)",
        field="ecology",
        cite=("fisher1937", "kolmogorov1937", "ablowitz1979"),
        variables=("u",),
        period=5.0,
        dt=0.05,
        transient=100.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"line": {"dimensions": 1}, "plane": {"length": 30.0, "n": 32, "dimensions": 2}},
        known={
            "fixed_points": Known((constant(128, 0.0), constant(128, 1.0)), Source.EXACT, "empty and full", 1e-12),
            "front_speed": Known(2.0, Source.EXACT, "2 sqrt(r D), the slowest front", 0.0),
        },
        status=Status.VERIFIED,
    )

    def front(self, position: Any = 0.0, t: Any = 0.0):
        """The exact front along the first axis that advances to the right from `position`: full on its left."""
        s = self.grid - position - 5 / jnp.sqrt(6.0) * jnp.sqrt(self.r * self.D) * t
        u = (1 + jnp.exp(jnp.sqrt(self.r / (6 * self.D)) * s)) ** -2
        return self.state(u if self.dimensions == 1 else u[:, None])

    def default_state(self):
        # a small settlement in the middle
        distance = sum((1 - jnp.cos(angle - jnp.pi)) for angle in self.angles)
        return self.state(jnp.exp(-100 * distance))

    # split as linearised about the full state
    def linear(self):
        return self.D * self.laplacian - self.r

    def nonlinear(self, t, modes):
        del t
        u = self.backward(modes)
        return self.forward(self.r * (2 - u) * u)
