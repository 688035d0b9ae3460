"""Scores against closed forms, published definitions and hand calculations."""

import numpy as np
import pytest

import cocycle as cc
from cocycle.score import coverage, crps, crps_gaussian, crps_quantiles, mase, rmse, smape, valid_prediction_time

RNG = np.random.default_rng(0)


def test_rmse_by_hand():
    assert rmse([1.0, 2.0, 3.0], [1.0, 2.0, 6.0]) == pytest.approx(np.sqrt(3.0))
    truth, forecast = np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([[1.0, 10.0], [1.0, 10.0]])
    assert rmse(truth, forecast, scale=[1.0, 10.0]) == pytest.approx(1.0)
    assert rmse(truth, truth) == 0.0


def test_mase_by_hand():
    # naive errors 1, 3, 2 -> scale 2; errors 1 and 3 -> mean 2
    assert mase([5.0, 7.0], [6.0, 4.0], [0.0, 1.0, 4.0, 6.0]) == pytest.approx(1.0)
    # period 2: |4 - 0|, |6 - 1| -> 4.5
    assert mase([5.0, 7.0], [6.0, 4.0], [0.0, 1.0, 4.0, 6.0], period=2) == pytest.approx(2 / 4.5)


def test_mase_of_the_naive_forecast_of_a_random_walk_is_one():
    walk = np.cumsum(RNG.normal(size=200_001))
    assert mase(walk[100_001:], walk[100_000:-1], walk[:100_000]) == pytest.approx(1.0, abs=0.01)


def test_mase_of_several_variables_is_the_mean_of_theirs_and_has_no_unit():
    training, truth, forecast = RNG.normal(size=(3, 50, 2))
    each = [mase(truth[:, j], forecast[:, j], training[:, j]) for j in range(2)]
    assert mase(truth, forecast, training) == pytest.approx(np.mean(each))
    unit = np.array([1000.0, 0.01])
    assert mase(truth * unit, forecast * unit, training * unit) == pytest.approx(np.mean(each))


def test_smape_by_hand():
    assert smape([100.0, 100.0], [110.0, 90.0]) == pytest.approx(50 * (10 / 105 + 10 / 95))
    assert smape([1.0, 1.0], [-1.0, -2.0]) == 200.0
    assert smape([0.0, 1.0], [0.0, 1.0]) == 0.0


def test_crps_of_gaussian_ensembles_tends_to_the_closed_form():
    truth, mean, sd = RNG.normal(size=40), RNG.normal(size=40), np.exp(RNG.normal(size=40))
    members = mean + sd * RNG.normal(size=(20_000, 40))
    exact = crps_gaussian(truth, mean, sd)
    assert crps(truth, members) == pytest.approx(exact, rel=5e-3)
    levels = (np.arange(1, 2000) - 0.5) / 1999
    from scipy.stats import norm

    quantiles = mean + sd * norm.ppf(levels)[:, None]
    assert crps_quantiles(truth, quantiles, levels) == pytest.approx(exact, rel=1e-3)


def test_crps_gaussian_against_the_defining_integral():
    from scipy.integrate import quad
    from scipy.stats import norm

    y, mean, sd = 0.7, -0.2, 1.3
    below = quad(lambda x: norm.cdf(x, mean, sd) ** 2, -12, y)[0]
    above = quad(lambda x: (norm.cdf(x, mean, sd) - 1) ** 2, y, 12)[0]
    assert crps_gaussian([y], [mean], [sd]) == pytest.approx(below + above, rel=1e-8)


def test_the_fair_score_does_not_depend_on_the_number_of_members_and_the_other_does():
    truth = RNG.normal(size=40_000)
    exact = 1 / np.sqrt(np.pi)  # expected score of the right Gaussian, sd 1
    for m in (2, 5, 20):
        members = RNG.normal(size=(m, 40_000))
        assert crps(truth, members) == pytest.approx(exact, abs=0.012)
        # the score of the empirical distribution is (1 + 1/m) times as large
        assert crps(truth, members, fair=False) == pytest.approx(exact * (1 + 1 / m), abs=0.012)


