"""Sinai's map of the torus."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["SinaiMap"]


class SinaiMap(Map):
    r"""The cat map with a bump: hyperbolic, but areas are no longer conserved, so the invariant measure is singular.

    $$x_{n+1} = x_n + y_n + \delta \cos 2 \pi y_n \pmod 1, \quad y_{n+1} = x_n + 2 y_n \pmod 1$$

    For small `delta` the map is conjugate to the cat map, and its orbits are dense, yet they prefer a set of dimension
    below two [@sinai1972; @farmer1983]. Exponents in [@sprott2003, appendix A].

    **Arguments**: `delta`, the bump, 0.1.

    **Good values**: `delta=0.1` chaotic; `delta=0` the cat map.
    """

    delta: Any = param(0.1)

    card: ClassVar = Card(
        title="Sinai map",
        equation=r"x_{n+1} = x_n + y_n + \delta \cos(2 \pi y_n) \pmod{1},\ y_{n+1} = x_n + 2 y_n \pmod{1}",
        field="mathematics",
        cite=("sinai1972", "farmer1983", "sprott2003"),
        variables=("x", "y"),
        state=(0.34174, 0.26401),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "piecewise"}),
        presets={"chaotic": {"delta": 0.1}, "cat": {"delta": 0.0}},
        known={"lyapunov": Known((0.95946, -1.07714), Source.PAPER, "sprott2003, appendix A", 5e-4)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return jnp.mod(x + y + self.delta * jnp.cos(2 * jnp.pi * y), 1.0), jnp.mod(x + 2 * y, 1.0)
