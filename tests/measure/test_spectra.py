"""Spectra against scipy, closed forms and their own claimed error bars."""

import numpy as np
import pytest
from scipy import signal

from cocycle.core import CocycleError, DataError, EstimationError, Trajectory
from cocycle.measure import autocorrelation_time, dominant_period, power_spectrum
from cocycle.measure.spectra._period import _periodogram, _red_background


def ar1(length, coefficient, rng):
    return signal.lfilter([1], [1, -coefficient], rng.normal(size=length + 500))[500:]


@pytest.mark.parametrize("length", [64, 999])
def test_parseval_is_exact_for_one_plain_segment(length):
    x = np.random.default_rng(0).normal(size=(length, 2))
    data = Trajectory(0.25 * np.arange(length), x)
    estimate = power_spectrum(data, segments=1, window="boxcar")
    step = estimate.diagnostics["frequency"][1]
    assert step == pytest.approx(1 / (0.25 * length))
    np.testing.assert_allclose(estimate.value.sum(axis=0) * step, x.var(axis=0), rtol=1e-12)


@pytest.mark.parametrize("segments", [1, 5, 8])
def test_welch_agrees_with_scipy(segments):
    x = ar1(2000, 0.7, np.random.default_rng(1))
    estimate = power_spectrum(Trajectory(0.1 * np.arange(2000), x[:, None]), segments=segments)
    length = estimate.diagnostics["segment_length"]
    frequency, density = signal.welch(x - x.mean(), fs=10, nperseg=length, detrend=False)
    np.testing.assert_allclose(estimate.diagnostics["frequency"], frequency)
    np.testing.assert_allclose(estimate.value, density, rtol=1e-10)
    assert estimate.diagnostics["segments"] == segments


def test_interval_covers_the_known_spectrum_of_ar1():
    rng = np.random.default_rng(2)
    hits, errors = [], []
    for _ in range(100):
        estimate = power_spectrum(ar1(3000, 0.6, rng))
        f = estimate.diagnostics["frequency"]
        truth = 2 / np.abs(1 - 0.6 * np.exp(-2j * np.pi * f)) ** 2
        hits.append(((estimate.interval[0] <= truth) & (truth <= estimate.interval[1]))[2:-1].mean())
        errors.append((estimate.value / truth)[2:-1])
    assert abs(np.mean(hits) - 0.95) < 0.012
    # half-overlapping Hann tapers correlate by 1/6 in amplitude, 1/36 in power
    assert estimate.diagnostics["dof"][2] == pytest.approx(16 / (1 + 2 / 36 * 7 / 8), rel=1e-3)
    claimed = np.sqrt(2 / estimate.diagnostics["dof"][2])
    assert np.std(errors) == pytest.approx(claimed, rel=0.05)


def test_linear_detrending_removes_a_line():
    x = np.sin(0.5 * np.arange(512))
    bent = power_spectrum(x + 0.3 * np.arange(512), detrend="linear").value
    np.testing.assert_allclose(bent[3:], power_spectrum(x, detrend="linear").value[3:], atol=1e-6)


@pytest.mark.parametrize(("period", "noise"), [(23.7, 0.5), (7.77, 1.0), (100.3, 0.3)])
def test_a_line_in_noise_is_found_with_an_honest_error(period, noise):
    rng = np.random.default_rng(3)
    values, claimed = [], []
    for _ in range(100):
        x = np.sin(2 * np.pi * np.arange(1000) / period + rng.uniform(0, 6)) + noise * rng.normal(size=1000)
        estimate = dominant_period(Trajectory(0.5 * np.arange(1000), x[:, None]))
        assert estimate.diagnostics["p"] < 0.01
        values.append(estimate.value / 0.5)
        claimed.append(estimate.stderr / 0.5)
    values, claimed = np.array(values), np.array(claimed)
    assert abs(values.mean() - period) < 4 * values.std() / 10
    assert (np.abs(values - period) <= 1.96 * claimed).mean() >= 0.86  # nominal 95 %: below has probability 1e-3
    assert claimed.mean() < 3 * values.std()


