"""The Mackey-Glass equation."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["MackeyGlass"]


class MackeyGlass(DelayFlow):
    r"""Mackey and Glass's control of blood production: production answers the concentration of a time ago.

    $$\dot x = \beta \frac{x_\tau}{1 + x_\tau^n} - \gamma x, \quad x_\tau = x(t - \tau)$$

    The state is a function on an interval of length $\tau$, so the dimension is infinite; that of the attractor grows
    about linearly with `tau`. Linearised at $(\beta/\gamma - 1)^{1/n}$ with the default rates, the equation has a Hopf
    bifurcation at $\tau = \arccos(-1/4)/\sqrt{0.15} \approx 4.708$ (4.53 is often quoted); from $\tau \approx 16.8$ on
    the motion is chaotic [@mackey1977; @farmer1982].

    **Arguments**: `beta` 0.2 production; `gamma` 0.1 decay; `n` 10 steepness; `tau` 17 delay.

    **Good values**: `tau=17` weakly chaotic; `tau=30` chaotic; `tau=8` periodic.
    """

    beta: Any = param(0.2)
    gamma: Any = param(0.1)
    n: Any = param(10.0)
    tau: Any = param(17.0)

    card: ClassVar = Card(
        title="Mackey-Glass",
        equation=r"\dot x = \beta x_\tau / (1 + x_\tau^n) - \gamma x,\ x_\tau = x(t - \tau)",
        field="biology",
        cite=("mackey1977", "farmer1982"),
        variables=("x",),
        state=(1.2,),
        period=50.0,
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "delay", "biology"}),
        presets={"chaotic": {"tau": 17.0}, "hyperchaotic": {"tau": 30.0}, "periodic": {"tau": 8.0}},
        known={
            "fixed_points": Known(((0.0,), (1.0,)), Source.EXACT, "0 and (beta/gamma - 1)^(1/n)", 1e-14),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        late = delayed[0]
        return self.beta * late / (1 + late**self.n) - self.gamma * x
