"""The verdict: its statistics against closed forms, its rule, and the recordings that it must not get wrong."""

import json

import numpy as np
import pytest

from cocycle.core import DataError, Trajectory
from cocycle.study import _verdict_features as features_
from cocycle.study import _verdict_lines as lines_
from cocycle.study import _verdict_prediction as prediction
from cocycle.study import verdict
from cocycle.study._verdict_rules import KINDS, answer, decide, probabilities


def logistic(n, r=4.0, x=0.3):
    out = np.empty(n + 100)
    for i in range(n + 100):
        x = r * x * (1 - x)
        out[i] = x
    return out[100:]


def henon(n):
    out, x, y = np.empty(n + 100), 0.1, 0.1
    for i in range(n + 100):
        x, y = 1 - 1.4 * x * x + y, 0.3 * x
        out[i] = x
    return out[100:]


def lorenz(n, dt=0.06, sub=6):
    x = np.array([1.0, 1.0, 20.0])
    out = np.empty((n + 200, 3))
    f = lambda s: np.array([10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]])  # noqa: E731
    h = dt / sub
    for i in range(n + 200):
        for _ in range(sub):
            k1 = f(x)
            k2 = f(x + h / 2 * k1)
            k3 = f(x + h / 2 * k2)
            x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + f(x + h * k3))
        out[i] = x
    return out[200:]


def ar1(n, a, rng):
    x, e = np.zeros(n + 200), rng.standard_normal(n + 200)
    for i in range(1, n + 200):
        x[i] = a * x[i - 1] + e[i]
    return x[200:]


def unit(x):
    return (x - x.mean()) / x.std()


# -- statistics against what is known ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("series", "dimension", "exact", "tolerance"),
    [
        (logistic(2000), 2, np.log(2.0), 0.05),  # exactly ln 2 at r = 4
        (henon(2000), 2, 0.4192, 0.03),  # literature value, e.g. Sprott (2003)
        (np.cos(2 * np.pi * 0.381966 * np.arange(2000)), 3, 0.0, 0.02),  # rotation: exactly 0
    ],
)
def test_exponent_of_the_fitted_map(series, dimension, exact, tolerance):
    value, error, _ = prediction.exponent_of_skeleton(unit(series), 1, 3, dimension, 1, 20, 400)
    assert abs(value - exact) < tolerance + 2 * error


def test_slopes_and_exponent_of_an_autoregression():
    # x -> 0.6 x + noise: the noise keeps it moving, but differences shrink by 0.6 a step
    series = unit(ar1(4000, 0.6, np.random.default_rng(1)))
    found = prediction.neighbours(series, 1, 1, 3, 1, np.arange(1000, 1400), k=480)
    slopes = prediction.local_linear(series, found, 1)[1]
    inner = np.abs(found.points[:, 0]) < 1.0
    assert np.mean(slopes[inner]) == pytest.approx(0.6, abs=0.06)
    value, error, _ = prediction.exponent_of_skeleton(series, 1, 3, 1, 1, 480, 400)
    assert value + 2 * error < 0  # the mean log of scattered slopes lies below the log of the mean, ln 0.6


def test_error_echo_tells_instrument_from_driving_noise():
    rng = np.random.default_rng(2)
    clean = logistic(3000, 3.9)
    outside = clean + 0.08 * clean.std() * rng.standard_normal(clean.size)
    inside, x = np.empty(3000), 0.4
    for i in range(3000):
        x = np.clip(3.6 * x * (1 - x) + 0.03 * rng.standard_normal(), 0.02, 0.98)
        inside[i] = x
    echoes = [prediction.exponent_of_skeleton(unit(s), 1, 3, 2, 1, 60, 1500)[2] for s in (outside, inside)]
    assert echoes[0] > 0.1
    assert abs(echoes[1]) < 0.06


@pytest.mark.parametrize("dimension", [1, 2, 4])
def test_dimension_of_a_uniform_cube(dimension):
    rng = np.random.default_rng(3)
    states = rng.random((6000, dimension))
    found = prediction.neighbours(np.zeros(6000), dimension, 1, 0, 1, np.arange(1000, 1500), states=states)
    assert prediction.intrinsic_dimension(found) == pytest.approx(dimension, rel=0.15)


