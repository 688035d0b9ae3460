"""Returns and excursions against Kac's lemma, Rice's formula, arcsine laws and an integral equation."""

import numpy as np
import pytest
from scipy import signal

from cocycle.core import CocycleError, DataError, EstimationError, Trajectory
from cocycle.measure import excursion_statistics, persistency, return_times


def ar1(length, coefficient, seed):
    noise = np.random.default_rng(seed).normal(size=length + 300)
    return signal.lfilter([1], [1, -coefficient], noise)[300:]


def ar1_persistency(coefficient):
    """Rate at which AR(1) leaves the half-line, from the largest eigenvalue of its transition kernel there."""
    x, w = np.polynomial.legendre.leggauss(120)
    size = 8 / np.sqrt(1 - coefficient**2)
    x, w = size / 2 * (x + 1), size / 2 * w
    kernel = np.exp(-((x[:, None] - coefficient * x) ** 2) / 2) / np.sqrt(2 * np.pi) * w
    stay = np.ones(len(x))
    for _ in range(300):  # power iteration
        stay = kernel @ stay
        lost = stay.max()
        stay /= lost
    return -np.log(lost)


def logistic(length, x=0.3):
    out = np.empty(length)
    for i in range(length):
        x = 4 * x * (1 - x)
        out[i] = x
    return out


def within(estimate, truth, errors=4.0):
    assert abs(estimate.value - truth) < errors * estimate.stderr, (estimate, truth)


@pytest.mark.parametrize(("edge", "measure"), [(0.25, 1 / 3), (0.5, 1 / 2), (0.01, 0.06376855)])
def test_kac_for_the_logistic_map(edge, measure):
    # the invariant measure of [0, a] is (2 / pi) arcsin(sqrt a)
    data = Trajectory(0.5 * np.arange(20_000), logistic(20_000)[:, None])
    found = return_times(data, inside=lambda s: s[:, 0] < edge)
    within(found, 0.5 / measure)
    assert found.stderr < 0.05 * found.value
    assert found.diagnostics["measure"] == pytest.approx(0.5 / found.value, rel=0.01)
    assert found.diagnostics["between_entries"] > found.value


def test_returns_of_a_rotation_take_three_values():
    angle = (np.arange(5000) * (np.sqrt(5) - 1) / 2) % 1
    found = return_times(angle, inside=angle < 0.1)
    assert found.value == pytest.approx(10, rel=0.002)
    assert (
        len(np.unique(found.diagnostics["durations"])) == 3
    )  # Slater's three gaps: the largest is the sum of the others
    a, b, c = np.unique(found.diagnostics["durations"])
    assert c == a + b


@pytest.mark.parametrize(("direction", "period"), [("up", 7.3), ("down", 7.3), ("both", 3.65)])
def test_crossings_of_a_wave_are_one_period_apart(direction, period):
    t = 0.05 * np.arange(20_000)
    data = Trajectory(t, np.sin(2 * np.pi * t / 7.3)[:, None])
    found = return_times(data, level=0.0, direction=direction)
    assert found.value == pytest.approx(period, abs=1e-3)
    assert found.diagnostics["variation"] < 1e-3
    up = return_times(data, level=0.5, direction="up").diagnostics["events"]
    np.testing.assert_allclose(up[:3], 7.3 * (1 / 12 + np.arange(3)), atol=1e-3)


@pytest.mark.parametrize("coefficient", [0.0, 0.8])
def test_excursions_of_ar1_are_orthant_probabilities(coefficient):
    x = Trajectory(0.5 * np.arange(60_000), ar1(60_000, coefficient, 1)[:, None])
    found = excursion_statistics(x, level=0.0)
    angle = np.arccos(coefficient)
    within(found["crossing_rate"], 2 * angle / np.pi)
    within(found["mean_above"], 0.5 * np.pi / angle)
    within(found["mean_below"], 0.5 * np.pi / angle)
    within(found["fraction_above"], 0.5)
    # three of one sign: arcsine law of the trivariate orthant
    lasting = persistency(x, level=0.0)
    three = 0.25 + (2 * np.arcsin(coefficient) + np.arcsin(coefficient**2)) / (2 * np.pi)
    np.testing.assert_allclose(
        lasting.diagnostics["probability"][:3], [1, 1 - angle / np.pi, three], atol=0.012, rtol=0.0
    )
    within(lasting, 2 * ar1_persistency(coefficient))


