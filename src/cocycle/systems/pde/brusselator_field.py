"""The Brusselator with diffusion."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["BrusselatorField"]


class BrusselatorField(PeriodicField):
    r"""The Brusselator with diffusion, on a periodic square or a ring: Turing patterns and oscillations in one model.

    $$u_t = D_u \nabla^2 u + A - (B + 1)\, u + u^2 v, \quad v_t = D_v \nabla^2 v + B u - u^2 v$$

    A scheme of reactions made to show that order may arise from a uniform state [@prigogine1968]. That state, $u = A$,
    $v = B / A$, loses its stability to a pattern with $k^2 = A / \sqrt{D_u D_v}$ at $B = \big(1 + A \sqrt{D_u /
    D_v}\big)^2$, and to uniform oscillations at $B = 1 + A^2$; which comes first depends on the diffusivities
    [@pena2001].

    The state holds $u$ on `n` points a side, then $v$.

    **Arguments**: `A` 4.5 and `B` 7.5 supplies; `Du` 1 and `Dv` 8 diffusivities; `length` 20 of a side; `n` 32 grid
    points a side (static); `dimensions` 2 or 1 (static).

    **Good values**: `B=7.5` pattern; `B=6` uniform; `A=1, B=2.5, Dv=1` oscillation.
    """

    A: Any = param(4.5)
    B: Any = param(7.5)
    Du: Any = param(1.0)
    Dv: Any = param(8.0)
    length: Any = param(20.0)
    n: int = eqx.field(default=32, static=True)
    dimensions: int = eqx.field(default=2, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Brusselator with diffusion",
        equation=r"u_t = D_u \nabla^2 u + A - (B + 1) u + u^2 v,\ v_t = D_v \nabla^2 v + B u - u^2 v",
        field="chemistry",
        cite=("prigogine1968", "pena2001"),
        variables=("u", "v"),
        period=2.0,
        dt=0.02,
        transient=200.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"pattern": {"B": 7.5}, "uniform": {"B": 6.0}, "oscillation": {"A": 1.0, "B": 2.5, "Dv": 1.0}},
        known={
            "fixed_points": Known((constant(32, 4.5, 7.5 / 4.5, dimensions=2),), Source.EXACT, "uniform", 1e-11),
            "bifurcation:B": Known(
                (1 + 4.5 * (1 / 8) ** 0.5) ** 2, Source.EXACT, "Turing: the uniform state loses stability", 0.0
            ),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        # the uniform state, disturbed in a few waves
        first = self.angles[0]
        wave = jnp.cos(3 * first) + jnp.sin(4 * first + 1)
        if self.dimensions == 2:
            second = self.angles[1]
            wave = wave + jnp.cos(first + 4 * second) + jnp.sin(3 * second - 2 * first)
        return self.state(self.A + 0.1 * wave, self.B / self.A)

    def linear(self):
        return jnp.stack([self.Du * self.laplacian - (self.B + 1), self.Dv * self.laplacian])

    def nonlinear(self, t, modes):
        del t
        u, v = self.backward(modes)
        made = self.forward(u * u * v)
        return jnp.stack([self.A * self.unit + made, self.B * modes[0] - made])
