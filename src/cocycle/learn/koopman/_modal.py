"""What DMD and HAVOK share: singular vectors of (delayed) data, and a linear map in their coordinates."""

from collections.abc import Callable
from typing import Any, NamedTuple

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.learn._data import Episodes
from cocycle.learn._fitted import About, FittedMap, windows

__all__ = ["ModalMap", "Snapshots", "choose_rank", "hard_threshold", "snapshots", "thin_svd"]


class ModalMap(FittedMap):
    """A linear map in reduced coordinates. State: coordinates of the recent samples in `basis`. Abstract.

    `basis` `(delays * obs, rank)` has orthonormal columns, newest sample first; `operator` `(rank, rank)`; `offset`
    `(obs,)`.
    """

    about: eqx.AbstractVar[About]
    basis: eqx.AbstractVar[Any]
    operator: eqx.AbstractVar[Any]
    offset: eqx.AbstractVar[Any]
    delays: eqx.AbstractVar[int]

    @property
    def context_length(self):
        return self.delays

    @property
    def variables(self):
        return tuple(f"v{i}" for i in range(self.operator.shape[0]))

    def observe(self, state):
        obs = len(self.about.variables)
        return self.offset + self.basis[:obs] @ state

    def states(self, values, inputs=None):
        del inputs
        return windows(jnp.asarray(values) - self.offset, self.delays) @ self.basis

    def advance(self, n, x, u=None):
        del n, u
        return self.operator @ x

    def perturbed(self, x, innovation):
        return x + self.basis[: len(self.about.variables)].T @ innovation


class Snapshots(NamedTuple):
    """Pairs of successive (delayed) samples as rows: `before[i]` is followed by `after[i]`."""

    before: Any
    after: Any


def snapshots(data: Episodes, delays: int, offset: np.ndarray) -> Snapshots:
    """All pairs of all episodes."""
    rows = [windows(values - offset, delays) for values in data.values if len(values) > delays]
    if len(rows) == 1:
        return Snapshots(rows[0][:-1], rows[0][1:])
    return Snapshots(np.concatenate([r[:-1] for r in rows]), np.concatenate([r[1:] for r in rows]))


def thin_svd(
    rows: np.ndarray, rank: Callable[[np.ndarray, float], int] | None = None, limit: float = 2e9
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`rows = U S V^T`, cut to `rank(singular values, floor)`, `floor` being the relative size of rounding errors.

    Matrices that are much longer one way and cost more than `limit` operations go through the small Gram matrix (the
    method of snapshots [@sirovich1987]), which is quick but blind below 1e-7 of the largest singular value; only the
    columns that are kept are then computed on the long side.
    """
    n, m = rows.shape
    if n * m * min(n, m) < limit or max(n, m) < 4 * min(n, m):
        u, s, vt = np.linalg.svd(rows, full_matrices=False)
        kept = len(s) if rank is None else rank(s, 32 * float(np.finfo(float).eps))
        return u[:, :kept], s[:kept], vt[:kept]
    if n < m:
        v, s, ut = thin_svd(rows.T, rank, limit)
        return ut.T, s, v.T
    squares, vectors = np.linalg.eigh(rows.T @ rows)
    order = np.argsort(squares)[::-1]
    s = np.sqrt(np.maximum(squares[order], 0.0))
    kept = int(np.sum(s > 1e-7 * s[0])) if rank is None else rank(s, 1e-7)
    s, v = s[:kept], vectors[:, order[:kept]]
    return (rows @ v) / s, s, v.T


def choose_rank(singular: np.ndarray, shape: tuple[int, int], floor: float, wanted: int | None, small: int) -> int:
    """The rank asked for, at most what is above rounding; else all of up to `small` columns, else those above noise."""
    if wanted is not None:
        return max(1, min(wanted, int(np.sum(singular > floor * singular[0]))))
    rank = int(np.sum(singular > max(floor, max(shape) * np.finfo(float).eps) * singular[0]))
    return max(1, rank if min(shape) <= small else min(rank, hard_threshold(singular, shape)))


def hard_threshold(singular: np.ndarray, shape: tuple[int, int]) -> int:
    """How many singular values stand above unknown white noise. [@gavish2014]

    The optimal threshold is about $0.56 b^3 - 0.95 b^2 + 1.82 b + 1.43$ times the median, `b` being the matrix's
    aspect ratio.
    """
    aspect = min(shape) / max(shape)
    factor = 0.56 * aspect**3 - 0.95 * aspect**2 + 1.82 * aspect + 1.43
    return max(1, int(np.sum(singular > factor * np.median(singular))))
