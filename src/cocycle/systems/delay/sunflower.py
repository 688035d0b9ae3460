"""The sunflower equation."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["Sunflower"]


class Sunflower(DelayFlow):
    r"""The sunflower equation: a shoot that bends against gravity, with the growth hormone arriving late.

    $$\dot x = v, \quad \dot v = -\frac{a}{\tau} v - \frac{b}{\tau} \sin x_\tau, \quad x_\tau = x(t - \tau)$$

    `x` is the angle of the shoot to the vertical [@israelsson1967]. For delays that are long enough the upright state
    is unstable and the tip circles; periodic solutions are proved to exist [@somolinos1978].

    **Arguments**: `a` 4.8 and `b` 0.186, from measurements; `tau`, the delay, 40 minutes.

    **Good values**: `tau=40` periodic; `tau=60` periodic, larger; `tau=30` comes to rest.
    """

    a: Any = param(4.8)
    b: Any = param(0.186)
    tau: Any = param(40.0)

    card: ClassVar = Card(
        title="Sunflower equation",
        equation=(r"\dot x = v,\ \dot v = -\frac{a}{\tau} v - \frac{b}{\tau} \sin(x_\tau),\ x_\tau = x(t - \tau)"),
        field="biology",
        cite=("israelsson1967", "somolinos1978"),
        variables=("x", "v"),
        units=("rad", "rad/min"),
        state=(0.094378, -0.03233),
        period=193.0,
        dt=2.0,
        transient=5000.0,
        tags=frozenset({"periodic", "autonomous", "delay", "dissipative"}),
        presets={"periodic": {"tau": 40.0}, "large swings": {"tau": 60.0}, "fixed point": {"tau": 30.0}},
        known={
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "upright", 1e-14),
            "symmetry": Known((-1, -2), Source.EXACT, "(x, v) -> (-x, -v)", 1e-14),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        v = x[1]
        return v, -self.a / self.tau * v - self.b / self.tau * jnp.sin(delayed[0, 0])
