"""The Allen-Cahn equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["AllenCahn"]


class AllenCahn(PeriodicField):
    r"""The Allen-Cahn equation on a ring or a periodic square: domains of two phases, and the walls between them.

    $$u_t = \epsilon^2\, \nabla^2 u + u - u^3$$

    Walls between the phases $u = \pm 1$ have the shape $\tanh\big(x / (\sqrt2\, \epsilon)\big)$ [@allen1979]. On a line
    they attract each other exponentially weakly, so that patterns live for times of order $e^{\sqrt2\, d / \epsilon}$,
    $d$ the distance [@carr1989]; in the plane they move at the speed $\epsilon^2 / R$, and a disc of radius $R$
    is gone after $R^2 / (2 \epsilon^2)$. `free_energy` never grows. Rest at 0 loses its stability to waves with
    $k < 1 / \epsilon$.

    **Arguments**: `epsilon` 0.2 the width of a wall; `length` $2 \pi$ of a side; `n` 64 grid points a side (static);
    `dimensions` 1 or 2 (static).

    **Good values**: `epsilon=0.2` walls; `epsilon=1.5` all waves decay or merge to one phase.
    """

    epsilon: Any = param(0.2)
    length: Any = param(6.283185307179586)
    n: int = eqx.field(default=64, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="Allen-Cahn",
        equation=r"u_t = \epsilon^2 \nabla^2 u + u - u^3",
        field="physics",
        cite=("allen1979", "carr1989"),
        variables=("u",),
        period=4.0,
        dt=0.04,
        transient=100.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={
            "walls": {"epsilon": 0.2},
            "one phase": {"epsilon": 1.5},
            "plane": {"epsilon": 0.3, "n": 32, "dimensions": 2},
        },
        known={
            "fixed_points": Known(
                (constant(64, 0.0), constant(64, 1.0), constant(64, -1.0)), Source.EXACT, "the phases", 1e-12
            ),
            "symmetry": Known(tuple(range(-1, -65, -1)), Source.EXACT, "u to -u", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        first = self.angles[0]
        wave = 0.6 * jnp.cos(first) + 0.5 * jnp.sin(2 * first + 1)
        return self.state(wave if self.dimensions == 1 else wave + 0.4 * jnp.cos(2 * self.angles[1] + first))

    def free_energy(self, x):
        r"""$\int \tfrac12 \epsilon^2 |\nabla u|^2 + \tfrac14 (1 - u^2)^2$, which the motion only lowers."""
        u = self.fields(x)
        stress = self.epsilon**2 * self.backward(self.laplacian * self.forward(u))
        return (self.length / self.n) ** self.dimensions * jnp.sum(-0.5 * u * stress + 0.25 * (1 - u**2) ** 2)

    # split as linearised about the phases: what the exponential integrator leaves over vanishes there to second order
    def linear(self):
        return self.epsilon**2 * self.laplacian - 2

    def nonlinear(self, t, modes):
        del t
        u = self.backward(modes)
        return self.forward(3 * u - u * u * u)
