"""Cross-spectra and spectrograms against scipy, closed forms and their own claimed error bars."""

import numpy as np
import pytest
from scipy import signal, stats
from scipy.special import betainc

from cocycle.core import CocycleError, DataError, EstimationError, Trajectory
from cocycle.measure import cross_spectrum, group_delay, spectrogram
from cocycle.measure.spectra._coherence import _cumulative, coherence_interval


def record(x, dt=1.0):
    return Trajectory(dt * np.arange(len(x)), x)


def test_agrees_with_scipy():
    rng = np.random.default_rng(0)
    x = signal.lfilter([1], [1, -0.7], rng.normal(size=(2000, 2)) @ [[1, 0.5], [0, 1]], axis=0)
    found = cross_spectrum(record(x, 0.1), segments=9)
    options = {"fs": 10, "nperseg": found["coherence"].diagnostics["segment_length"], "detrend": False}
    z = x - x.mean(axis=0)
    frequency, coherence = signal.coherence(*z.T, **options)
    cross = signal.csd(*z.T, **options)[1]
    np.testing.assert_allclose(found["coherence"].diagnostics["frequency"], frequency[1:-1])
    np.testing.assert_allclose(found["coherence"].value, coherence[1:-1], rtol=1e-9)
    np.testing.assert_allclose(found["density"].value, np.abs(cross[1:-1]), rtol=1e-9)
    np.testing.assert_allclose(found["phase"].value, np.angle(cross[1:-1]), atol=1e-9)
    np.testing.assert_allclose(found["gain"].value, np.abs(cross / signal.welch(z[:, 0], **options)[1])[1:-1])


def test_coherence_gain_and_phase_of_a_filter_with_noise():
    rng = np.random.default_rng(1)
    x = rng.normal(size=40_500)
    y = signal.lfilter([1.0, 0.5], [1, -0.6], x) + 0.7 * rng.normal(size=x.size)
    found = cross_spectrum(np.column_stack([x, y])[500:], segments=200)
    f = found["phase"].diagnostics["frequency"]
    response = (1 + 0.5 * np.exp(-2j * np.pi * f)) / (1 - 0.6 * np.exp(-2j * np.pi * f))
    truth = {
        "coherence": np.abs(response) ** 2 / (np.abs(response) ** 2 + 0.49),
        "gain": np.abs(response),
        "phase": np.angle(response),
        "density": 2 * np.abs(response),
    }
    for name in ("gain", "phase", "density"):
        errors = (found[name].value - truth[name]) / found[name].stderr
        assert 0.75 < np.sqrt(np.mean(errors**2)) < 1.25, name
    low, high = found["coherence"].interval
    assert np.mean((low <= truth["coherence"]) & (truth["coherence"] <= high)) > 0.88


def test_coherence_of_unrelated_series_is_one_over_k_with_exact_p_values():
    x = np.random.default_rng(2).normal(size=(40_000, 2))
    found = cross_spectrum(x, segments=10, window="boxcar")["coherence"]
    assert found.diagnostics["independent_segments"] == 10
    assert found.value.mean() == pytest.approx(0.1, abs=4 * 0.0949 / np.sqrt(1999))  # Beta(1, 9)
    assert stats.kstest(found.diagnostics["p"], "uniform").pvalue > 1e-3
    assert np.mean(found.value > found.diagnostics["chance_level"]) == pytest.approx(0.05, abs=0.02)


@pytest.mark.parametrize(("n", "true"), [(5.5, 0.2), (16, 0.9), (60, 0.02)])
def test_law_of_the_coherence_is_the_mixture_of_beta_laws(n, true):
    # the energy of x makes the noncentrality random: a negative binomial mixture of Beta(1 + j, n - 1)
    zeta = np.linspace(0, 6, 3000)
    law = _cumulative(n, zeta[None], np.array([true]))[0]
    j = np.arange(2000)
    weights = stats.nbinom.pmf(j, n, 1 - true)
    for at in (0.2, 0.5, 1.0, 1.6):
        assert np.interp(at, zeta, law) == pytest.approx(weights @ betainc(1 + j, n - 1, np.tanh(at) ** 2), abs=2e-5)


