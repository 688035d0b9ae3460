"""A rod heated and cooled at its ends."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import Card, Known, Source, Status, param

from ._chebyshev import IntervalField, points

__all__ = ["HeatRod"]


class HeatRod(IntervalField):
    r"""A rod whose ends are held at two temperatures.

    $$u_t = D\, u_{xx}, \quad -1 < x < 1, \quad u(-1, t) = a,\ u(1, t) = b$$

    The temperature tends to the straight line between the two; what is left of the start decays in the waves
    $\sin\big(j \pi (x + 1) / 2\big)$, each at the rate $D (j \pi / 2)^2$ [@fourier1822; @crank1975].

    The state is $u$ at the inner points of a Chebyshev grid.

    **Arguments**: `D` 1 diffusivity; `a` 0 and `b` 1 temperatures at the ends; `n` 32 inner points (static).
    """

    D: Any = param(1.0)
    a: Any = param(0.0)
    b: Any = param(1.0)
    n: int = eqx.field(default=32, static=True)

    card: ClassVar = Card(
        title="Heat in a rod",
        equation=r"u_t = D u_{xx},\ u(-1) = a,\ u(1) = b",
        field="physics",
        cite=("fourier1822", "crank1975"),
        variables=("u",),
        period=2.5,
        dt=0.02,
        transient=20.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"heated": {"a": 0.0, "b": 1.0}, "cold": {"a": 0.0, "b": 0.0}},
        known={
            "fixed_points": Known((tuple((1 + points(32)[1:-1]) / 2),), Source.EXACT, "the straight line", 1e-9),
        },
        status=Status.VERIFIED,
    )

    @property
    def diffusivity(self):
        return self.D

    @property
    def ends(self):
        return self.a, self.b

    def reaction(self, u):
        return jnp.zeros_like(u)

    def wave(self, j: int):
        """The `j`-th sine, 1, 2, ..., which vanishes at the ends."""
        return jnp.sin(j * np.pi / 2 * (self.grid + 1))

    def line(self):
        """The steady state."""
        return self.a + (self.b - self.a) * (self.grid + 1) / 2

    def default_state(self):
        return self.line() + self.wave(1) + 0.5 * self.wave(3)
