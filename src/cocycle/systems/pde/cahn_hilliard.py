"""The Cahn-Hilliard equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["CahnHilliard"]


class CahnHilliard(PeriodicField):
    r"""The Cahn-Hilliard equation on a ring or a periodic square: a mixture that separates into two phases.

    $$u_t = \nabla^2 \big(u^3 - u - \gamma\, \nabla^2 u\big)$$

    $u$ is the concentration, whose mean is conserved. A uniform mixture $m$ with $3 m^2 < 1$ comes apart by spinodal
    decomposition: waves grow at the rate $k^2 (1 - 3 m^2 - \gamma k^2)$ [@cahn1961]. Then domains of $u = \pm 1$, with
    walls $\tanh\big(x / \sqrt{2 \gamma}\big)$ [@cahn1958], grow ever more slowly; `free_energy` never grows.

    **Arguments**: `gamma` 1 cost of a gradient; `length` 24 of a side; `n` 32 grid points a side (static);
    `dimensions` 2 or 1 (static).

    **Good values**: `gamma=1` separates into two stripes or drops; `gamma=20` stays mixed (no wave fits in that grows).
    """

    gamma: Any = param(1.0)
    length: Any = param(24.0)
    n: int = eqx.field(default=32, static=True)
    dimensions: int = eqx.field(default=2, static=True)  # type: ignore[misc]

    card: ClassVar = Card(
        title="Cahn-Hilliard",
        equation=r"u_t = \nabla^2 (u^3 - u - \gamma \nabla^2 u)",
        field="chemistry",
        cite=("cahn1958", "cahn1961"),
        variables=("u",),
        period=10.0,
        dt=0.2,
        transient=2000.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"separation": {"gamma": 1.0}, "mixed": {"gamma": 20.0}, "line": {"n": 64, "dimensions": 1}},
        known={
            "fixed_points": Known(
                tuple(constant(32, m, dimensions=2) for m in (0.0, 1.0, -1.0)), Source.EXACT, "any constant", 1e-10
            ),
            "symmetry": Known(tuple(range(-1, -1025, -1)), Source.EXACT, "u to -u", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        first = self.angles[0]
        wave = jnp.cos(3 * first) + jnp.sin(2 * first + 1)
        if self.dimensions == 2:
            second = self.angles[1]
            wave = wave + jnp.cos(2 * first + 3 * second) + jnp.sin(first - 2 * second) + jnp.cos(3 * second + 2)
        return self.state(0.1 * wave)

    def free_energy(self, x):
        r"""$\int \tfrac12 \gamma |\nabla u|^2 + \tfrac14 (1 - u^2)^2$, which the motion only lowers."""
        u = self.fields(x)
        stress = self.gamma * self.backward(self.laplacian * self.forward(u))
        return (self.length / self.n) ** self.dimensions * jnp.sum(-0.5 * u * stress + 0.25 * (1 - u**2) ** 2)

    def invariants(self, x):
        """The conserved mean."""
        return {"mean": jnp.mean(x)}

    # split as linearised about the phases: what the exponential integrator leaves over vanishes there to second order
    def linear(self):
        return self.laplacian * (2 - self.gamma * self.laplacian)

    def nonlinear(self, t, modes):
        del t
        u = self.backward(modes)
        return self.laplacian * self.forward(u * u * u - 3 * u)
