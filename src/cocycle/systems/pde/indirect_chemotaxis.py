"""Chemotaxis with indirect production of the signal."""

import math
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["IndirectChemotaxis"]


class IndirectChemotaxis(PeriodicField):
    r"""Chemotaxis in which a second, immobile population makes the signal; on a ring or a periodic square.

    $$u_t = \nabla^2 u - \nabla\cdot(u \nabla v), \quad 0 = \nabla^2 v - \bar w + w, \quad \tau w_t = u - \delta w$$

    Beetles $u$ fly up the gradient of a signal $v$ that their nests $w$, of mean $\bar w$, send out. In the plane
    a mass $\int u$ beyond a critical one (in a disc $8 \pi \delta$) collapses to a point, but only after infinite time,
    whereas direct production of the signal leads to collapse in finite time [@tao2017]. On a line everything stays
    bounded. A uniform state $u = \delta w$ is unstable to the longest wave if $u > \delta (2 \pi / L)^2$. The mass
    $\int u$ is conserved.

    The state holds $u$ on `n` points a side, then $w$; `signal(state)` is $v$.

    **Arguments**: `tau` 1 time in which nests respond; `delta` 1 their decay; `length` 10 of a side; `n` 64 grid points
    a side (static); `dimensions` 1 or 2 (static).

    **Good values**: `delta=1` the default mean of 1 gathers in one place; `delta=4` it spreads.
    """

    tau: Any = param(1.0)
    delta: Any = param(1.0)
    length: Any = param(10.0)
    n: int = eqx.field(default=64, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Chemotaxis, indirect signal",
        equation=(
            r"u_t = \nabla^2 u - \nabla \cdot (u \nabla v),\ \nabla^2 v = \langle w \rangle - w,\ "
            r"\tau w_t = u - \delta w"
        ),
        field="biology",
        cite=("tao2017",),
        variables=("u", "w"),
        period=10.0,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={
            "gathering": {"delta": 1.0},
            "spreading": {"delta": 4.0},
            "plane": {"delta": 4.0, "n": 32, "dimensions": 2},
        },
        known={
            "fixed_points": Known((constant(64, 1.0, 1.0), constant(64, 2.0, 2.0)), Source.EXACT, "uniform", 1e-10),
            "bifurcation:delta": Known(
                (10 / (2 * math.pi)) ** 2, Source.EXACT, "uniform u = 1 loses stability to the longest wave", 0.0
            ),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        wave = 0.2 * jnp.cos(self.angles[0])
        if self.dimensions == 2:
            wave = wave + 0.2 * jnp.sin(self.angles[1]) + 0.1 * jnp.cos(self.angles[0] - 2 * self.angles[1])
        return self.state(1 + wave, 1 / self.delta)

    def invariants(self, x):
        """The conserved mass."""
        return {"mass": (self.length / self.n) ** self.dimensions * jnp.sum(self.fields(x)[0])}

    def signal(self, x):
        """The signal $v$ of a state, with the mean 0."""
        return self.backward(self._signal(self.forward(self.fields(x)[1])))

    def _signal(self, modes):
        square = -self.laplacian
        return modes / jnp.where(square == 0, jnp.inf, square)

    def linear(self):
        return jnp.stack([self.laplacian, jnp.full_like(self.laplacian, -self.delta / self.tau)])

    def nonlinear(self, t, modes):
        del t
        u, w = modes
        return jnp.stack([-self.divergence_of(u, self._signal(w)), u / self.tau])
