"""Linear models of the recent past: autoregressions, and the baselines that are special cases of them."""

import dataclasses
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, param

from ._data import Episodes
from ._fitted import About, DelayModel, about, windows, with_inputs
from ._learner import Learner, check_choice, check_positive
from ._least_squares import regress, triangle

__all__ = ["AR", "LinearDelayMap", "Mean", "Persistence", "SeasonalNaive"]


class LinearDelayMap(DelayModel):
    r"""$x_{n+1} = b + \sum_{k=0}^{L-1} A_k x_{n-k} + B u_n$ in the units of the data.

    **Fields**: `intercept` `(obs,)`; `coefficients` `(obs, lags, obs)`, `coefficients[:, k]` multiplying the sample `k`
    steps back from the newest; `input_coefficients` `(obs, inputs)` or `None`.
    """

    about: About
    intercept: Any = param()
    coefficients: Any = param()
    input_coefficients: Any = None
    lags: int = eqx.field(static=True, default=1)

    def predict(self, window, u=None):
        new = self.intercept + jnp.einsum("ikj,kj->i", self.coefficients, window)
        if self.input_coefficients is not None:
            if u is None:
                raise CocycleError("This model was fitted with inputs: call step(n, x, u).")
            new = new + self.input_coefficients @ u
        return new

    def eigenvalues(self) -> np.ndarray:
        """Eigenvalues of the companion matrix: the model is stable if all lie inside the unit circle."""
        obs, lags, _ = self.coefficients.shape
        companion = np.eye(obs * lags, k=-obs)
        companion[:obs] = np.asarray(self.coefficients).reshape(obs, -1)
        return np.linalg.eigvals(companion)


def _without_fit(data: Episodes, intercept, coefficients, residuals, parameters=0.0) -> LinearDelayMap:
    lags = coefficients.shape[1]
    start = windows(data.at_least(lags).values[-1], lags)[-1]
    record = about(data, start, residuals, parameters)
    return LinearDelayMap(about=record, intercept=intercept, coefficients=coefficients, lags=lags)


@dataclasses.dataclass(frozen=True)
class Persistence(Learner):
    r"""The baseline $\hat x_{n+1} = x_n$: tomorrow is as today. Optimal for a random walk.

    Its one-step errors are the increments of the data, so its ensemble forecasts are random walks.
    """

    takes_constants: ClassVar[bool] = True

    title: ClassVar[str] = "persistence"
    baseline: ClassVar[bool] = True

    def minimum(self, dim):
        return 2

    def learn(self, data, key, on_step):
        residuals = np.concatenate([np.diff(v, axis=0) for v in data.values])
        return _without_fit(data, np.zeros(data.dim), np.eye(data.dim)[:, None, :], residuals)


@dataclasses.dataclass(frozen=True)
class Mean(Learner):
    r"""The baseline $\hat x_{n+1} = \bar x$, the mean of the training data. Optimal for white noise."""

    takes_constants: ClassVar[bool] = True

    title: ClassVar[str] = "the mean"
    baseline: ClassVar[bool] = True

    def minimum(self, dim):
        return 2

    def learn(self, data, key, on_step):
        values = np.concatenate(data.values)
        mean = values.mean(axis=0)
        return _without_fit(data, mean, np.zeros((data.dim, 1, data.dim)), values - mean, 1.0)


@dataclasses.dataclass(frozen=True)
class SeasonalNaive(Learner):
    r"""The baseline $\hat x_{n+1} = x_{n+1-m}$: as one period ago. Optimal for a strictly periodic series.

    `period` is $m$ in samples. Left out, it is the lag, between 2 and a third of the longest episode, at which the
    seasonal error is least in mean square over all variables (each scaled by its variance); the smallest such lag
    within 20 % of the best (whole multiples of the period do as well).
    """

    period: int | None = None

    title: ClassVar[str] = "seasonal naive"
    baseline: ClassVar[bool] = True

    def __post_init__(self):
        check_positive(self, period=1)

    def minimum(self, dim):
        return 8 if self.period is None else self.period + 1

    @classmethod
    def grid(cls, data):
        return [cls()]

    def learn(self, data, key, on_step):
        m = self.period if self.period is not None else _best_period(data)
        coefficients = np.zeros((data.dim, m, data.dim))
        coefficients[:, m - 1] = np.eye(data.dim)
        residuals = np.concatenate([v[m:] - v[:-m] for v in data.values if len(v) > m])
        return _without_fit(data, np.zeros(data.dim), coefficients, residuals)