def test_white_noise_halves_each_step():
    assert ar1_persistency(0.0) == pytest.approx(np.log(2), rel=1e-9)
    x = ar1(60_000, 0.0, 2)
    lengths, survival = (excursion_statistics(x, level=0.0)["mean_above"].diagnostics[k] for k in ("times", "survival"))
    np.testing.assert_allclose(survival[:4], 0.5 ** lengths[:4], atol=0.015)
    found = persistency(x, level=0.0)
    steps, log_survival, line = (found.diagnostics[k] for k in ("times", "log_survival", "log_survival_fit"))
    np.testing.assert_allclose(log_survival[:6], -np.log(2) * steps[:6], atol=0.06)
    beyond = np.isfinite(line)
    assert (beyond == (steps >= found.diagnostics["start"])).all()
    assert line[beyond][0] == log_survival[beyond][0]
    np.testing.assert_allclose(np.diff(line[beyond]), -found.value)


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_rice_for_a_smooth_gaussian_process(level):
    # random phases under the spectrum of r = exp(-t^2 / 2): -r''(0) = 1
    rng = np.random.default_rng(3)
    n, dt = 2**17, 0.05
    f = np.fft.rfftfreq(n, dt)
    power = np.exp(-((2 * np.pi * f) ** 2) / 2) * np.sqrt(2 * np.pi) / (n * dt)
    coefficients = np.sqrt(power / 2) * (rng.normal(size=f.size) + 1j * rng.normal(size=f.size))
    x = np.fft.irfft(coefficients, n) * n
    found = excursion_statistics(Trajectory(dt * np.arange(n), x[:, None]), level=level)
    rate = np.exp(-(level**2) / 2) / np.pi
    within(found["crossing_rate"], rate, 4)
    above = {0.0: 0.5, 1.0: 0.15865525}[level]
    within(found["mean_above"], 2 * above / rate)


def test_simple_walk_returns_by_catalan_numbers():
    # from 1 the walk reaches 0 first after 2m + 1 steps with probability C(2m, m) / (m + 1) / 2^(2m + 1)
    walk = np.cumsum(np.random.default_rng(4).choice([-1, 1], size=10**6))
    law = excursion_statistics(walk, level=0.5)["mean_above"].diagnostics
    n = len(law["lengths"])
    for length, expected in ((1, 1 / 2), (3, 1 / 8), (5, 1 / 16), (7, 5 / 128)):
        share = np.mean(law["lengths"] == length)
        assert abs(share - expected) < 4 * np.sqrt(expected / n)
    found = persistency(walk, level=0.5, law="power")
    within(found, 0.5)
    line, log_times = (found.diagnostics[k] for k in ("log_survival_fit", "log_times"))
    slope = np.diff(line) / np.diff(log_times)
    np.testing.assert_allclose(slope[np.isfinite(slope)], -found.value)
    np.testing.assert_allclose(np.exp(log_times[:3]), [0.5, 1.5, 2.5])


@pytest.mark.slow
def test_error_bars_cover():
    rate, mean, theta, kac = [], [], [], []
    truth = ar1_persistency(0.8)
    for seed in range(200):
        x = ar1(20_000, 0.8, 100 + seed)
        found = excursion_statistics(x, level=0.0)
        for kept, estimate, true in (
            (rate, found["crossing_rate"], np.arccos(0.8) / np.pi),
            (mean, found["mean_above"], np.pi / np.arccos(0.8)),
            (theta, persistency(x, level=0.0), truth),
            (kac, return_times(x, inside=lambda s: s[:, 0] > 5 / 3), 1 / 0.15865525),  # one standard deviation
        ):
            kept.append(abs(estimate.value - true) < 1.96 * estimate.stderr)
    for kept in (rate, mean, theta, kac):
        assert np.mean(kept) > 0.88  # nominal 95 %


def test_refusals():
    x = ar1(1000, 0.5, 5)
    with pytest.raises(DataError, match="no crossing"):
        excursion_statistics(x, level=100.0)
    with pytest.raises(EstimationError, match="crossings"):
        excursion_statistics(np.arange(100.0))
    with pytest.raises(EstimationError, match="excursions last longer"):
        persistency(x, start=200.0)
    with pytest.raises(EstimationError, match="visits"):
        return_times(x, inside=x > x.max() - 1e-9)
    with pytest.raises(CocycleError, match="one truth a sample"):
        return_times(x, inside=lambda s: s > 0)
    with pytest.raises(CocycleError, match="not both"):
        return_times(x, inside=x > 0, level=1.0)
    with pytest.raises(CocycleError, match="direction"):
        return_times(x, direction="sideways")
    with pytest.raises(CocycleError, match="law"):
        persistency(x, law="gaussian")
    with pytest.raises(CocycleError, match="level"):
        persistency(x, level=np.nan)
