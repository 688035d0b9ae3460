"""Monomials of several variables, built by multiplication so that derivatives are exact everywhere."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import jax.numpy as jnp
import numpy as np

__all__ = ["evaluate", "exponents", "names"]


def exponents(dim: int, order: int) -> np.ndarray:
    """Exponents of all monomials of degree 1 to `order`, shape `(features, dim)`, by degree."""
    rows = [np.bincount(c, minlength=dim) for d in range(1, order + 1) for c in _multisets(dim, d)]
    return np.array(rows, dtype=int).reshape(-1, dim)


def evaluate(z: Any, order: int) -> Any:
    """The monomials of degree 1 to `order` of `z`, `(..., dim)` -> `(..., features)`, in the order of `exponents`."""
    join = np.concatenate if isinstance(z, np.ndarray) else jnp.concatenate
    parts, dim = [z], z.shape[-1]
    for degree in range(2, order + 1):
        parent, factor = _products(dim, degree)
        parts.append(parts[-1][..., parent] * z[..., factor])
    return join(parts, axis=-1)


def names(variables: tuple[str, ...], order: int) -> list[str]:
    """`["x", "y", "x^2", "x y", ...]` in the order of `exponents`."""
    out = []
    for row in exponents(len(variables), order):
        factors = [v if e == 1 else f"{v}^{e}" for v, e in zip(variables, row, strict=True) if e]
        out.append(" ".join(factors))
    return out


def _multisets(dim: int, degree: int):
    return list(combinations_with_replacement(range(dim), degree))


def _products(dim: int, degree: int) -> tuple[np.ndarray, np.ndarray]:
    """Each monomial of this degree as (index of one of degree - 1) times (variable)."""
    position = {c: i for i, c in enumerate(_multisets(dim, degree - 1))}
    pairs = [(position[c[1:]], c[0]) for c in _multisets(dim, degree)]
    return np.array([p for p, _ in pairs]), np.array([f for _, f in pairs])