def test_interval_of_the_coherence_has_its_two_ends_right():
    low, high = coherence_interval(np.array([1e-4, 0.4, 0.97]), 12.0, 0.9)
    assert low[0] == 0
    for end, tail in ((low, 0.05), (high, 0.95)):  # as much or more has probability 5 % at the lower end
        law = [_cumulative(12.0, np.linspace(0, 5, 4000)[None], end[i : i + 1])[0] for i in (1, 2)]
        at = [np.interp(np.arctanh(np.sqrt(z)), np.linspace(0, 5, 4000), p) for z, p in zip((0.4, 0.97), law)]
        np.testing.assert_allclose(at, 1 - tail, atol=2e-3)


@pytest.mark.parametrize("offset", [True, False])
def test_a_pure_delay_is_the_slope_of_the_phase(offset):
    rng = np.random.default_rng(3)
    x = rng.normal(size=6100)
    late = record(np.column_stack([x[100:], x[93:-7]]) + 0.7 * rng.normal(size=(6000, 2)), 0.25)
    found = group_delay(late, segments=32, offset=offset)
    f, phase, line = (found.diagnostics[k] for k in ("frequency", "phase", "phase_fit"))
    np.testing.assert_allclose(np.diff(line) / np.diff(f), -2 * np.pi * found.value)
    np.testing.assert_allclose(phase - line, found.diagnostics["residual"], atol=1e-12)
    assert np.mean(np.abs(phase - line) < 2 * found.diagnostics["phase_stderr"]) > 0.8
    assert abs(found.value - 1.75) < 4 * found.stderr
    assert found.stderr < 0.02
    early = group_delay(np.asarray(late.states)[:, ::-1], segments=32, offset=offset)
    assert early.value == pytest.approx(-4 * found.value, abs=0.01)
    turned = group_delay(np.asarray(late.states) * [1, -1], segments=32)
    assert abs(turned.value - 7) < 4 * turned.stderr
    assert abs(np.cos(turned.diagnostics["offset"]) + 1) < 0.05  # the sign is the offset, not the slope


def test_group_delay_of_an_all_pass_depends_on_frequency():
    # (a + 1/z) / (1 + a/z) has group delay (1 - a^2) / (1 + 2 a cos(w) + a^2)
    x = np.random.default_rng(4).normal(size=20_000)
    y = signal.lfilter([0.5, 1], [1, 0.5], x)
    data = np.column_stack([x, y])[100:]
    low = group_delay(data, segments=100, band=(0.01, 0.06))
    high = group_delay(data, segments=100, band=(0.44, 0.49))
    w = 2 * np.pi * np.array([0.035, 0.465])
    truth = 0.75 / (1.25 + np.cos(w))
    assert low.value == pytest.approx(truth[0], rel=0.02)
    assert high.value == pytest.approx(truth[1], rel=0.05)
    assert any("no straight line" in note for note in group_delay(data, segments=100).notes)


@pytest.mark.slow
def test_error_bars_of_cross_spectra_cover():
    rng = np.random.default_rng(5)
    inside = {"coherence": [], "phase": [], "gain": [], "density": [], "delay": []}
    truth = {"coherence": 0.64 / 1.64, "gain": 0.8, "density": 1.6}
    for _ in range(200):
        x = rng.normal(size=4100)
        data = np.column_stack([x, 0.8 * np.roll(x, 7) + rng.normal(size=x.size)])[20:]
        found = cross_spectrum(data)
        for name, estimate in found.items():
            true = truth.get(name, -2 * np.pi * 7 * estimate.diagnostics["frequency"])
            shift = 2 * np.pi * np.round((estimate.value - true) / (2 * np.pi)) if name == "phase" else 0
            low, high = estimate.interval
            inside[name].append(np.mean((low <= true + shift) & (true + shift <= high)))
        delay = group_delay(data)
        inside["delay"].append(abs(delay.value - 7) < 1.96 * delay.stderr)
    assert np.mean(inside["coherence"]) == pytest.approx(0.95, abs=0.01)
    for name in ("phase", "gain", "density"):
        assert np.mean(inside[name]) == pytest.approx(0.945, abs=0.015), name
    assert np.mean(inside["delay"]) > 0.895  # 95 % nominal; below has probability 1e-3 over 200 runs


