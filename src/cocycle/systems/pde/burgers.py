"""The viscous Burgers equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant, mirror

__all__ = ["Burgers"]


class Burgers(PeriodicField):
    r"""The viscous Burgers equation on a ring: waves that steepen to shocks and are worn down by viscosity.

    $$u_t = -u\, u_x + \nu\, u_{xx}$$

    A model of turbulence without pressure [@burgers1948], solved exactly by the substitution
    $u = -2 \nu\, \theta_x / \theta$, with which $\theta$ obeys the heat equation [@hopf1950; @cole1951]: `solution`. A
    shock between $u_1$ and $u_2$ is about $4 \nu / (u_1 - u_2)$ wide. The mean is conserved and all else decays.

    **Arguments**: `nu` 0.1 viscosity; `length` $2 \pi$; `n` 128 grid points, which should resolve the shocks (static).

    **Good values**: `nu=0.1` shocks; `nu=1` waves that decay before they steepen.
    """

    nu: Any = param(0.1)
    length: Any = param(6.283185307179586)
    n: int = eqx.field(default=128, static=True)

    card: ClassVar = Card(
        title="Burgers",
        equation=r"u_t = -u u_x + \nu u_{xx}",
        field="fluids",
        cite=("burgers1948", "hopf1950", "cole1951"),
        variables=("u",),
        period=2.0,
        dt=0.02,
        transient=250.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"shock": {"nu": 0.1}, "viscous": {"nu": 1.0}},
        known={
            "divergence": Known(
                -0.1 * sum(min(j, 128 - j) ** 2 for j in range(128)), Source.EXACT, "minus nu times sum of k^2", 1e-8
            ),
            "fixed_points": Known((constant(128, 0.0), constant(128, 1.0)), Source.EXACT, "any constant", 1e-12),
            "symmetry": Known(mirror(128, -1), Source.EXACT, "u(x) to -u(-x)", 1e-10),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        (angle,) = self.angles
        return jnp.sin(angle) + 0.5 * jnp.sin(2 * angle + 1)

    def solution(self, x0, t):
        """The exact state at time `t` after the state `x0`, by way of the heat equation.

        On the grid: to rounding as long as it resolves $\\theta$, whose logarithm varies by $u L / (2 \\nu)$.
        """
        mean, slope = jnp.mean(x0), self.slopes[0]
        integral = self.to_modes(x0 - mean) / jnp.where(slope == 0, jnp.inf, slope)
        start = jnp.exp(-self.backward(integral) / (2 * self.nu))
        theta = jnp.exp((self.nu * self.laplacian - mean * slope) * t) * self.forward(start)
        return mean - 2 * self.nu * self.backward(slope * theta) / self.backward(theta)

    def invariants(self, x):
        """The conserved mean."""
        return {"mean": jnp.mean(x)}

    def linear(self):
        return self.nu * self.laplacian

    def nonlinear(self, t, modes):
        del t
        return self.steepening(modes)
