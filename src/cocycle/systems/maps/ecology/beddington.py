"""Hosts and parasitoids with crowding."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Beddington"]


class Beddington(Map):
    r"""Nicholson and Bailey's hosts and parasitoids, kept in bounds by the hosts' own crowding.

    $$x_{n+1} = x_n e^{r (1 - x_n / K) - a y_n}, \quad y_{n+1} = x_n (1 - e^{-a y_n})$$

    `x` hosts, `y` parasitoids that search at random. Without crowding the oscillation would grow without limit; with it
    there are fixed points, circles, locking and chaos [@beddington1975]. Exponents at the default parameters in
    [@sprott2003, appendix A].

    **Arguments**: `r`, the hosts' growth rate, 3; `K`, what the site can bear, 1; `a`, the area a parasitoid searches,
    5.

    **Good values**: `r=3, a=5` chaotic, both exponents positive; `r=1, a=3.5` an invariant circle; `r=0.5, a=2` fixed
    point.
    """

    r: Any = param(3.0)
    K: Any = param(1.0)
    a: Any = param(5.0)

    card: ClassVar = Card(
        title="Beddington host-parasitoid map",
        equation=r"x_{n+1} = x_n e^{r (1 - x_n / K) - a y_n},\ y_{n+1} = x_n (1 - e^{-a y_n})",
        field="ecology",
        cite=("beddington1975", "sprott2003"),
        variables=("x", "y"),
        state=(0.075874, 0.59302),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "hyperchaotic"}),
        presets={
            "hyperchaotic": {"r": 3.0, "a": 5.0},
            "invariant circle": {"r": 1.0, "a": 3.5},
            "fixed point": {"r": 0.5, "a": 2.0},
        },
        known={
            "fixed_points": Known(((0.0, 0.0), (1.0, 0.0)), Source.EXACT, "extinction, and hosts alone at K", 1e-14),
            "lyapunov": Known((0.19664, 0.03276), Source.PAPER, "sprott2003, appendix A", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return x * jnp.exp(self.r * (1 - x / self.K) - self.a * y), -x * jnp.expm1(-self.a * y)