def _best_period(data: Episodes) -> int:
    values = data.longest
    n = len(values)
    values = (values - values.mean(axis=0)) / values.std(axis=0)
    lags = np.arange(1, max(n // 3, 3) + 1)
    # mean square seasonal error from running sums and the autocorrelation, O(n log n)
    size = 1 << (2 * n - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(values, size, axis=0)) ** 2
    products = np.fft.irfft(spectrum, size, axis=0)[: n // 3 + 2].sum(axis=1)
    squares = np.concatenate([[0.0], np.cumsum((values**2).sum(axis=1))])
    lags = lags[lags < len(products)]
    error = (squares[n] - squares[lags] + squares[n - lags] - 2 * products[lags]) / (n - lags)
    floor = 1e-12 * values.shape[1]
    # a slow series is always close to itself a few samples ago: a period comes after the error has once been large
    far = int(np.argmax(error > 0.5 * error.max())) + 1
    minima = [i for i in range(far, len(lags) - 1) if error[i] <= error[i - 1] and error[i] <= error[i + 1]]
    far = min(far, len(lags) - 1)
    choices = minima or [far + int(np.argmin(error[far:]))]
    best = min(error[i] for i in choices)
    return int(next(lags[i] for i in choices if error[i] <= 1.2 * best + floor))


@dataclasses.dataclass(frozen=True)
class AR(Learner):
    r"""Autoregression by least squares: AR(p) for one variable, VAR(p) for several. [@luetkepohl2005, 3.2]

    $$x_{n+1} = b + \sum_{k=0}^{p-1} A_k x_{n-k} + B u_n + e_n, \qquad e_n \sim \mathcal N(0, \Sigma).$$

    **Settings**

    - `order`: $p$; left out, the order up to `max_order` that minimises `criterion`.
    - `criterion`: `"aic"` (predicts best), `"bic"` or `"hqic"` (find the true order). All orders are compared on the
      same samples. [@luetkepohl2005, 4.3]
    - `max_order`: default $12 (n / 100)^{1/4}$, less where there are many variables.

    Known inputs enter as $u_n$. The covariance of the residuals is kept, so `forecast(..., members=...)` and
    `model.noisy()` give the stochastic process.
    """

    order: int | None = None
    criterion: str = "aic"
    max_order: int | None = None

    uses_inputs: ClassVar[bool] = True

    title: ClassVar[str] = "linear autoregression"

    def __post_init__(self):
        check_positive(self, order=1, max_order=1)
        check_choice(self, "criterion", ("aic", "bic", "hqic"))

    def minimum(self, dim):
        return (dim + 1) * (self.order or 1) + 3 + dim

    @classmethod
    def grid(cls, data):
        return [cls(), cls(criterion="bic")]

    def learn(self, data, key, on_step):
        order = self.order if self.order is not None else _select_order(data, self.criterion, self.max_order)
        design, target = _design(data, order)
        fit = regress(design, target, floor=1e-10)  # smooth series have collinear lags: no coefficients of 1e8
        dim = data.dim
        start = windows(data.at_least(order).values[-1], order)[-1]
        lagged, driven = fit.coefficients[: order * dim], fit.coefficients[order * dim :]
        on_step(1, 1)
        return with_inputs(
            LinearDelayMap(
                about=about(data, start, fit.residuals, fit.freedom, data.n_inputs),
                intercept=fit.intercept,
                coefficients=lagged.T.reshape(dim, order, dim),
                input_coefficients=None if data.inputs is None else jnp.asarray(driven.T),
                lags=order,
            )
        )


def _design(data: Episodes, order: int, skip: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Regressors (newest lag first, then inputs) and targets of all episodes; the first `skip` targets are left out."""
    rows, targets = [], []
    for i, values in enumerate(data.values):
        if len(values) <= order + skip:
            continue
        row = windows(values[:-1], order)
        if data.inputs is not None:
            row = np.concatenate([row, data.inputs[i][order - 1 : -1]], axis=1)
        rows.append(row[skip:])
        targets.append(values[order + skip :])
    return np.concatenate(rows), np.concatenate(targets)


def _select_order(data: Episodes, criterion: str, max_order: int | None) -> int:
    dim, extra = data.dim, data.n_inputs
    longest = len(data.longest)
    if max_order is None:
        max_order = max(1, round(12 * (data.total / 100) ** 0.25))
        max_order = min(max_order, max(1, (longest // 3 - 1 - extra) // dim))
    max_order = min(max_order, max(1, (longest - 3 - dim - extra) // (dim + 1)))
    design, target = _design(data, max_order)
    n = len(target)
    lagged, driven = design[:, : max_order * dim], design[:, max_order * dim :]
    scale = target.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    # nested regressions share one factorisation: the residuals of order p are the rows below its columns
    center = target.mean(axis=0)
    lagged = (lagged - np.tile(center, max_order)) / np.tile(scale, max_order)
    columns = [np.ones((n, 1)), driven, lagged, (target - center) / scale]
    upper = triangle(np.concatenate(columns, axis=1))
    scores = []
    for order in range(1, max_order + 1):
        used = 1 + extra + order * dim
        below = upper[used:, -dim:]
        covariance = below.T @ below / n + 1e-24 * np.eye(dim)  # the floor of rounding: noise-free data stop there
        log_det = np.linalg.slogdet(covariance)[1]
        parameters = dim * used
        weight = {"aic": 2.0, "bic": np.log(n), "hqic": 2 * np.log(np.log(max(n, 3)))}[criterion]
        scores.append(log_det + weight * parameters / n)
    return int(np.argmin(scores)) + 1
