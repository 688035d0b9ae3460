"""Scores of forecasts that state their uncertainty: ensembles, quantiles, intervals."""

from __future__ import annotations

from typing import Any

import numpy as np

from cocycle.core import CocycleError

from ._point import numbers, pair

__all__ = ["coverage", "crps", "crps_gaussian", "crps_quantiles"]


def crps(truth: Any, ensemble: Any, *, fair: bool = True) -> float:
    r"""Continuous ranked probability score of an ensemble, the mean over all times and variables. Lower is better.

    $$\frac1m\sum_i |x_i - y| - \frac{1}{2m(m-1)}\sum_{i,j}|x_i - x_j|$$

    `ensemble` has shape `(members, *truth.shape)`. This is the *fair* score: its expectation does not depend on the
    number of members [@ferro2014]. With `fair=False` the divisor is $2m^2$: the exact score of the empirical
    distribution, which favours large ensembles [@gneiting2007, 4.2]. The unit is that of the data; for one
    member `fair=False` is the absolute error.
    """
    truth, members = numbers(truth, "truth"), numbers(ensemble, "ensemble")
    if members.shape[1:] != truth.shape:
        raise CocycleError(f"ensemble must have shape (members, *{truth.shape}); got {members.shape}.")
    m = len(members)
    if fair and m < 2:
        raise CocycleError("The fair score needs two members or more. For a point forecast use fair=False.")
    error = np.mean(np.abs(members - truth), axis=0)
    # the sum over pairs from the order statistics: O(m log m), not O(m^2)
    weights = 2 * np.arange(1, m + 1) - m - 1
    spread = np.tensordot(weights, np.sort(members, axis=0), axes=1) / (m * (m - 1) if fair else m * m)
    return float(np.mean(error - spread))


def crps_gaussian(truth: Any, mean: Any, sd: Any) -> float:
    r"""Exact score of Gaussian forecasts, $\sigma\,[z(2\Phi(z) - 1) + 2\varphi(z) - 1/\sqrt\pi]$. [@gneiting2005]

    with $z = (y - \mu) / \sigma$; the mean over all times and variables. `sd` must be positive.
    """
    from scipy.special import ndtr

    truth, mean = pair(truth, mean)
    sd = numbers(sd, "sd")
    if np.any(sd <= 0):
        raise CocycleError("sd must be positive.")
    z = (truth - mean) / sd
    density = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return float(np.mean(sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))))


def crps_quantiles(truth: Any, quantiles: Any, levels: Any) -> float:
    r"""The score from forecast quantiles: twice the pinball loss, integrated over the level. [@gneiting2011]

    `quantiles` has shape `(levels, *truth.shape)`, `levels` increases inside (0, 1). The integral over the level is by
    the midpoint rule on cells around the levels, so equally spaced levels $(i - 1/2)/m$ give the mean of the pinball
    losses; few levels give a coarse score, and the tails outside them count as the outermost level does.
    """
    truth, quantiles = numbers(truth, "truth"), numbers(quantiles, "quantiles")
    levels = numbers(levels, "levels")
    if levels.ndim != 1 or np.any(np.diff(levels) <= 0) or levels[0] <= 0 or levels[-1] >= 1:
        raise CocycleError(f"levels must increase strictly inside (0, 1); got {levels}.")
    if quantiles.shape != (len(levels), *truth.shape):
        raise CocycleError(f"quantiles must have shape {(len(levels), *truth.shape)}; got {quantiles.shape}.")
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    column = levels.reshape(-1, *([1] * truth.ndim))
    pinball = (truth - quantiles) * (column - (truth < quantiles))
    return float(2 * np.mean(np.tensordot(np.diff(edges), pinball, axes=1)))


def coverage(truth: Any, low: Any, high: Any) -> float:
    """Fraction of values inside their intervals, ends included. A 90 % interval should give 0.9."""
    truth, low = pair(truth, low)
    truth, high = pair(truth, high)
    return float(np.mean((low <= truth) & (truth <= high)))
