"""Ridge regression by orthogonal factorisation: the condition number is never squared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

__all__ = ["Factored", "Regression", "factor", "regress", "triangle"]

_GRID = np.logspace(-16, 1, 35)


class Regression(NamedTuple):
    """`target = intercept + design @ coefficients`, with what the fit cost.

    `freedom` is the effective number of parameters per target, the intercept included; `ridge` the penalty that was
    used; `rank` the numerical rank of the (scaled) design.
    """

    intercept: np.ndarray
    coefficients: np.ndarray
    residuals: np.ndarray
    freedom: float
    ridge: float
    rank: int


def triangle(matrix: np.ndarray, block: int = 16384) -> np.ndarray:
    """The triangular factor of a QR factorisation, in row blocks, so that memory stays small."""
    if len(matrix) <= 2 * block:
        return np.asarray(np.linalg.qr(matrix, mode="r"))
    upper = np.empty((0, matrix.shape[1]))
    for start in range(0, len(matrix), block):
        upper = np.linalg.qr(np.concatenate([upper, matrix[start : start + block]]), mode="r")
    return np.asarray(upper)


class Factored(NamedTuple):
    """A regression problem reduced to its singular values: every ridge is then a matrix product away."""

    design: np.ndarray
    target: np.ndarray
    center: tuple[np.ndarray, np.ndarray]
    scale: tuple[np.ndarray, np.ndarray]
    singular: np.ndarray
    vectors: np.ndarray
    right: np.ndarray
    unexplained: float
    floor: float

    @property
    def kept(self) -> np.ndarray:
        """Which singular values count."""
        largest = self.singular[0] if self.singular.size else 0.0
        return self.singular > self.floor * largest

    def gain(self, ridge: float) -> np.ndarray:
        """`s / (s^2 + n ridge)`, zero where the singular value is dropped."""
        s, kept = self.singular, self.kept
        return np.where(kept, s / np.where(kept, s**2 + ridge * len(self.design), 1.0), 0.0)

    def coefficients(self, ridge: float) -> tuple[np.ndarray, np.ndarray]:
        """Intercept and coefficients, in the units of design and target."""
        (x_mean, y_mean), (x_scale, y_scale) = self.center, self.scale
        y_scale = np.where(np.isfinite(y_scale), y_scale, 0.0)
        coefficients = (self.vectors @ (self.gain(ridge)[:, None] * self.right)) * y_scale / x_scale[:, None]
        return y_mean - x_mean @ coefficients, coefficients

    def solve(self, ridge: float) -> Regression:
        """The solution for one ridge."""
        intercept, coefficients = self.coefficients(ridge)
        residuals = (self.target - self.center[1]) - (self.design - self.center[0]) @ coefficients
        freedom = 1.0 + float(np.sum(self.gain(ridge) * self.singular))
        return Regression(intercept, coefficients, residuals, freedom, float(ridge), int(self.kept.sum()))

    def cross_validated(self) -> float:
        """The ridge with the least generalised cross-validation score. [@golub1979]"""
        n, best, choice = len(self.design), np.inf, 0.0
        for ridge in (0.0, *_GRID):
            shrink = self.gain(ridge) * self.singular
            rss = self.unexplained + float(np.sum(((1 - shrink)[:, None] * self.right) ** 2))
            left = n - 1.0 - float(shrink.sum())
            score = (rss + 1e-30 * n) / left**2 if left > 0 else np.inf
            if score < best * (1 - 1e-9):
                best, choice = score, float(ridge)
        return choice if np.isfinite(best) else float(_GRID[-1])


def factor(design: np.ndarray, target: np.ndarray, floor: float | None = None) -> Factored:
    """Reduce `design` `(n, p)` and `target` `(n, q)`, both centred and scaled to unit variance.

    Singular values below `floor` of the largest are dropped (default: rounding, `eps * max(n, p)`).
    """
    if floor is None:
        floor = float(np.finfo(float).eps * max(design.shape))
    p = design.shape[1]
    center = design.mean(axis=0), target.mean(axis=0)
    scale = _spread(design, center[0]), _spread(target, center[1])
    columns = [(design - center[0]) / scale[0], (target - center[1]) / scale[1]]
    reduced = triangle(np.concatenate(columns, axis=1))
    u, s, vt = np.linalg.svd(reduced[:, :p], full_matrices=False)
    right = u.T @ reduced[:, p:]
    unexplained = float(np.sum((reduced[:, p:] - u @ right) ** 2))
    return Factored(design, target, center, scale, s, vt.T, right, unexplained, floor)


def regress(
    design: np.ndarray, target: np.ndarray, ridge: float | None = 0.0, floor: float | None = None
) -> Regression:
    r"""Minimise $\frac1n\|y - b - Xc\|^2 + \lambda \|D c\|^2$ with an unpenalised intercept $b$.

    `D` holds the columns' standard deviations, so the penalty `ridge` has no unit. With `ridge=None` it is chosen by
    generalised cross-validation. With `ridge=0` the solution is the minimum-norm least-squares solution: singular
    values below `floor` of the largest are dropped (default: rounding, `eps * max(n, p)`).
    """
    problem = factor(design, target, floor)
    return problem.solve(problem.cross_validated() if ridge is None else ridge)


def _spread(columns, mean):
    """Standard deviations; infinite for a column that is constant to rounding, which then drops out."""
    size = np.sqrt(np.mean((columns - mean) ** 2, axis=0))
    return np.where(size > 1e-14 * np.abs(mean), np.where(size > 0, size, np.inf), np.inf)
