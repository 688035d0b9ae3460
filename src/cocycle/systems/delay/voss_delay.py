"""Voss's delayed circuit."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Status, param

__all__ = ["VossDelay"]


class VossDelay(DelayFlow):
    r"""An electronic circuit with delayed feedback, its nonlinearity fitted by a cubic.

    $$\dot x = -\alpha x + c_3 x_\tau^3 + c_2 x_\tau^2 + c_1 x_\tau + c_0, \quad x_\tau = x(t - \tau)$$

    Voss let a copy of such a circuit run ahead of it: coupled the right way, the copy synchronises with the future
    [@voss2002]. The longer the delay, the more exponents are positive.

    **Arguments**: `alpha` 3.24; the cubic `c3` -10.44, `c2` -13.95, `c1` -3.63, `c0` 0.85; `tau`, the delay, 13.28.

    **Good values**: `tau=13.28` hyperchaotic; `tau=0.1` at rest.
    """

    alpha: Any = param(3.24)
    c3: Any = param(-10.44)
    c2: Any = param(-13.95)
    c1: Any = param(-3.63)
    c0: Any = param(0.85)
    tau: Any = param(13.28)

    card: ClassVar = Card(
        title="Voss delayed circuit",
        equation=(r"\dot x = -\alpha x + c_3 x_\tau^3 + c_2 x_\tau^2 + c_1 x_\tau + c_0,\ x_\tau = x(t - \tau)"),
        field="electronics",
        cite=("voss2002",),
        variables=("x",),
        state=(0.1185,),
        period=5.42,
        dt=0.05,
        transient=1000.0,
        tags=frozenset({"chaotic", "hyperchaotic", "autonomous", "delay", "dissipative", "polynomial"}),
        presets={"hyperchaotic": {"tau": 13.28}, "fixed point": {"tau": 0.1}},
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        late = delayed[0]
        return -self.alpha * x + ((self.c3 * late + self.c2) * late + self.c1) * late + self.c0