def test_a_line_is_found_and_predicts_the_future():
    rng = np.random.default_rng(4)
    f, noise = 0.0731234, 0.2
    y = np.sqrt(2) * np.cos(2 * np.pi * f * np.arange(2000) + 1.0) + noise * rng.standard_normal(2000)
    found, frequency = lines_.lines(y)
    # Cramer-Rao: standard deviation of the frequency sqrt(6) noise / (pi amplitude N^1.5)
    assert frequency[0] == pytest.approx(f, abs=4 * np.sqrt(6) * noise / (np.pi * np.sqrt(2) * 1500**1.5))
    share = noise**2 / (1 + noise**2)
    assert 10 ** found["line_test_1"] == pytest.approx(share, rel=0.3)
    assert found["line_count"] == 1


def test_folding_finds_the_period_of_any_waveform():
    period = 37.3
    y = np.mod(np.arange(2000) / period, 1.0)
    y = unit(y)
    _, frequency = lines_.lines(y)
    found, best = lines_.fold(y, frequency)
    assert best == pytest.approx(period, rel=1e-3)
    assert 10 ** found["fold"] < 0.05
    four = unit(logistic(1000, 3.5))  # period 4 exactly
    found, best = lines_.fold(four, lines_.lines(four)[1])
    assert best == pytest.approx(4.0, abs=1e-3)
    assert found["fold"] < -4


def test_folding_does_not_accept_a_torus_or_noise():
    t = np.arange(2000)
    torus = unit(np.sin(0.31 * t) + np.sin(0.31 * np.sqrt(2) * t))
    noise = unit(np.random.default_rng(5).standard_normal(2000))
    for y, least in ((torus, 0.03), (noise, 0.8)):
        found, _ = lines_.fold(y, lines_.lines(y)[1])
        assert 10 ** found["fold"] > least


def test_surrogates_keep_values_and_spectrum():
    rng = np.random.default_rng(6)
    y = np.exp(0.5 * unit(ar1(1024, 0.8, rng)))
    made = prediction.iaaft(y, 3, rng)
    power, own = np.abs(np.fft.rfft(made, axis=1)) ** 2, np.abs(np.fft.rfft(y)) ** 2
    assert np.array_equal(np.sort(made, axis=1), np.tile(np.sort(y), (3, 1)))
    assert np.abs(power - own)[:, 1:].sum(axis=1).max() / own[1:].sum() < 0.1


def test_ordinal_patterns():
    assert prediction.ordinal(np.arange(100.0), 3, 1) == (0.0, pytest.approx(5 / 6))
    # the fully developed logistic map never falls twice in a row: one of six patterns is forbidden
    assert prediction.ordinal(logistic(5000), 3, 1)[1] == pytest.approx(1 / 6)
    entropy, missing = prediction.ordinal(np.random.default_rng(7).random(5000), 4, 1)
    assert entropy > 0.998 and missing == 0.0


def test_zero_one_statistic_ends():
    rng = np.random.default_rng(8)
    assert features_._zero_one(unit(logistic(1000)), 1, rng) > 0.97
    assert abs(features_._zero_one(unit(np.cos(1.1 * np.arange(1000))), 1, rng)) < 0.3


def test_reference_points_never_use_their_own_neighbourhood_in_time():
    y = unit(lorenz(600)[:, 0])
    found = prediction.neighbours(y, 3, 2, 12, 5, np.arange(100, 300))
    close = np.abs(found.of - found.at[:, None]) <= 12
    assert not (close & np.isfinite(found.distance)).any()


# -- the rule ---------------------------------------------------------------------------------------------------------
def test_trees_are_read_as_they_were_written():
    # tree 1 splits on b at 0.5: left 80/20, right 10/90; tree 2 is a single leaf 40/60
    stored = {
        "answers": ["p", ""],
        "features": ["a", "b"],
        "trees": [[[1], [0.5], [-1], [-2], [[80, 20], [10, 90]]], [[], [], [], [], [[40, 60]]]],
    }
    assert answer({"a": 9.0, "b": 0.5}, stored) == pytest.approx([0.6, 0.4])
    assert answer({"a": 9.0, "b": 0.51}, stored) == pytest.approx([0.25, 0.75])


def test_questions_are_asked_in_turn():
    # rest 0.5, then order 0.8 of what is left, then noise for certain: 0.5, 0.4, 0.1
    leaf = lambda *p: [[[], [], [], [], [list(p)]]]  # noqa: E731
    stored = {
        "kinds": ["rest", "order", "noise"],
        "temperature": 1.0,
        "trees": {
            "first": {"answers": ["rest", ""], "features": [], "trees": leaf(50, 50)},
            "second": {"answers": ["", "order"], "features": [], "trees": leaf(20, 80)},
            "third": {"answers": ["noise"], "features": [], "trees": leaf(100)},
        },
    }
    assert probabilities({}, stored) == pytest.approx([0.5, 0.4, 0.1], abs=2e-3)


