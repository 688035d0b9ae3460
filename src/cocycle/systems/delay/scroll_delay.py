"""Two scrolls from one delay."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["ScrollDelay"]


def _outer():
    """The positive solution of x = tanh(10 x)."""
    x = 1.0
    for _ in range(20):
        x = math.tanh(10 * x)
    return x


class ScrollDelay(DelayFlow):
    r"""A double scroll from one variable: an integrator of its own past, with a steep step in the feedback.

    $$\dot x = -\alpha x_\tau + \beta \tanh(k x_\tau), \quad x_\tau = x(t - \tau)$$

    Around each of the two outer fixed points, $x \approx \pm\beta/\alpha$, the orbit winds out until the step throws it
    to the other side; steps more give scrolls more [@yalcin2007]. The outer points lose stability near
    $\alpha\tau = \pi/2$, as $\dot x = -\alpha x_\tau$ does.

    **Arguments**: `alpha` 0.2 and `beta` 0.2, feedback; `k`, the steepness of the step, 10; `tau`, the delay, 10.

    **Good values**: `tau=10` chaotic; `tau=5` at rest.
    """

    alpha: Any = param(0.2)
    beta: Any = param(0.2)
    k: Any = param(10.0)
    tau: Any = param(10.0)

    card: ClassVar = Card(
        title="Delayed double scroll",
        equation=r"\dot x = -\alpha x_\tau + \beta \tanh(k x_\tau),\ x_\tau = x(t - \tau)",
        field="electronics",
        cite=("yalcin2007",),
        variables=("x",),
        state=(1.0906,),
        period=40.0,
        dt=0.4,
        transient=2000.0,
        tags=frozenset({"chaotic", "autonomous", "delay"}),
        presets={"chaotic": {"tau": 10.0}, "fixed point": {"tau": 5.0}},
        known={
            "fixed_points": Known(
                ((0.0,), (_outer(),), (-_outer(),)), Source.EXACT, "x = (beta / alpha) tanh(k x)", 1e-12
            ),
            "symmetry": Known((-1,), Source.EXACT, "x -> -x", 1e-14),
            "bifurcation:tau": Known(
                math.pi / 2 / (0.2 - 2 * (1 - _outer() ** 2)), Source.EXACT, "Hopf of the outer points", 1e-10
            ),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t, x
        late = delayed[0]
        return -self.alpha * late + self.beta * jnp.tanh(self.k * late)
