"""Two age-structured populations that compete."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, Map, Source, Status, param

__all__ = ["LeslieCompetition"]


class LeslieCompetition(Map):
    r"""Two species with age classes: each grows by its Leslie matrix, and the other takes from it.

    $$x' = \max(0, A x - B y), \quad y' = \max(0, C y - D x)$$

    `x` and `y` are population vectors, a number an age class; growth and competition constants are replaced by
    matrices [@leslie1945; @gilman2024]. The model is linear, so that in the long run one species remains, the one that
    the dominant eigenvector of the whole favours. Numbers do not fall below zero: a species that is gone stays gone.

    **Arguments**

    - `A`, `C`: Leslie matrices of `x` and `y`, shape `(k, k)`; [[0.4, 0.9], [0.7, 0]] and [[0.5, 0.8], [0.65, 0]].
    - `B`, `D`: what `y` takes from `x` and `x` from `y`; 0.02 and 0.03 on the diagonal.
    - `x0`, `y0`: the populations at the start; (10, 10) and (10, 10).

    **Good values**: the defaults; the species with `y0` larger wins if it is larger enough.
    """

    A: Any = param(((0.4, 0.9), (0.7, 0.0)))
    B: Any = param(((0.02, 0.0), (0.0, 0.02)))
    C: Any = param(((0.5, 0.8), (0.65, 0.0)))
    D: Any = param(((0.03, 0.0), (0.0, 0.03)))
    x0: Any = param((10.0, 10.0))
    y0: Any = param((10.0, 10.0))

    card: ClassVar = Card(
        title="Leslie competition",
        equation=(
            r"x_i' = \max(0, \sum_j (A_{ij} x_j - B_{ij} y_j)),\ "
            r"y_i' = \max(0, \sum_j (C_{ij} y_j - D_{ij} x_j))"
        ),
        field="ecology",
        cite=("leslie1945", "gilman2024"),
        variables=("x",),
        unbounded=("x", "y"),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"piecewise"}),
        known={"fixed_points": Known(((0.0,) * 4,), Source.EXACT, "no animals", 1e-14)},
        status=Status.DISPUTED,
        reason=(
            "The form (matrices in place of the constants) is from the paper's abstract; its equations could not be "
            "read. That numbers stop at zero is ours."
        ),
    )

    def __check_init__(self):
        k = jnp.shape(self.x0)
        for name in "ABCD":
            if jnp.shape(getattr(self, name)) != k + k or jnp.shape(self.y0) != k:
                raise CocycleError(f"LeslieCompetition: {name} must have shape {k + k} for x0 and y0 of shape {k}.")

    @property
    def variables(self):
        k = self.x0.shape[0]
        return tuple(f"x{i}" for i in range(k)) + tuple(f"y{i}" for i in range(k))

    def default_state(self):
        return jnp.concatenate([self.x0, self.y0])

    def step(self, n, x):
        del n
        x, y = jnp.split(x, 2)
        grown = jnp.concatenate([self.A @ x - self.B @ y, self.C @ y - self.D @ x])
        return jnp.maximum(grown, 0.0)