def test_probabilities_are_probabilities():
    f = features_.features(unit(logistic(500))[:, None])
    _, confidence, p = decide(f)
    assert set(p) == set(KINDS)
    assert sum(p.values()) == pytest.approx(1.0)
    assert 0.0 < confidence <= 1.0


# -- recordings that must not go wrong --------------------------------------------------------------------------------
def test_chaos_is_recognised():
    rng = np.random.default_rng(10)
    x = lorenz(2000)
    assert verdict(x).kind == "chaotic"
    assert verdict(x[:, 0] + 0.05 * x[:, 0].std() * rng.standard_normal(2000)).kind == "chaotic"
    y = logistic(2000, 3.95)
    assert verdict(y + 0.05 * y.std() * rng.standard_normal(2000)).kind == "chaotic"


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_never_chaos(seed):
    rng = np.random.default_rng(100 + seed)
    said = [verdict(rng.standard_normal(1000), quick=True).kind, verdict(rng.random(700), quick=True).kind]
    assert "chaotic" not in said
    assert "noise" in said


def test_noisy_sine_is_periodic():
    rng = np.random.default_rng(11)
    for noise in (0.0, 0.1, 0.3):
        assert verdict(np.sin(0.21 * np.arange(1500)) + noise * rng.standard_normal(1500)).kind == "periodic"


@pytest.mark.parametrize("a", [0.5, 0.9])
def test_autoregression_is_linear_or_undecided(a):
    assert verdict(ar1(2000, a, np.random.default_rng(12))).kind in ("linear-stochastic", "undecided")


def test_other_kinds():
    rng, t = np.random.default_rng(13), np.arange(2000)
    two = np.sin(0.21 * t) + 0.8 * np.sin(0.21 * (1 + np.sqrt(5)) / 2 * t) + 0.05 * rng.standard_normal(2000)
    rest = np.exp(-t / 150) * np.cos(0.15 * t) + 0.01 * rng.standard_normal(2000)
    assert verdict(two).kind == "quasi-periodic"
    assert verdict(rest).kind == "fixed-point"
    assert verdict(np.cumsum(rng.standard_normal(2000))).kind == "nonstationary"


def test_several_variables_become_one_standard_series():
    x = lorenz(500)
    p = features_.prepare(x * np.array([1.0, 1e3, 1e-4]) + 7.0)
    assert p.raw.mean() == pytest.approx(0.0, abs=1e-9)
    assert p.raw.std() == pytest.approx(1.0)
    assert p.states is not None and p.states.shape[1] == 3
    np.testing.assert_allclose(p.raw, features_.prepare(x).raw, atol=1e-8)


def test_units_do_not_matter():
    y = logistic(600, 3.9)
    a, b = verdict(y, quick=True), verdict(1e6 * y - 4e5, quick=True)
    assert a.kind == b.kind
    assert a.confidence == pytest.approx(b.confidence, abs=0.02)


def test_same_key_same_answer_and_plain_data():
    data = Trajectory.from_numpy(logistic(400, 3.8), dt=0.5)
    a, b = verdict(data, quick=True), verdict(data, quick=True)
    assert a == b
    json.dumps(a.to_dict(), allow_nan=False)
    assert all(set(e) == {"value", "meaning", "sentence"} for e in a.evidence.values())


def test_constant_recording_rests():
    found = verdict(np.full(300, 2.5))
    assert found.kind == "fixed-point"
    assert "constant" in found.sentence


def test_bad_data_gets_a_sentence():
    with pytest.raises(DataError, match="at least 100 samples"):
        verdict(np.arange(20.0))
    y = np.random.default_rng(14).standard_normal((300, 2))
    y[17, 1] = np.nan
    with pytest.raises(DataError, match="row 17, column 'x1'"):
        verdict(y)


@pytest.mark.parametrize("n", [100, 137, 250])
def test_short_recordings_get_an_answer(n):
    rng = np.random.default_rng(n)
    for y in (
        rng.standard_normal(n),
        np.sin(0.3 * np.arange(n)),
        np.repeat([0.0, 1.0], [n - 3, 3]),
        np.arange(n) ** 2.0,
    ):
        found = verdict(y, quick=True)
        assert found.kind in (*KINDS, "undecided")
