"""The predator and prey of Lotka and Volterra."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LotkaVolterra"]


class LotkaVolterra(Flow):
    r"""Lotka and Volterra's predator and prey: closed orbits around a centre.

    $$\dot x = \alpha x - \beta x y, \quad \dot y = \delta x y - \gamma y$$

    `x` counts the prey, `y` the predators. Every orbit in the positive quadrant is closed, a level line of
    $V = \delta x - \gamma \ln x + \beta y - \alpha \ln y$; near the centre the period is
    $2\pi/\sqrt{\alpha\gamma}$. The time means over an orbit equal the centre [@lotka1920; @volterra1926].

    **Arguments**: `alpha` 2/3, growth of the prey; `beta` 4/3, predation; `gamma` 1, death of predators; `delta` 1,
    their growth.
    """

    alpha: Any = param(2 / 3)
    beta: Any = param(4 / 3)
    gamma: Any = param(1.0)
    delta: Any = param(1.0)

    card: ClassVar = Card(
        title="Lotka-Volterra",
        equation=r"\dot x = \alpha x - \beta x y,\ \dot y = \delta x y - \gamma y",
        field="ecology",
        cite=("lotka1920", "volterra1926"),
        variables=("x", "y"),
        state=(1.0, 1.0),
        period=8.02,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial", "biology"}),
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (1.0, 0.5)), Source.EXACT, "the origin and (gamma/delta, alpha/beta)", 1e-14
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        return x * (self.alpha - self.beta * y), y * (self.delta * x - self.gamma)

    def invariants(self, x):
        """The conserved quantity `V`, by name."""
        x, y = x
        return {"V": self.delta * x - self.gamma * jnp.log(x) + self.beta * y - self.alpha * jnp.log(y)}
