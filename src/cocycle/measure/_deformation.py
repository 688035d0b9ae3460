"""Many points and what becomes of small displacements from them, advanced together."""

from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, Flow, Map, NotApplicableError, System
from cocycle.evolve import Solver, cocycle, tangent

__all__ = ["Deformation", "advance_all", "grid_box", "singular_values"]


class Deformation:
    """The tangent system of `system`, advanced by `dt` for many points at once; exact derivatives throughout."""

    def __init__(self, system: System, dt: float | None, solver: Solver | None, measure: str):
        if not isinstance(system, System):
            cocycle(system)  # raises the right sentence
        if not isinstance(system, (Flow, Map)):
            raise NotApplicableError(
                f"{measure}: {type(system).__name__} is neither a Flow nor a Map: there is no one map of points. Of a "
                "stochastic flow take `system.skeleton()`; a delay system has no finite-dimensional map."
            )
        if isinstance(system, Map):
            cocycle(system, dt, solver)  # a sentence about the user's map, not about the tangent one
        self.dim = system.dim
        self.phi = cocycle(tangent(system), dt, solver)

    def start(self, points: np.ndarray) -> jax.Array:
        """States `(batch, dim + dim^2)`: the points `(batch, dim)`, and the identity at each."""
        identity = np.broadcast_to(np.eye(self.dim).ravel(), (len(points), self.dim**2))
        return jnp.asarray(np.concatenate([points, identity], axis=1))

    def advance(self, t: float, states: jax.Array, n: int = 1, *, finer: bool = False) -> jax.Array:
        """The states `n` intervals later."""
        phi = self.phi.refined() if finer else self.phi
        return advance_all(phi, jnp.asarray(float(t)), states, jnp.asarray(np.int64(n)))

    def split(self, states: Any) -> "Moved":
        """Points `(batch, dim)` and deformation gradients `(batch, dim, dim)`, `F[i, j] = dx_i / dx0_j`."""
        states = np.asarray(states)
        # the tangent system keeps displacements as rows: each is a column of the gradient
        return Moved(states[:, : self.dim], states[:, self.dim :].reshape(-1, self.dim, self.dim).transpose(0, 2, 1))


class Moved(NamedTuple):
    """Where points came to, and how small displacements from them were deformed."""

    points: np.ndarray
    gradients: np.ndarray


@eqx.filter_jit
def advance_all(phi: Any, t: Any, states: jax.Array, n: Any) -> jax.Array:
    """States `(batch, size)`, `n` intervals of `phi` later."""
    # blocks of `lanes` points side by side in the last axis, as in `cc.ensemble`; `n` is traced: nothing recompiles
    batch = states.shape[0]
    size = min(phi.lanes, batch)
    blocks = -(-batch // size)
    rows = jnp.minimum(jnp.arange(blocks * size), batch - 1).reshape(blocks, size)

    def block(rows):
        columns = states[rows].T
        return jax.lax.fori_loop(0, n, lambda i, s: phi.many(t + i * phi.dt, s), columns).T

    return jax.lax.map(block, rows).reshape(blocks * size, -1)[:batch]


def singular_values(gradients: np.ndarray) -> np.ndarray:
    """Singular values of many small matrices `(..., d, d)`, largest first; closed forms for one and two dimensions.

    In two dimensions the smaller one is the determinant over the larger one.
    """
    dim = gradients.shape[-1]
    if dim == 1:
        return np.abs(gradients[..., 0])
    if dim > 2:
        return np.linalg.svd(gradients, compute_uv=False)
    a, b, c, d = (gradients[..., i, j] for i in (0, 1) for j in (0, 1))
    largest = (np.hypot(a + d, b - c) + np.hypot(a - d, b + c)) / 2
    least = np.abs(a * d - b * c) / np.where(largest > 0, largest, 1.0)
    return np.stack([largest, np.minimum(least, largest)], axis=-1)


def grid_box(box: Any, dim: int, measure: str) -> np.ndarray:
    """The box as an array `(dim, 2)` of lower and upper bounds, or a `CocycleError`."""
    try:
        bounds = np.asarray(box, dtype=float)
    except (TypeError, ValueError):
        bounds = np.empty(0)
    if bounds.shape == (2,) and dim == 1:
        bounds = bounds[None]
    if bounds.shape != (dim, 2) or not np.isfinite(bounds).all() or not (bounds[:, 0] < bounds[:, 1]).all():
        raise CocycleError(
            f"{measure}: box must be one (low, high) with low < high for each of the {dim} variables; got {box!r}."
        )
    return bounds
