"""Bullard's disk dynamo."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["BullardDynamo"]


class BullardDynamo(Flow):
    r"""Bullard's disk dynamo without friction: current and rotation of a Faraday disk exchange energy for ever.

    $$\dot x = x (y - 1), \quad \dot y = \alpha (1 - x^2)$$

    `x` is the current and `y` the speed of the disk, in units in which the steady dynamo is $x = \pm 1$, $y = 1$. All
    other motions are periodic oscillations around it, with the frequency $\sqrt{2\alpha}$ when small: the current never
    reverses [@bullard1955].

    **Arguments**: `alpha`, the torque relative to resistance and inertia, 1.

    **Good values**: any positive `alpha`; the start sets the amplitude.
    """

    alpha: Any = param(1.0)

    card: ClassVar = Card(
        title="Bullard's disk dynamo",
        equation=r"\dot x = x (y - 1),\ \dot y = \alpha (1 - x^2)",
        field="physics",
        cite=("bullard1955",),
        variables=("x", "y"),
        state=(2.0, 1.0),
        period=5.05,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial"}),
        presets={"slow": {"alpha": 0.1}, "fast": {"alpha": 10.0}},
        known={
            "fixed_points": Known(((1.0, 1.0), (-1.0, 1.0)), Source.EXACT, "x = +-1, y = 1", 1e-14),
            "symmetry": Known((-1, 2), Source.EXACT, "reversal of the current", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        return x * (y - 1), self.alpha * (1 - x * x)

    def invariants(self, state):
        x, y = state
        return {"energy": 0.5 * y * y - y + self.alpha * (0.5 * x * x - jnp.log(jnp.abs(x)))}
