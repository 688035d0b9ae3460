"""Entropies against closed forms, brute force, and their own claimed error bars."""

import itertools
import math

import numpy as np
import pytest

from cocycle.core import CocycleError, DataError, EstimationError
from cocycle.measure.entropy import (
    complexity_bounds,
    ordinal_patterns,
    permutation_entropy,
    sample_entropy,
    statistical_complexity,
)


def logistic(length, seed=0, r=4.0):
    x = np.random.default_rng(seed).uniform(0.1, 0.9)
    out = np.empty(length)
    for i in range(-100, length):
        x = r * x * (1 - x)
        if i >= 0:
            out[i] = x
    return out


def lehmer(window):
    order = len(window)
    return sum(
        sum(window[j] < window[i] for j in range(i + 1, order)) * math.factorial(order - 1 - i) for i in range(order)
    )


# exact for the logistic map at r = 4: it is the tent map in another coordinate, whose invariant density is uniform and
# where the six orders of (u, Tu, TTu) are intervals with ends at fractions; three falling values never occur
LOGISTIC_ORDER_3 = np.array([5, 1, 2, 4, 3, 0]) / 15


@pytest.mark.parametrize(("order", "delay"), [(3, 1), (4, 2), (5, 3), (6, 1), (7, 2)])
def test_patterns_are_lehmer_codes_of_every_window(order, delay):
    x = np.random.default_rng(order).integers(0, 9, 300).astype(float)  # with many ties
    expected = [lehmer(x[t : t + (order - 1) * delay + 1 : delay]) for t in range(300 - (order - 1) * delay)]
    np.testing.assert_array_equal(ordinal_patterns(x, order=order, delay=delay), expected)


def test_every_permutation_has_its_own_number():
    codes = {int(ordinal_patterns(np.array(p, float), order=4)[0]) for p in itertools.permutations(range(4))}
    assert codes == set(range(24))


def test_logistic_map_has_its_exact_ordinal_probabilities():
    estimate = permutation_entropy(logistic(100_000), order=3)
    p = LOGISTIC_ORDER_3[LOGISTIC_ORDER_3 > 0]
    truth = float(-(p * np.log(p)).sum() / math.log(6))
    np.testing.assert_allclose(estimate.diagnostics["probabilities"], LOGISTIC_ORDER_3, atol=0.006)
    assert estimate.diagnostics["missing_patterns"] == [1]
    assert abs(estimate.value - truth) < 4 * estimate.stderr  # false alarm < 1e-4
    assert estimate.stderr < 0.002


@pytest.mark.parametrize("order", [3, 5])
def test_white_noise_is_one_and_monotone_zero(order):
    noise = np.random.default_rng(1).standard_cauchy(20_000)
    estimate = permutation_entropy(noise, order=order)
    assert estimate.value > 0.99
    assert estimate.interval[0] <= 1.0 <= estimate.interval[1]
    ramp = permutation_entropy(np.arange(50.0) ** 3, order=order)
    assert (ramp.value, ramp.stderr) == (0.0, 0.0)


def test_units_delay_and_mean_over_variables():
    x = logistic(3000)
    nats = permutation_entropy(x, order=4, normalise=False)
    assert nats.unit == "nats"
    assert nats.value == pytest.approx(permutation_entropy(x, order=4).value * math.log(24))
    slow = np.repeat(x, 2)  # every second sample of it is x
    assert permutation_entropy(slow[::2], order=4).value == permutation_entropy(x, order=4).value
    both = permutation_entropy(np.column_stack([x, -x[::-1]]), order=4)
    parts = [permutation_entropy(x, order=4).value, permutation_entropy(-x[::-1], order=4).value]
    np.testing.assert_allclose(both.diagnostics["per_variable"], parts)
    assert both.value == pytest.approx(np.mean(parts))


def test_bias_correction_is_miller_madow_for_independent_windows():
    # windows that do not overlap, of white noise, are independent: (K - 1) / 2n with K = 6
    values = np.random.default_rng(2).normal(size=(400, 60, 3)).reshape(400, -1)
    bias = np.mean([1 - permutation_entropy(v, order=3, normalise=True).value for v in values])
    claimed = np.mean([permutation_entropy(v, order=3).diagnostics["bias"] for v in values])
    assert claimed == pytest.approx(-bias, rel=0.12)
    corrected = np.mean([permutation_entropy(v, order=3, correct_bias=True).value for v in values])
    assert 1 - corrected < 0.7 * bias  # cut at 1, so not unbiased exactly there


@pytest.mark.parametrize(("make", "truth"), [("noise", 1.0), ("logistic", 0.8314454838586238)])
def test_permutation_entropy_interval_covers(make, truth):
    rng = np.random.default_rng(3)
    hits = 0
    for k in range(150):
        x = rng.normal(size=600) if make == "noise" else logistic(600, seed=k)
        low, high = permutation_entropy(x, order=3).interval
        hits += low <= truth <= high
    assert hits >= 132  # 95 % nominal: 142.5 expected; below 132 has probability 2e-4


def test_complexity_of_two_states_and_of_noise():
    # a falling zigzag has two patterns of order 3, equally often: P = (1/2, 1/2, 0, 0, 0, 0)
    x = np.cumsum(np.tile([1.0, -1.1], 5000))
    estimate = statistical_complexity(x, order=3)
    p = np.array([0.5, 0.5, 0, 0, 0, 0])
    u = np.full(6, 1 / 6)

    def shannon(q):
        return -sum(v * math.log(v) for v in q if v > 0)

    def divergence(q):
        return shannon((q + u) / 2) - shannon(q) / 2 - shannon(u) / 2

    truth = divergence(p) / divergence(np.eye(6)[0]) * shannon(p) / math.log(6)
    assert estimate.value == pytest.approx(truth, rel=1e-3)
    noise = statistical_complexity(np.random.default_rng(4).normal(size=20_000), order=4)
    assert noise.value < 0.002
    assert noise.interval[0] == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("order", [3, 4])