def test_crps_from_pairs_by_brute_force():
    truth, members = RNG.normal(size=3), RNG.normal(size=(6, 3))
    pairs = np.abs(members[:, None] - members[None]).sum(axis=(0, 1))
    error = np.abs(members - truth).mean(axis=0)
    assert crps(truth, members) == pytest.approx(np.mean(error - pairs / (2 * 6 * 5)), rel=1e-12)
    assert crps(truth, members, fair=False) == pytest.approx(np.mean(error - pairs / (2 * 36)), rel=1e-12)
    assert crps(truth, members[:1], fair=False) == pytest.approx(np.mean(np.abs(members[0] - truth)))


def test_coverage():
    assert coverage([1.0, 2.0, 3.0, 4.0], [0.0, 2.0, 4.0, 0.0], [1.0, 3.0, 5.0, 3.0]) == 0.5


def test_valid_prediction_time_of_an_exponentially_growing_error():
    t = 0.1 * np.arange(1, 201)
    error = 1e-3 * np.exp(0.9 * t)  # crosses 0.4 at ln(400) / 0.9 = 6.657
    truth = np.zeros(200)
    assert valid_prediction_time(truth, error, dt=0.1, scale=[1.0]) == pytest.approx(6.6)
    assert valid_prediction_time(truth, error, dt=0.1, scale=[1.0], lyapunov=0.9) == pytest.approx(6.6 * 0.9)
    assert valid_prediction_time(truth, error, dt=0.1, scale=[10.0]) == pytest.approx(9.2)  # ln(4000) / 0.9 = 9.22
    assert valid_prediction_time(truth, error, dt=0.1, scale=[1.0], threshold=0.04) == pytest.approx(4.0)


def test_valid_prediction_time_at_its_ends():
    truth = RNG.normal(size=(50, 3))
    assert valid_prediction_time(truth, truth, dt=0.5) == 25.0
    assert valid_prediction_time(truth, truth + 10, dt=0.5) == 0.0
    broken = truth.copy()
    broken[7:] = np.nan
    assert valid_prediction_time(truth, broken, dt=0.5) == 3.5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rmse([1.0, np.nan], [1.0, 1.0]), r"truth is not finite at index \(1,\)"),
        (lambda: rmse([1.0], [1.0, 2.0]), "must match"),
        (lambda: rmse([], []), "empty"),
        (lambda: rmse([1.0], [1.0], scale=0.0), "scale must be positive"),
        (lambda: mase([1.0], [1.0], [2.0, 2.0, 2.0]), "repeats exactly"),
        (lambda: mase([1.0], [1.0], [2.0, 3.0], period=2), "period must be between 1 and 1"),
        (lambda: mase([1.0], [1.0], [[2.0, 3.0]]), "columns"),
        (lambda: crps([1.0], [[1.0]]), "two members"),
        (lambda: crps([1.0, 2.0], [[1.0], [2.0]]), "members"),
        (lambda: crps_gaussian([1.0], [1.0], [0.0]), "sd must be positive"),
        (lambda: crps_quantiles([1.0], [[1.0], [2.0]], [0.9, 0.1]), "increase strictly"),
        (lambda: crps_quantiles([1.0], [[1.0]], [0.1, 0.9]), "quantiles must have shape"),
        (lambda: valid_prediction_time([1.0, 2.0], [1.0, 2.0], dt=0), "dt and threshold"),
        (lambda: valid_prediction_time([1.0, 2.0], [1.0, 2.0], lyapunov=-1.0), "positive exponent"),
        (lambda: valid_prediction_time([1.0, 1.0], [1.0, 1.0]), "constant variable"),
    ],
)
def test_misuse(call, message):
    with pytest.raises(cc.CocycleError, match=message):
        call()
