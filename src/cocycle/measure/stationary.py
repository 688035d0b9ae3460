"""Stationarity: does the record look the same at its end as at its beginning?"""

import functools
import math
from typing import Any

import numpy as np

from cocycle.core import Estimate

from ._series import as_series

__all__ = ["stationarity"]

_ALTERNATIVE = 10.0  # strength of the random drift that the test is tuned to find
_NEGLIGIBLE = 1e-4  # share of a feature's variance below which a drift is of no practical interest: 1 % of its spread
_WHAT = {"level": "level", "spread": "spread", "speed": "size of the increments"}


def stationarity(data: Any) -> Estimate:
    """Test of stationarity: the p-value of "level, spread and speed of the motion do not drift".

    Three features are followed through the record: `x`, its distance from the median `|x - m|` and its increments
    `|dx|`, each through its ranks (normal scores), so that heavy tails do no harm. If a feature is stationary with a
    memory short against the record, its `q` slowest cosine averages

        X_j = sqrt(2/T) sum_t y_t cos(pi j (t - 1/2) / T),    j = 1 .. q

    are independent normal with one variance, whatever the process [@muller2008]. A drift, a jump, a random walk or a
    changed parameter makes the slowest ones larger. The statistic is the scale-free likelihood ratio against
    stationary-plus-random-drift, `sum X_j^2 / sum X_j^2 / (1 + (g / (pi j))^2)`, `g = 10` [@muller2008]; its p-value
    is exact for normal `X_j`. No memory time or bandwidth enters but `q`, 6 to 16: fewer for data with a longer
    memory. P-values of features and variables are combined by Bonferroni.

    Chaotic, periodic and noisy records of many cycles or memory times pass; a record of about one cycle, or with
    long memory (spectrum growing towards frequency zero), looks like drift and cannot be told from it.

    **Arguments**: `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame; at least 40 samples.

    **Returns** an `Estimate`: the p-value. Diagnostics: `reason` (a sentence), `feature` and `variable` that drift
    most, `p_values` `(dim, 3)`, `drift` (the slow part of that feature, at most 200 points, in standard
    deviations) at `shares` of the record, `q`. Raises `DataError` for constant or short data.
    """
    series = as_series(data, measure="stationarity", min_length=40)
    p_values = np.ones((series.values.shape[1], len(_WHAT)))
    coefficients, counts = {}, []
    for i, x in enumerate(series.values.T):
        for j, feature in enumerate(_features(x)):
            if np.ptp(feature) == 0:  # a period-2 orbit: its increments all have one size
                continue
            y = _normal_scores(feature)
            q = _number_of_averages(y)
            coefficients[i, j] = _slow_averages(y, q)
            counts.append(q)
            p_values[i, j] = _p_value(coefficients[i, j], y)
    p = float(min(1.0, p_values.size * p_values.min()))
    i, j = (int(k) for k in np.unravel_index(int(np.argmin(p_values)), p_values.shape))
    feature = list(_WHAT)[j]
    name = series.variables[i]
    reason = (
        f"the {_WHAT[feature]} of {name!r} drifts (p = {p:.2g})"
        if p <= 0.05
        else f"no drift of level, spread or increments was found (p = {p:.2g})"
    )
    slow = coefficients.get((i, j))
    points = np.linspace(0.5, len(series.values) - 0.5, min(200, len(series.values))) / len(series.values)
    drift = np.zeros(points.size)
    if slow is not None:
        basis = np.cos(np.pi * np.outer(points, np.arange(1, slow.size + 1)))
        drift = math.sqrt(2 / len(series.values)) * basis @ slow
    diagnostics = {
        "reason": reason,
        "feature": feature,
        "variable": name,
        "p_values": p_values,
        "features": tuple(_WHAT),
        "shares": points,
        "drift": drift,
        "q": min(counts, default=0),
    }
    return Estimate("stationarity", p, None, None, len(series.values), "", diagnostics)


def _features(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return x, np.abs(x - np.median(x)), np.abs(np.diff(x))


def _normal_scores(x: np.ndarray) -> np.ndarray:
    from scipy.special import ndtri
    from scipy.stats import rankdata

    y = ndtri((rankdata(x) - 0.5) / x.size)
    return (y - y.mean()) / y.std()


def _number_of_averages(y: np.ndarray) -> int:
    """6 to 16: as many as have a wavelength long against the memory of the data."""
    length = y.size
    correlation = np.fft.irfft(np.abs(np.fft.rfft(y, 2 * length)) ** 2)[:length]
    correlation /= correlation[0]
    below = np.flatnonzero(correlation < 1 / math.e)
    first = int(below[0]) if below.size else length
    q = int(np.clip(length // (5 * first), 12, 16))
    # an oscillation loses its correlation at once and regains it: its amplitude has a longer memory. A random walk does
    # not regain it; for its sake the memory before the first loss never asks for fewer than 12
    regained = np.flatnonzero(np.abs(correlation[: length // 4]) > 0.2)
    last = int(regained[-1]) + 1
    return min(q, int(np.clip(length // (3 * last), 6, 16))) if last > 3 * first else q


def _slow_averages(y: np.ndarray, q: int) -> np.ndarray:
    t = (np.arange(y.size) + 0.5) / y.size
    return math.sqrt(2 / y.size) * np.array([np.cos(np.pi * j * t) @ y for j in range(1, q + 1)])


def _ratio(x: np.ndarray) -> np.ndarray:
    j = np.arange(1, x.shape[-1] + 1)
    return (x**2).sum(axis=-1) / (x**2 / (1 + (_ALTERNATIVE / (np.pi * j)) ** 2)).sum(axis=-1)


@functools.lru_cache(maxsize=16)
def _null_law(q: int) -> np.ndarray:
    """The statistic's distribution under stationarity, sorted: it depends on `q` only."""
    return np.sort(_ratio(np.random.default_rng(0).normal(size=(100_000, q))))


def _p_value(x: np.ndarray, y: np.ndarray) -> float:
    if (x**2).sum() / (y**2).sum() < _NEGLIGIBLE:
        return 1.0
    law = _null_law(x.size)
    above = law.size - np.searchsorted(law, _ratio(x), "left")
    return (1 + float(above)) / (law.size + 1)
