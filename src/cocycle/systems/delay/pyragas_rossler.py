"""Rossler's flow under Pyragas control."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Status, param

__all__ = ["PyragasRossler"]


class PyragasRossler(DelayFlow):
    r"""Rossler's flow with Pyragas's control: the difference to the state of one period ago is fed back.

    $$\dot x = -y - z, \quad \dot y = x + a y + K (y_\tau - y), \quad \dot z = b + z (x - c), \quad
    y_\tau = y(t - \tau)$$

    If the delay is the period of an unstable cycle of the chaotic attractor, the cycle stays a solution, on which the
    feedback is 0, and for suitable `K` attracts [@pyragas1992].

    **Arguments**: Rossler's `a` 0.2, `b` 0.2, `c` 5.7; `K`, the strength of the feedback, 0.2; `tau`, the delay, 5.9,
    nearly the period of the cycle of one turn, 5.88.

    **Good values**: `K=0.2, tau=5.9` a cycle of one turn; `K=0.2, tau=17.5` one of three turns.
    """

    a: Any = param(0.2)
    b: Any = param(0.2)
    c: Any = param(5.7)
    K: Any = param(0.2)
    tau: Any = param(5.9)

    card: ClassVar = Card(
        title="Rossler flow under Pyragas control",
        equation=(
            r"\dot x = -y - z,\ \dot y = x + a y + K (y_\tau - y),\ \dot z = b + z (x - c),\ y_\tau = y(t - \tau)"
        ),
        field="mathematics",
        cite=("pyragas1992",),
        variables=("x", "y", "z"),
        state=(9.3831, -2.3391, 0.96569),
        period=5.9,
        dt=0.059,
        transient=1000.0,
        tags=frozenset({"periodic", "autonomous", "delay", "dissipative", "polynomial"}),
        presets={"periodic": {"tau": 5.9}, "periodic, three turns": {"tau": 17.5}},
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        x, y, z = x
        return -y - z, x + self.a * y + self.K * (delayed[0, 1] - y), self.b + z * (x - self.c)
