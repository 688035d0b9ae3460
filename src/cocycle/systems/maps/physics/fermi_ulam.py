"""The simplified Fermi-Ulam map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["FermiUlam"]


class FermiUlam(Map):
    r"""A ball between a fixed and an oscillating wall, of which only the speed is taken: does it heat up for ever?

    $$u_{n+1} = |u_n + \sin\psi_n|, \quad \psi_{n+1} = \psi_n + \frac{2 \pi M}{u_{n+1}} \pmod{2\pi}$$

    `u` is the ball's speed and $\psi$ the wall's phase at a collision. At low speed successive phases are unrelated
    and the motion is chaotic; invariant curves from about $u = \sqrt{2 \pi M}$ on bound it, so it does not
    [@lieberman1972]. Fixed points lie at $u = M / k$, with $\sin\psi = 0$.

    **Arguments**: `M`, the distance of the walls in units of the oscillation's, 100.

    **Good values**: `M=100`, `M=10` chaotic.
    """

    M: Any = param(100.0)

    card: ClassVar = Card(
        title="Fermi-Ulam map (simplified)",
        equation=r"u_{n+1} = |u_n + \sin\psi_n|,\ \psi_{n+1} = \psi_n + \frac{2 \pi M}{u_{n+1}} \pmod{2\pi}",
        field="physics",
        cite=("lieberman1972",),
        variables=("psi", "u"),
        state=(1.0, 2.0),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "piecewise"}),
        presets={"chaotic": {"M": 100.0}, "narrow": {"M": 10.0}},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        psi, u = x
        u = jnp.abs(u + jnp.sin(psi))
        return jnp.mod(psi + 2 * jnp.pi * self.M / u, 2 * jnp.pi), u
