"""Fields between two ends with fixed values, on Chebyshev's points: close together at the ends, accurate everywhere."""

import abc
from functools import cache
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, SemilinearFlow

__all__ = ["IntervalField", "differentiation", "points"]


@cache
def points(n: int) -> np.ndarray:
    """The `n` inner Chebyshev points of the interval from -1 to 1, ascending, and the two ends."""
    return -np.cos(np.pi * np.arange(n + 2) / (n + 1))


@cache
def differentiation(n: int) -> np.ndarray:
    """d/dx of the polynomial through the values at `points(n)`, shape `(n + 2, n + 2)`; rows sum to zero exactly."""
    x = points(n)
    weight = np.r_[2.0, np.ones(n), 2.0] * (-1.0) ** np.arange(n + 2)
    matrix = np.outer(weight, 1 / weight) / (x[:, None] - x + np.eye(n + 2))
    return matrix - np.diag(matrix.sum(axis=1))


@cache
def _modes(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of the second derivative of fields that vanish at the ends: rates, shapes and their inverse; and its two columns
    for the values at the ends. All rates are real and negative, and the shapes nearly orthogonal."""
    square = differentiation(n) @ differentiation(n)
    rates, shapes = (np.real(part) for part in np.linalg.eig(square[1:-1, 1:-1]))
    order = np.argsort(-rates)
    rates, shapes = rates[order], shapes[:, order]
    return rates, shapes, np.linalg.inv(shapes), square[1:-1, [0, -1]]


class IntervalField(SemilinearFlow):
    r"""$u_t = D\, u_{xx} + f(u)$ for $|x| < 1$, with given values at the ends. The state is $u$ at the inner points.

    The modes are the eigenvectors of the second derivative on the grid. Abstract: define `diffusivity`, `ends` and
    `reaction`.
    """

    n: eqx.AbstractVar[int]

    def __check_init__(self):
        if self.n < 8:
            raise CocycleError(f"{type(self).__name__} needs at least 8 grid points; got n={self.n}.")

    @property
    @abc.abstractmethod
    def diffusivity(self) -> Any:
        """$D$."""

    @property
    @abc.abstractmethod
    def ends(self) -> tuple[Any, Any]:
        """The values at -1 and 1."""

    @abc.abstractmethod
    def reaction(self, u) -> Any:
        """$f(u)$, elementwise."""

    @property
    def grid(self):
        """The positions of the inner points, shape `(n,)`."""
        return jnp.asarray(points(self.n)[1:-1])

    def profile(self, x):
        """The field with its ends, shape `(n + 2,)`, at `points(n)`."""
        left, right = self.ends
        return jnp.concatenate([jnp.ravel(left), x, jnp.ravel(right)])

    def to_modes(self, x):
        return _modes(self.n)[2] @ x

    def from_modes(self, modes):
        return _modes(self.n)[1] @ modes

    def linear(self):
        return self.diffusivity * _modes(self.n)[0]

    def nonlinear(self, t, modes):
        del t
        held = self.diffusivity * (_modes(self.n)[3] @ jnp.stack([jnp.asarray(end, float) for end in self.ends]))
        return self.to_modes(held + self.reaction(self.from_modes(modes)))