def test_noise_free_and_two_lines():
    t = np.arange(2000)
    assert dominant_period(np.sin(2 * np.pi * t / 40.4)).value == pytest.approx(40.4, abs=1e-3)
    for length in (600, 601):
        assert dominant_period(np.arange(length) % 2).value == pytest.approx(2, abs=2e-3)
        assert dominant_period(np.arange(length) % 3).value == pytest.approx(3, abs=1e-3)
    both = dominant_period(np.sin(2 * np.pi * t / 40.4) + 2 * np.sin(2 * np.pi * t / 11.3))
    np.testing.assert_allclose(both.diagnostics["peaks"][:2], [11.3, 40.4], rtol=1e-3)
    chosen = dominant_period(np.column_stack([np.random.default_rng(4).normal(size=2000), np.sin(t)]))
    assert chosen.diagnostics["variable"] == "x1"
    assert chosen.value == pytest.approx(2 * np.pi, rel=1e-4)


@pytest.mark.parametrize("coefficient", [0.0, 0.9])
def test_red_noise_has_no_period(coefficient):
    rng = np.random.default_rng(5)
    found = [dominant_period(ar1(600, coefficient, rng)) for _ in range(150)]
    assert sum(e.diagnostics["significant"] for e in found) <= 17  # 5 % nominal: more has probability 1e-3
    assert any("No period" in note for e in found for note in e.notes)


def test_background_is_the_ar1_spectrum_whatever_the_line():
    rng, t = np.random.default_rng(8), np.arange(4000)
    levels = []
    for _ in range(20):
        x = ar1(4000, 0.8, rng) + 3 * np.sin(t)
        x = (x - x.mean()) / x.std()
        found = _red_background(_periodogram(x), x.size)
        truth = 1 / np.abs(1 - 0.8 * np.exp(-2j * np.pi * np.arange(found.size) / 4000)) ** 2
        truth /= 1 / 0.36 + 4.5  # the variance that x was divided by
        levels.append((found / truth)[[20, 500, 1500]])
    np.testing.assert_allclose(np.mean(levels, axis=0), 1, atol=0.08)


@pytest.mark.parametrize("coefficient", [0.0, 0.5, 0.9])
def test_autocorrelation_time_of_ar1(coefficient):
    rng = np.random.default_rng(6)
    truth = 0.2 * (1 + coefficient) / (1 - coefficient)
    found = []
    for _ in range(60):
        data = Trajectory(0.2 * np.arange(4000), ar1(4000, coefficient, rng)[:, None])
        found.append(autocorrelation_time(data))
    values = np.array([e.value for e in found])
    assert values.mean() == pytest.approx(truth, rel=0.06)
    assert 0.7 < np.mean([e.stderr for e in found]) / values.std() < 1.7


def test_refusals():
    x = np.random.default_rng(7).normal(size=200)
    with pytest.raises(EstimationError, match="longer"):
        autocorrelation_time(np.cumsum(x))
    with pytest.raises(DataError, match="straight line"):
        dominant_period(np.arange(100.0))
    with pytest.raises(DataError, match="use fewer"):
        power_spectrum(x[:20], segments=8)
    with pytest.raises(CocycleError, match="hann"):
        power_spectrum(x, window="kaiser")
    with pytest.raises(CocycleError, match="detrend"):
        power_spectrum(x, detrend="cubic")
    for measure in (power_spectrum, dominant_period, autocorrelation_time):
        with pytest.raises(DataError, match="constant"):
            measure(np.ones(100))
        with pytest.raises(DataError, match="row 3"):
            measure(np.where(np.arange(200) == 3, np.nan, x))
        with pytest.raises(DataError, match="at least"):
            measure(x[:5])
