"""Linear autoregression with unknown coefficients and noise, as an exact sequential Bayesian code."""

from dataclasses import dataclass

import numpy as np

from cocycle.core import DataError, EstimationError
from cocycle.measure._neighbours import whole

__all__ = ["BayesianAutoregression"]

_BLOCK = 64  # rows that are predicted with one factorisation


@dataclass(frozen=True)
class BayesianAutoregression:
    r"""A linear autoregression whose coefficients and noise are integrated out: every prediction is a Student t.

    $x_t = c + \sum_{i=1}^{p} A_i x_{t - i\tau} + \text{noise}$, with the reference prior $\propto 1/\sigma^2$ on the
    coefficients and the variance of each variable [@gelman2013]. After $t$ rows with $k$ coefficients, residual sum of
    squares $R_t$ and design matrix $X_t$, a value with regressors $z$ has the density

    $$t_{t-k}\left(z^T \hat\beta_t,\; \frac{R_t}{t-k} \bigl(1 + z^T (X_t^T X_t)^{-1} z\bigr)\right).$$

    Several variables: each is predicted from the past of all and the present of those before it. The prior has no
    finite mass, so that the first rows, enough for a fit, are given and not encoded.

    - `order`: $p$, 0 or more. - `delay`: $\tau$ in samples. - `intercept`: whether $c$ is there.
    """

    order: int = 2
    delay: int = 1
    intercept: bool = True

    def __post_init__(self):
        whole(self.order, "order", 0)
        whole(self.delay, "delay")

    def learning(self, values: np.ndarray) -> np.ndarray:
        """Nats (of density: the unit of the data matters) that each row costs, given those before it.

        `values`: `(T, dim)`. Returns the last rows only, those that come after the first fit.
        """
        problems = self._regressions(values)
        start = max(x.shape[1] for x, _ in problems) + 1
        if len(problems[0][1]) < start + 10:
            raise DataError(
                f"BayesianAutoregression: order {self.order} with delay {self.delay} needs at least "
                f"{self.order * self.delay + start + 10} samples; got {len(values)}."
            )
        while True:
            fits = [_Fit(x[:start], y[:start]) for x, y in problems]
            if all(f.sound for f in fits):
                break
            start = 2 * start
            if start > len(problems[0][1]) // 2:
                raise _exact(self.order)
        rows = [f.learn(x[start:], y[start:], self.order) for f, (x, y) in zip(fits, problems, strict=True)]
        return np.sum(rows, axis=0)

    def learned(self, values: np.ndarray, new: np.ndarray | None = None) -> np.ndarray:
        """Nats that the rows of `new` (default: of `values`) cost the model that has learnt all of `values`."""
        fits = [_Fit(x, y) for x, y in self._regressions(values)]
        if not all(f.sound for f in fits):
            raise _exact(self.order)
        again = self._regressions(values if new is None else new)
        return np.sum([f.loss(x, y) for f, (x, y) in zip(fits, again, strict=True)], axis=0)

    def _regressions(self, values: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Regressors and target of each variable."""
        reach, rows = self.order * self.delay, len(values) - self.order * self.delay
        past = [values[reach - i * self.delay :][:rows] for i in range(1, self.order + 1)]
        one = [np.ones((rows, 1))] if self.intercept else [np.empty((rows, 0))]
        return [(np.hstack([*one, *past, values[reach:, :j]]), values[reach:, j]) for j in range(values.shape[1])]


class _Fit:
    """Least squares by its triangular factor, which can be extended by more rows."""

    def __init__(self, x: np.ndarray, y: np.ndarray):
        self.k, self.n, self.squares = x.shape[1], len(y), 0.0
        self.factor, self.image = np.zeros((self.k, self.k)), np.zeros(self.k)
        self._extend(x, y)
        size = np.abs(np.diag(self.factor))
        lengths = np.linalg.norm(self.factor, axis=0)
        regular = bool((size > 1e-11 * lengths).all())
        self.squares = float(np.sum((y - x @ self.slope) ** 2)) if regular else 0.0
        self.sound = regular and self.squares > 1e-22 * float(y @ y)

    def _extend(self, x: np.ndarray, y: np.ndarray) -> None:
        rows = np.vstack([np.column_stack([self.factor, self.image]), np.column_stack([x, y])])
        triangle = np.asarray(np.linalg.qr(rows, mode="r"))
        self.factor, self.image = triangle[: self.k, : self.k], triangle[: self.k, -1]

    @property
    def slope(self) -> np.ndarray:
        from scipy.linalg import solve_triangular

        return solve_triangular(self.factor, self.image) if self.k else np.empty(0)

    def _white(self, x: np.ndarray) -> np.ndarray:
        """Regressors in units of what is known of their coefficients, `(k, rows)`."""
        from scipy.linalg import solve_triangular

        return solve_triangular(self.factor, x.T, trans=1) if self.k else np.empty((0, len(x)))

    def loss(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Nats of rows, without learning from them."""
        inflation = 1 + np.sum(self._white(x) ** 2, axis=0)
        return _student(self.n - self.k, self.squares, inflation, (y - x @ self.slope) ** 2 / inflation)

    def learn(self, x: np.ndarray, y: np.ndarray, order: int) -> np.ndarray:
        """Nats of rows, each predicted from all before it.

        Seen from the start of a block its rows have covariance 1 + Z^T Z, whose Cholesky factor turns their errors
        into errors of one-step predictions.
        """
        from scipy.linalg import cholesky, solve_triangular

        losses = []
        for begin in range(0, len(y), _BLOCK):
            block, target = x[begin : begin + _BLOCK], y[begin : begin + _BLOCK]
            white = self._white(block)
            lower = cholesky(np.eye(len(target)) + white.T @ white, lower=True)
            scaled = solve_triangular(lower, target - block @ self.slope, lower=True) ** 2
            squares = self.squares + np.concatenate([[0.0], np.cumsum(scaled)])
            freedom = self.n - self.k + np.arange(len(target))
            losses.append(_student(freedom, squares[:-1], np.diag(lower) ** 2, scaled))
            self._extend(block, target)
            self.n, self.squares = self.n + len(target), float(squares[-1])
        found = np.concatenate(losses)
        if not np.isfinite(found).all() or self.squares <= 1e-22 * float(y @ y):
            raise _exact(order)
        return found


def _student(freedom, squares, inflation, scaled) -> np.ndarray:
    """-log density; `scaled` is the squared error over `inflation`, which is 1 + z^T (X^T X)^-1 z."""
    from scipy.special import gammaln

    constant = gammaln(freedom / 2) - gammaln((freedom + 1) / 2) + 0.5 * np.log(np.pi * squares * inflation)
    return constant + (freedom + 1) / 2 * np.log1p(scaled / squares)


def _exact(order: int) -> EstimationError:
    return EstimationError(
        f"BayesianAutoregression: order {order} predicts the data to rounding error, or its regressors are linearly "
        "dependent: a density has no finite code length then. Choose a lower order, or add noise of the size of the "
        "resolution of the data."
    )
