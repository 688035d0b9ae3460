"""Opinions of people who listen to others and keep some of their own."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Map, Status, param

__all__ = ["FriedkinJohnsen"]

_W = (
    (0.220, 0.120, 0.360, 0.300),
    (0.147, 0.215, 0.344, 0.294),
    (0.0, 0.0, 1.0, 0.0),
    (0.090, 0.178, 0.446, 0.286),
)
_START = (25.0, 25.0, 75.0, 85.0)


class FriedkinJohnsen(Map):
    r"""Social influence: each opinion is pulled to those of others and held by the first one.

    $$x_i' = s \sum_j W_{ij} x_j + (1 - s)\, u_i$$

    The rows of the influence matrix `W` add up to one. With a susceptibility $s < 1$ the opinions settle on
    $(1 - s)\, (1 - s W)^{-1} u$, in general without consensus [@friedkin1990]; with $s = 1$ it is DeGroot's model,
    in which a common view is reached where one person's influence reaches everyone [@degroot1974].

    **Arguments**

    - `W`: influences, shape `(n, n)`; the default is a group of four with one leader, who listens to no-one.
    - `s`: susceptibility, 0.8; or one each, shape `(n,)`.
    - `u`: first opinions, shape `(n,)`; 25, 25, 75, 85.

    **Good values**: `s=0.8` disagreement; `s=1` consensus (DeGroot).
    """

    W: Any = param(_W)
    s: Any = param(0.8)
    u: Any = param(_START)

    card: ClassVar = Card(
        title="Friedkin-Johnsen opinions",
        equation=r"x_i' = s \sum_j W_{ij} x_j + (1 - s) u_i",
        field="economics",
        cite=("friedkin1990", "degroot1974"),
        variables=("x",),
        dt=1.0,
        transient=50.0,
        tags=frozenset({"fixed-point", "dissipative", "network"}),
        presets={"disagreement": {"s": 0.8}, "DeGroot": {"s": 1.0}},
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        n = jnp.shape(self.u)
        if jnp.ndim(self.u) != 1 or jnp.shape(self.W) != n + n:
            raise CocycleError(
                f"FriedkinJohnsen: u must have shape (n,) and W (n, n); got {n} and {jnp.shape(self.W)}."
            )

    def default_state(self):
        return self.u

    def equilibrium(self):
        """The opinions that remain, shape `(n,)`; exists where all susceptibilities are below 1."""
        s = jnp.broadcast_to(self.s, self.u.shape)
        return jnp.linalg.solve(jnp.eye(self.u.shape[0]) - s[:, None] * self.W, (1 - s) * self.u)

    def step(self, n, x):
        del n
        return self.s * (self.W @ x) + (1 - self.s) * self.u
