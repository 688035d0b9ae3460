"""Competing species of Lotka-Volterra type."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Flow, Known, Source, Status, param

__all__ = ["CompetitiveLotkaVolterra"]


_STATE = (0.267774, 0.564469, 0.0558279, 0.347697)


class CompetitiveLotkaVolterra(Flow):
    r"""Lotka-Volterra competition of several species; by default four in chaos.

    $$\dot x_i = r_i x_i (1 - \sum_j a_{ij} x_j)$$

    $x_i$ is the number of species `i`, relative to what it would reach alone if $a_{ii} = 1$. Chaos needs at least
    four competitors; the default matrix was found by a search for the largest exponent [@vano2006]. The coexistence
    is the solution of $\sum_j a_{ij} x_j = 1$.

    **Arguments**

    - `r`: growth rates, shape `(n,)`.
    - `a`: the competition, shape `(n, n)`; row `i` is what species `i` suffers.
    """

    r: Any = param((1.0, 0.72, 1.53, 1.27))
    a: Any = param(((1.0, 1.09, 1.52, 0.0), (0.0, 1.0, 0.44, 1.36), (2.33, 0.0, 1.0, 0.47), (1.21, 0.51, 0.35, 1.0)))

    card: ClassVar = Card(
        title="Competitive Lotka-Volterra",
        equation=r"\dot x_i = r_i x_i (1 - \sum_j a_{ij} x_j)",
        field="ecology",
        cite=("vano2006",),
        variables=("x",),
        period=38.0,
        dt=0.25,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        known={
            "lyapunov": Known((0.0203,), Source.PAPER, "vano2006, the maximally chaotic case", 1e-4),
            "kaplan_yorke": Known(2.074, Source.PAPER, "vano2006, the maximally chaotic case", 1e-3),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        n = jnp.shape(self.r)
        if len(n) != 1 or jnp.shape(self.a) != n + n:
            raise CocycleError(
                f"CompetitiveLotkaVolterra: r must have shape (n,) and a (n, n); got {jnp.shape(self.r)} and "
                f"{jnp.shape(self.a)}."
            )

    def default_state(self):
        """Near the coexistence of the four default species; for other numbers, one over `n` each."""
        n = self.r.shape[0]
        return jnp.array(_STATE) if n == 4 else jnp.full(n, 1 / n)

    def vector_field(self, t, x):
        del t
        return self.r * x * (1 - self.a @ x)
