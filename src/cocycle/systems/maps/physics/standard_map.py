"""Chirikov's standard map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["StandardMap"]


class StandardMap(Map):
    r"""The kicked rotor, Chirikov's standard map: the passage from tori to chaos in an area-preserving map.

    $$p_{n+1} = p_n + K \sin\theta_n, \quad \theta_{n+1} = \theta_n + p_{n+1} \pmod{2\pi}$$

    Both variables are taken modulo $2\pi$, in $[0, 2\pi)$. At `K = 0` all is rotation; the last torus that divides the
    cylinder breaks at $K \approx 0.971635$ [@greene1979]; far above, the sea is uniform but for small islands, and the
    exponent is close to $\ln(K/2)$ [@chirikov1979, section 5].

    **Arguments**: `K`, strength of the kicks, 1.

    **Good values**: `K=0.5` tori; `K=0.971635` critical; `K=10` uniformly chaotic.
    """

    K: Any = param(1.0)

    card: ClassVar = Card(
        title="Standard map",
        equation=r"p_{n+1} = p_n + K \sin\theta_n \pmod{2\pi},\ \theta_{n+1} = \theta_n + p_{n+1} \pmod{2\pi}",
        field="physics",
        cite=("chirikov1979", "greene1979"),
        variables=("theta", "p"),
        state=(0.5, 0.1),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "invertible", "mechanics"}),
        presets={"tori": {"K": 0.5}, "critical": {"K": 0.971635}, "chaotic": {"K": 10.0}},
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-13),
            "fixed_points": Known(((0.0, 0.0), (math.pi, 0.0)), Source.EXACT, "sin theta = 0, p = 0", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        theta, p = x
        p = p + self.K * jnp.sin(theta)
        return jnp.mod(theta + p, 2 * jnp.pi), jnp.mod(p, 2 * jnp.pi)
