"""Prediction intervals against exact truth."""

import numpy as np
import pytest
from scipy import stats

from cocycle.core import DataError
from cocycle.study._conformal import coverage, half_widths, wilson


def test_gaussian_errors_give_the_gaussian_quantile():
    rng = np.random.default_rng(0)
    width, level = half_widths(rng.normal(0, 2.0, (20_000, 1, 1)), 0.9)
    assert level == 0.9
    # the 0.9 quantile of |N(0, 2)|; its sampling error is sqrt(p q / n) / density = 0.012
    assert abs(width[0, 0] - 2.0 * stats.norm.ppf(0.95)) < 0.05


def test_the_rank_is_ceil_of_n_plus_one_times_level():
    errors = np.arange(1.0, 20.0)[:, None, None]  # 19 errors: k = ceil(20 * 0.9) = 18
    assert half_widths(errors, 0.9)[0][0, 0] == 18.0
    assert half_widths(errors, 0.8)[0][0, 0] == 16.0


def test_too_few_errors_lower_the_level_and_say_so():
    width, level = half_widths(np.array([1.0, -3.0, 2.0])[:, None, None], 0.9)
    assert width[0, 0] == 3.0 and level == pytest.approx(0.75)


def test_marginal_coverage_is_exact_for_exchangeable_errors():
    # over the draw of calibration and test errors the coverage is k / (n + 1), whatever the distribution
    rng = np.random.default_rng(1)
    n, trials, inside = 30, 20_000, 0
    draws = rng.standard_cauchy((trials, n + 1))
    for row in draws:
        inside += abs(row[-1]) <= half_widths(row[:-1, None, None], 0.9)[0][0, 0]
    assert abs(inside / trials - 28 / 31) < 4 * np.sqrt(0.09 / trials)


def test_refuses_errors_that_are_not_numbers():
    with pytest.raises(DataError, match="finite"):
        half_widths(np.full((5, 2, 1), np.nan), 0.9)


def test_wilson_is_that_of_scipy():
    ours = wilson(0.86, 50)
    theirs = stats.binomtest(43, 50).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(ours, (theirs.low, theirs.high), rtol=1e-6)


def test_overlapping_forecasts_count_as_fewer():
    rng = np.random.default_rng(2)
    inside = np.repeat(rng.random(30) < 0.8, 10)  # ten origins share one fate
    truth = np.zeros((300, 10, 1))
    forecast = np.where(inside, 0.0, 2.0)[:, None, None] * np.ones((1, 10, 1))
    shared = coverage(truth, forecast, np.ones((10, 1)), spacing=1)
    alone = coverage(truth, rng.permuted(forecast, axis=0), np.ones((10, 1)), spacing=10)
    assert 30 <= shared.trials < 90 and alone.trials > 200
    assert shared.value == pytest.approx(inside.mean())
    assert shared.high - shared.low > alone.high - alone.low
