"""Advection and diffusion of a tracer."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["AdvectionDiffusion"]


class AdvectionDiffusion(PeriodicField):
    r"""A tracer carried along and spreading, on a ring or a periodic square: the heat equation in a wind.

    $$u_t = -c\, u_x + D\, \nabla^2 u$$

    Linear: the wave $e^{i k x}$ moves with the speed $c$ and decays at the rate $D |k|^2$, so that everything ends in
    the mean, which is conserved. Without wind it is the equation of heat [@fourier1822] or diffusion [@crank1975]. The
    exponents are exactly $-D |k|^2$, one for each wave on the grid. `solution` is exact.

    **Arguments**: `c` 1 wind along the first axis; `D` 0.05 diffusivity; `length` $2 \pi$ of a side; `n` 64 grid points
    a side (static); `dimensions` 1 or 2 (static).

    **Good values**: `c=0` heat; `D=0` pure advection, which only shifts the start.
    """

    c: Any = param(1.0)
    D: Any = param(0.05)
    length: Any = param(6.283185307179586)
    n: int = eqx.field(default=64, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="Advection and diffusion",
        equation=r"u_t = -c u_x + D \nabla^2 u",
        field="physics",
        cite=("fourier1822", "crank1975"),
        variables=("u",),
        period=6.283,
        dt=0.06,
        transient=500.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={
            "heat": {"c": 0.0},
            "advection": {"D": 0.0},
            "heat in the plane": {"c": 0.0, "n": 32, "dimensions": 2},
        },
        known={
            "divergence": Known(
                -0.05 * sum(min(j, 64 - j) ** 2 for j in range(64)), Source.EXACT, "minus D times the sum of k^2", 1e-9
            ),
            "fixed_points": Known((constant(64, 0.0), constant(64, 1.0)), Source.EXACT, "any constant", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        bumps = [jnp.exp(2 * jnp.cos(angle - 1.0) - 2) for angle in self.angles]
        return self.state(bumps[0] if self.dimensions == 1 else bumps[0] * bumps[1])

    def solution(self, x0, t):
        """The exact state at time `t` after the state `x0`."""
        return self.from_modes(jnp.exp(self.linear() * t) * self.to_modes(x0))

    def invariants(self, x):
        """The conserved mean."""
        return {"mean": jnp.mean(x)}

    def linear(self):
        return -self.c * self.slopes[0] + self.D * self.laplacian

    def nonlinear(self, t, modes):
        del t
        return jnp.zeros_like(modes)