@pytest.mark.slow
def test_unrelated_series_have_no_delay():
    rng, found = np.random.default_rng(6), 0
    for _ in range(200):
        try:
            group_delay(rng.normal(size=(2000, 2)))
            found += 1
        except EstimationError:
            pass
    assert found <= 2  # one coherent frequency by chance in 20 runs, three almost never


# -- spectrogram --------------------------------------------------------------------------------------------------


def test_one_taper_agrees_with_scipy():
    x = np.random.default_rng(7).normal(size=(1000, 2))
    found = spectrogram(record(x, 0.5), segment=50.0, step=20.0, tapers=1)
    f, t, density = signal.spectrogram(x, fs=2, window="hann", nperseg=100, noverlap=60, detrend="constant", axis=0)
    np.testing.assert_allclose(found.value, np.moveaxis(density, -1, 0), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(found.diagnostics["frequency"], f)
    np.testing.assert_allclose(found.diagnostics["times"], t - 0.25)  # ours is the middle of the samples


@pytest.mark.parametrize("tapers", [1, 5])
def test_spectrogram_covers_the_spectrum_of_ar2(tapers):
    x = signal.lfilter([1], [1, -0.5, 0.3], np.random.default_rng(8).normal(size=60_500))[500:]
    found = spectrogram(x, segment=1000, step=1000, tapers=tapers)
    f = found.diagnostics["frequency"]
    turn = np.exp(-2j * np.pi * f)
    truth = 2 / np.abs(1 - 0.5 * turn + 0.3 * turn**2) ** 2
    assert found.value.shape == (60, 501)
    np.testing.assert_allclose((found.value / truth)[:, 5:-5].mean(), 1, atol=0.02)
    low, high = found.interval
    assert np.mean(((low <= truth) & (truth <= high))[:, 5:-5]) == pytest.approx(0.95, abs=0.01)
    assert np.std((found.value / truth)[:, 5:-5]) == pytest.approx(1 / np.sqrt(tapers), rel=0.05)


def test_parseval_for_every_taper():
    x = np.random.default_rng(9).normal(size=300)
    found = spectrogram(x, segment=300, tapers=3, bandwidth=0.02)
    windows = signal.windows.dpss(300, 6, 3)
    energy = np.mean([np.sum((w * (x - x.mean())) ** 2) for w in windows])
    assert found.value.sum() * found.diagnostics["frequency"][1] == pytest.approx(energy, rel=1e-9)


def test_spectrogram_keeps_time():
    t = np.arange(4000) / 100
    x = np.where(t < 20, np.sin(2 * np.pi * 5 * t), np.sin(2 * np.pi * 17 * t))
    found = spectrogram(record(x[:, None], 0.01), segment=2.0)
    ridge = found.diagnostics["frequency"][np.argmax(found.value, axis=1)]
    when = found.diagnostics["times"]
    np.testing.assert_allclose(ridge[when < 18.9], 5, atol=1.3)  # the half-width of four tapers on 2 s
    np.testing.assert_allclose(ridge[when > 21.1], 17, atol=1.3)


def test_refusals():
    rng = np.random.default_rng(10)
    pair = rng.normal(size=(300, 2))
    with pytest.raises(DataError, match="two columns"):
        cross_spectrum(rng.normal(size=300))
    with pytest.raises(CocycleError, match="4 segments"):
        cross_spectrum(pair, segments=2)
    with pytest.raises(EstimationError, match="coherent at"):
        group_delay(pair)
    x = rng.normal(size=20_000)
    with pytest.raises(EstimationError, match="quarter of a segment"):
        group_delay(np.column_stack([x[430:], x[:-430]]), segments=24)
    with pytest.raises(CocycleError, match="band"):
        group_delay(pair, band=(0.3, 0.1))
    with pytest.raises(CocycleError, match="bandwidth"):
        spectrogram(x, segment=64, tapers=5, bandwidth=0.01)
    with pytest.raises(DataError, match="stretch"):
        spectrogram(x, segment=50_000)
    with pytest.raises(CocycleError, match="whole number"):
        spectrogram(x, tapers=0)
