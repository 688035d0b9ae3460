"""The Gauss map of a bell curve."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["GaussMouse"]


class GaussMouse(Map):
    r"""The iterated bell curve, called mouse map for its bifurcation diagram.

    $$x_{n+1} = e^{-\alpha x_n^2} + \beta$$

    As `beta` grows from -1 to 1 the orbit doubles its period, becomes chaotic and halves it again; for small `beta` a
    second attractor is a fixed point near `beta` itself [@hilborn2000].

    **Arguments**: `alpha`, the width of the bell, 6.2; `beta`, its offset, -0.5.

    **Good values**: `beta=-0.5` chaotic; `beta=-0.75`, `beta=0.2` and `beta=0.6` cycles.
    """

    alpha: Any = param(6.2)
    beta: Any = param(-0.5)

    card: ClassVar = Card(
        title="Gauss map (mouse map)",
        equation=r"x_{n+1} = e^{-\alpha x_n^2} + \beta",
        field="mathematics",
        cite=("hilborn2000",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={"chaotic": {"beta": -0.5}, "period 2": {"beta": 0.2}, "fixed point": {"beta": 0.6}},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return jnp.exp(-self.alpha * x * x) + self.beta
