"""The kicked Harper map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["KickedHarper"]


class KickedHarper(Map):
    r"""The kicked Harper map: an electron in a crystal and a magnetic field, in the classical limit.

    $$p_{n+1} = p_n + K \sin q_n \pmod{2\pi}, \quad q_{n+1} = q_n - L \sin p_{n+1} \pmod{2\pi}$$

    The whole phase space is one cell of a lattice. For small `K = L` a thin stochastic web runs along the separatrix
    $\cos p + \cos q = 0$; for large values chaos fills the cell [@leboeuf1990; @lima1991].

    **Arguments**: `K` 2 and `L` 2, the strengths of the kicks in `p` and in `q`.

    **Good values**: `K=L=0.5` nearly integrable; `K=L=2` mixed; `K=L=5` chaotic.
    """

    K: Any = param(2.0)
    L: Any = param(2.0)

    card: ClassVar = Card(
        title="Kicked Harper map",
        equation=r"p_{n+1} = p_n + K \sin q_n \pmod{2\pi},\ q_{n+1} = q_n - L \sin p_{n+1} \pmod{2\pi}",
        field="physics",
        cite=("leboeuf1990", "lima1991"),
        variables=("q", "p"),
        state=(3.1, 0.1),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative"}),
        presets={"web": {"K": 0.5, "L": 0.5}, "mixed": {"K": 2.0, "L": 2.0}, "chaotic": {"K": 5.0, "L": 5.0}},
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0), (math.pi, 0.0), (math.pi, math.pi)), Source.EXACT, "sin q = sin p = 0", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        q, p = x
        p = jnp.mod(p + self.K * jnp.sin(q), 2 * jnp.pi)
        return jnp.mod(q - self.L * jnp.sin(p), 2 * jnp.pi), p
