"""Sparse regression: which terms, with what coefficients, and how sure."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cocycle.learn._least_squares import triangle

__all__ = ["Sparse", "sparse_regression"]


class Sparse(NamedTuple):
    """`coefficients` and `stderr`, both `(targets, features)`; exactly zero where a term was dropped."""

    coefficients: np.ndarray
    stderr: np.ndarray
    residuals: np.ndarray


def sparse_regression(
    design: np.ndarray,
    target: np.ndarray,
    complexity: np.ndarray,
    threshold: float,
    significance: float,
    correlated: int,
) -> Sparse:
    """Backward elimination: the most complex dispensable term first, then standard errors and a test of significance.

    How dispensable a term is: by how much the root mean square residual grows if it goes and the others are fitted
    again, relative to the target's root mean square (growths add in squares). Terms that merely cancel one another are
    dispensable, however large their coefficients. While any is below `threshold`, one goes: of the highest
    `complexity` first (high powers imitate low ones over a bounded range), and of those the most dispensable. Then,
    while a term is less than `significance` standard errors from zero, the least significant one goes. Standard errors
    come from sums over long blocks of rows (rows closer than `correlated` depend on each other).
    """
    size = np.sqrt(np.mean(design**2, axis=0))
    size = np.where(size > 0, size, 1.0)
    scaled = design / size
    strength = np.sqrt(np.mean(target**2, axis=0))
    strength = np.where(strength > 0, strength, 1.0)
    n, features = design.shape
    targets = target.shape[1]
    upper = triangle(np.concatenate([scaled, target / strength], axis=1)) / np.sqrt(n)
    coefficients, errors = np.zeros((targets, features)), np.zeros((targets, features))
    for i in range(targets):
        active = np.flatnonzero(np.any(design != 0, axis=0))
        while active.size:
            solution, growth = _solve(upper[:, active], upper[:, features + i])
            if growth.min() >= threshold:
                break
            highest = complexity[active] == complexity[active][growth < threshold].max()
            worst = int(np.argmin(np.where(highest, growth, np.inf)))
            active = np.delete(active, worst)
        while active.size:
            solution, _ = _solve(upper[:, active], upper[:, features + i])
            residual = target[:, i] / strength[i] - scaled[:, active] @ solution
            stderr = _block_errors(scaled[:, active], residual, correlated)
            ratio = np.abs(solution) / np.maximum(stderr, 1e-300)
            worst = int(np.argmin(ratio))
            if ratio[worst] >= significance:
                coefficients[i, active] = solution * strength[i] / size[active]
                errors[i, active] = stderr * strength[i] / size[active]
                break
            active = np.delete(active, worst)
    return Sparse(coefficients, errors, target - design @ coefficients.T)


def _solve(upper: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least squares, and by how much the residual grows without each column: $|c_j| / \\sqrt{[(X^T X)^{-1}]_{jj}}$."""
    u, s, vt = np.linalg.svd(upper, full_matrices=False)
    keep = s > 1e-14 * s[0]
    inverse = np.where(keep, 1 / np.where(keep, s, 1.0), 1e14)
    solution = vt.T @ (np.where(keep, inverse, 0.0) * (u.T @ right))
    return solution, np.abs(solution) / np.sqrt(np.sum((vt.T * inverse) ** 2, axis=1))


def _block_errors(design: np.ndarray, residual: np.ndarray, correlated: int) -> np.ndarray:
    """Standard errors that hold for correlated residuals: the sandwich with scores summed over blocks."""
    n, p = design.shape
    blocks = int(np.clip(n // max(5 * correlated, 1), 8, 200))
    edges = np.linspace(0, n, blocks + 1).astype(int)[:-1]
    scores = np.add.reduceat(design * residual[:, None], edges, axis=0)
    inverse = np.linalg.pinv(design.T @ design, hermitian=True)
    covariance = inverse @ (scores.T @ scores) @ inverse * blocks / max(blocks - 1, 1) * n / max(n - p, 1)
    return np.sqrt(np.maximum(np.diag(covariance), 0.0))
