"""The dissipative standard map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["DissipativeStandardMap"]


class DissipativeStandardMap(Map):
    r"""The kicked rotor with friction: a strange attractor in place of the chaotic sea.

    $$p_{n+1} = b p_n + K \sin\theta_n \pmod{2\pi}, \quad \theta_{n+1} = \theta_n + p_{n+1} \pmod{2\pi}$$

    Areas shrink by `b` a step; `b = 1` is the standard map, `b = 0` a circle map [@schmidt1985]. Both variables are
    taken modulo $2\pi$, as in [@sprott2003, appendix A], where the exponents are from; for `p` that is part of the
    definition, as $2\pi b$ is no whole number of turns.

    **Arguments**: `b`, what friction leaves of the momentum, 0.1; `K`, the strength of the kicks, 8.8.

    **Good values**: `K=8.8` chaotic; `K=3` period 4; `K=1.5` period 2.
    """

    b: Any = param(0.1)
    K: Any = param(8.8)

    card: ClassVar = Card(
        title="Dissipative standard map",
        equation=(r"p_{n+1} = b p_n + K \sin\theta_n \pmod{2\pi},\ \theta_{n+1} = \theta_n + p_{n+1} \pmod{2\pi}"),
        field="physics",
        cite=("schmidt1985", "sprott2003"),
        variables=("theta", "p"),
        state=(3.7598, 4.9432),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={"chaotic": {"K": 8.8}, "period 4": {"K": 3.0}, "period 2": {"K": 1.5}},
        known={
            "determinant": Known(0.1, Source.EXACT, "b", 1e-12),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "sin theta = 0, p = 0", 1e-12),
            "lyapunov": Known((1.46995, -3.77254), Source.PAPER, "sprott2003, appendix A", 1e-3),
            "lyapunov_sum": Known(math.log(0.1), Source.EXACT, "ln b", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        theta, p = x
        p = jnp.mod(self.b * p + self.K * jnp.sin(theta), 2 * jnp.pi)
        return jnp.mod(theta + p, 2 * jnp.pi), p
