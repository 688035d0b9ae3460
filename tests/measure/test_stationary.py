"""Size on stationary data of every kind, power against every kind of drift."""

import numpy as np
import pytest
from scipy.signal import lfilter

from cocycle.core import DataError
from cocycle.measure.stationary import stationarity


def ar1(length, rng, coefficient=0.9):
    return lfilter([1], [1, -coefficient], rng.normal(size=length + 500))[500:]


def logistic(length, rng, first=4.0, last=4.0):
    x = rng.uniform(0.1, 0.9)
    out = np.empty(length)
    for i in range(-100, length):
        x = (first + (last - first) * max(i, 0) / length) * x * (1 - x)
        if i >= 0:
            out[i] = x
    return out


def lorenz(length, count, rng, dt=0.05):
    s = rng.normal(size=(3, count)) + np.array([[1.0], [1.0], [20.0]])
    out = np.empty((length, count))

    def f(s):
        return np.array([10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]])

    for i in range(-400, length):
        for _ in range(4):
            h = dt / 4
            k1 = f(s)
            k2 = f(s + h / 2 * k1)
            k3 = f(s + h / 2 * k2)
            s = s + h / 6 * (k1 + 2 * k2 + 2 * k3 + f(s + h * k3))
        if i >= 0:
            out[i] = s[0]
    return out.T


def rejected(records):
    return sum(stationarity(x).value <= 0.05 for x in records)


def test_size_on_noise_and_chaos():
    """Nominal 5 % and Bonferroni below it: 12 or more of 100 has probability 4e-3 at 5 %, fixed seed."""
    rng = np.random.default_rng(0)
    assert rejected(rng.standard_cauchy(1000) for _ in range(100)) <= 11
    assert rejected(ar1(1000, rng) for _ in range(100)) <= 11
    assert rejected(logistic(1000, rng) for _ in range(100)) <= 11
    assert rejected(lorenz(2000, 60, rng)) <= 8
    assert rejected(lorenz(1000, 100, rng)) <= 14  # 50 units of time only: measured 6-9 %


@pytest.mark.slow
def test_size_on_slow_ar1_is_at_most_7_percent():
    rng = np.random.default_rng(1)
    assert rejected(ar1(1000, rng) for _ in range(1000)) <= 70


@pytest.mark.parametrize("r", [3.2, 3.5, 3.83])
def test_periodic_motion_is_stationary(r):
    rng = np.random.default_rng(2)
    assert stationarity(logistic(900, rng, r, r)).value > 0.05
    t = np.arange(900)
    assert stationarity(np.sin(2 * np.pi * t / 37.3)).value > 0.05
    assert stationarity(np.sin(t / 5) + np.sin(np.sqrt(2) * t / 5)).value > 0.05
    assert stationarity(np.sin(2 * np.pi * t / 300 + 1)).value > 0.05  # only three cycles


def ar_drift(n, rng):
    x, out = 0.0, np.empty(n)
    for i in range(n):
        a = 0.1 + 0.7 * i / n  # the variance stays 1: only the dynamics change
        x = out[i] = a * x + np.sqrt(1 - a * a) * rng.normal()
    return out


DRIFTS = {
    "trend": (lambda n, rng: rng.normal(size=n) + np.arange(n) / n, "level", 38),
    "jump": (lambda n, rng: rng.normal(size=n) + 0.7 * (np.arange(n) > n / 2), "level", 38),
    "variance": (lambda n, rng: rng.normal(size=n) * (1 + 0.6 * (np.arange(n) > n / 2)), None, 38),
    "dynamics": (ar_drift, "speed", 38),
    "parameter": (lambda n, rng: logistic(n, rng, 3.7, 4.0), None, 38),
    "chirp": (lambda n, rng: np.sin(0.3 * np.arange(n) * (1 + 0.3 * np.arange(n) / n)), "speed", 38),
    "random walk": (lambda n, rng: np.cumsum(rng.normal(size=n)), None, 22),  # power about 0.7 at any length
}


@pytest.mark.parametrize("name", DRIFTS)
def test_power(name):
    make, feature, least = DRIFTS[name]
    rng = np.random.default_rng(3)
    found = [stationarity(make(1000, rng)) for _ in range(40)]
    assert sum(e.value <= 0.05 for e in found) >= least
    if feature:
        assert sum(e.diagnostics["feature"] == feature for e in found) >= 30
        assert any("drifts" in e.diagnostics["reason"] for e in found)


def test_the_drift_found_is_the_drift_put_in():
    x = np.random.default_rng(4).normal(size=2000) + 2 * np.linspace(0, 1, 2000)
    estimate = stationarity(np.column_stack([np.random.default_rng(5).normal(size=2000), x]))
    assert estimate.diagnostics["variable"] == "x1"
    slow = estimate.diagnostics["drift"]
    assert np.corrcoef(slow, np.linspace(0, 1, slow.size))[0, 1] > 0.95
    assert slow[-1] > slow[0]
    assert estimate.diagnostics["p_values"].shape == (2, 3)


def test_monotonic_change_of_scale_of_the_level_feature_does_not_matter():
    x = ar1(500, np.random.default_rng(6))
    assert stationarity(x).diagnostics["p_values"][0, 0] == stationarity(np.exp(x)).diagnostics["p_values"][0, 0]


def test_null_law_is_that_of_normal_averages():
    # at 5 % of exactly stationary white noise the level's p-value alone is uniform
    rng = np.random.default_rng(7)
    p = [stationarity(rng.normal(size=400)).diagnostics["p_values"][0, 0] for _ in range(300)]
    assert 0.42 < np.mean(p) < 0.58
    assert 3 <= np.sum(np.array(p) <= 0.05) <= 29  # 15 expected


def test_refusals():
    with pytest.raises(DataError, match="constant"):
        stationarity(np.ones(100))
    with pytest.raises(DataError, match="at least 40"):
        stationarity(np.arange(10.0))
    with pytest.raises(DataError, match="row 2"):
        stationarity(np.where(np.arange(100) == 2, np.nan, np.arange(100.0)))