def test_complexity_bounds_hold_for_random_distributions_and_are_reached(order):
    n = math.factorial(order)
    rng = np.random.default_rng(5)
    p = rng.dirichlet(np.full(n, 0.2), size=2000)

    def shannon(q):
        return -np.where(q > 0, q * np.log(np.where(q > 0, q, 1)), 0).sum(axis=-1)

    def complexity(q):
        jensen = shannon((q + 1 / n) / 2) - shannon(q) / 2 - math.log(n) / 2
        one = np.eye(n)[0]
        top = shannon((one + 1 / n) / 2) - math.log(n) / 2
        return jensen / top * shannon(q) / math.log(n)

    _, low, high = complexity_bounds(order, np.clip(shannon(p) / math.log(n), 0, 1))
    assert (complexity(p) >= low - 1e-9).all()
    assert (complexity(p) <= high + 1e-9).all()
    equal = np.zeros(n)  # a distribution on half of the states, equal: on the upper curve
    equal[: n // 2] = 2 / n
    _, low, high = complexity_bounds(order, np.array([shannon(equal) / math.log(n)]))
    assert complexity(equal) == pytest.approx(high[0], abs=1e-9)
    peaked = np.full(n, 0.3 / (n - 1))  # one state above equal ones: on the lower curve
    peaked[0] = 0.7
    _, low, _ = complexity_bounds(order, np.array([shannon(peaked) / math.log(n)]))
    assert complexity(peaked) == pytest.approx(low[0], abs=1e-9)
    grid, low, high = complexity_bounds(order)
    assert grid.shape == (201,)
    np.testing.assert_allclose([low[0], low[-1], high[0], high[-1]], 0, atol=1e-9)


def brute_sample_entropy(x, m, tolerance):
    n = len(x) - m
    a = b = 0
    for i in range(n):
        for j in range(i + 1, n):
            if max(abs(x[i + k] - x[j + k]) for k in range(m)) <= tolerance:
                b += 1
                a += abs(x[i + m] - x[j + m]) <= tolerance
    return b, a


@pytest.mark.parametrize(("m", "length"), [(1, 90), (2, 301), (3, 222), (4, 150)])
def test_sample_entropy_counts_every_pair(m, length):
    rng = np.random.default_rng(m)
    x = np.round(np.sin(np.arange(length)) + 0.1 * rng.normal(size=length), 2)  # ties among the values
    estimate = sample_entropy(x, m=m, r=0.303)
    assert estimate.diagnostics["matches"] == brute_sample_entropy(x, m, 0.303 * x.std())
    b, a = estimate.diagnostics["matches"]
    assert estimate.value == pytest.approx(-math.log(a / b))


@pytest.mark.parametrize("m", [1, 2])
def test_sample_entropy_of_white_noise_is_the_closed_form(m):
    rng = np.random.default_rng(6)
    normal = sample_entropy(rng.normal(size=8000), m=m)
    assert abs(normal.value + math.log(math.erf(0.1))) < 4 * normal.stderr
    assert normal.stderr < 0.02
    side = 0.2 / math.sqrt(12)  # tolerance for the uniform law on [0, 1]
    uniform = sample_entropy(rng.uniform(size=8000), m=m)
    assert abs(uniform.value + math.log(2 * side - side**2)) < 4 * uniform.stderr


def test_sample_entropy_is_low_for_a_sine_and_does_not_depend_on_scale():
    x = np.sin(0.1 * np.arange(3000))
    assert sample_entropy(x).value < 0.3
    assert sample_entropy(1e6 + 1e3 * x).value == pytest.approx(sample_entropy(x).value, rel=1e-3)


@pytest.mark.parametrize("coefficient", [0.0, 0.8])
def test_sample_entropy_error_bar_is_right(coefficient):
    rng = np.random.default_rng(7)
    values, claimed = [], []
    for _ in range(120):
        x = np.empty(600)
        now = 0.0
        for t, kick in enumerate(rng.normal(size=600)):
            now = x[t] = coefficient * now + kick
        estimate = sample_entropy(x)
        values.append(estimate.value)
        claimed.append(estimate.stderr)
    assert 0.75 < np.mean(claimed) / np.std(values) < 1.45  # the scatter itself is known to 6 %


@pytest.mark.slow
def test_long_records_are_subsampled_and_say_so():
    estimate = sample_entropy(np.random.default_rng(8).normal(size=1_000_000))
    assert "of the pairs of 999998 templates" in estimate.notes[0]
    assert abs(estimate.value + math.log(math.erf(0.1))) < 4 * estimate.stderr


def test_what_cannot_be_estimated_says_so():
    x = np.random.default_rng(9).normal(size=200)
    with pytest.raises(EstimationError, match="larger r"):
        sample_entropy(x, m=8, r=0.01)
    for measure in (permutation_entropy, statistical_complexity, sample_entropy):
        with pytest.raises(DataError, match="constant"):
            measure(np.ones(100))
        with pytest.raises(DataError, match="row 5"):
            measure(np.where(np.arange(100) == 5, np.nan, x[:100]))
        with pytest.raises(DataError, match="at least"):
            measure([1.0, 2.0, 3.0])
    with pytest.raises(CocycleError, match="from 3 to 7"):
        permutation_entropy(x, order=8)
    with pytest.raises(CocycleError, match="delay"):
        permutation_entropy(x, delay=0)
    assert any("lower order" in note for note in permutation_entropy(x, order=6).notes)
    assert any("quantised" in note for note in permutation_entropy(np.round(x), order=3).notes)
