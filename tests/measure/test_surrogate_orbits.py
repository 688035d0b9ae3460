"""Surrogates that follow the recording, and AAFT: what each promises to keep, what it destroys, and its size."""

import itertools

import jax
import numpy as np
import pytest
from scipy.signal import lfilter
from scipy.spatial.distance import cdist

from cocycle.core import CocycleError, DataError, EstimationError
from cocycle.measure import (
    aaft,
    pseudo_periodic_surrogates,
    rank_test,
    recurrence_quantification,
    shuffled,
    time_shifted,
    twin_surrogates,
)
from cocycle.measure.surrogates import spectrum_error


def logistic(length, x=0.3, r=4.0):
    out = np.empty(length)
    for i in range(-100, length):
        x = r * x * (1 - x)
        if i >= 0:
            out[i] = x
    return out


def ar(length, rng, a=0.8):
    return lfilter([1], [1, -a], rng.normal(size=length + 300))[300:]


def cycles(length, rng, noise=0.1, period=11.3):
    return np.sin(2 * np.pi * np.arange(length) / period + rng.uniform(0, 6)) + noise * rng.normal(size=length)


# -- AAFT -----------------------------------------------------------------------------------------------------------


def test_aaft_keeps_the_samples_exactly_and_the_spectrum_roughly():
    x = np.exp(0.3 * ar(600, np.random.default_rng(0)))
    surrogates = aaft(x, n=9, key=jax.random.key(1))
    assert surrogates.shape == (9, 600)
    np.testing.assert_array_equal(np.sort(surrogates, axis=1), np.tile(np.sort(x), (9, 1)))
    assert spectrum_error(x, surrogates).mean() < 0.7 * spectrum_error(x, shuffled(x, n=9)).mean()
    lag_one = [np.corrcoef(s[1:], s[:-1])[0, 1] for s in surrogates]
    np.testing.assert_allclose(np.mean(lag_one), np.corrcoef(x[1:], x[:-1])[0, 1], atol=0.04)
    np.testing.assert_array_equal(surrogates, aaft(x, n=9, key=jax.random.key(1)))
    assert not np.allclose(surrogates[0], surrogates[1])


def test_aaft_of_several_variables_keeps_their_correlation():
    rng = np.random.default_rng(1)
    x = np.column_stack([ar(1500, rng), rng.normal(size=1500)])
    x[3:, 1] += x[:-3, 0]
    for s in aaft(x, n=4):
        np.testing.assert_array_equal(np.sort(s, axis=0), np.sort(x, axis=0))
        assert np.corrcoef(s[:-3, 0], s[3:, 1])[0, 1] == pytest.approx(np.corrcoef(x[:-3, 0], x[3:, 1])[0, 1], abs=0.08)


# -- shifted --------------------------------------------------------------------------------------------------------


def test_time_shifted_keeps_all_but_the_start():
    x = np.column_stack([ar(300, np.random.default_rng(2)), np.arange(300.0)])
    surrogates = time_shifted(x, n=200, least=20)
    shifts = surrogates[:, 0, 1].astype(int)
    assert len(set(shifts)) == 200 and shifts.min() >= 20 and shifts.max() <= 280
    for s, shift in zip(surrogates, shifts, strict=True):
        np.testing.assert_array_equal(s, np.concatenate([x[shift:], x[:shift]]))
    np.testing.assert_allclose(spectrum_error(x, surrogates), 0.0, atol=1e-12)
    with pytest.raises(CocycleError, match="shifted"):
        time_shifted(x, least=200)


# -- pseudo-periodic ------------------------------------------------------------------------------------------------


def follows(x, s):
    """Share of steps of the surrogate that are steps of the data (all samples of the data differ)."""
    where = {v: i for i, v in enumerate(x)}
    index = np.array([where[v] for v in s])  # a KeyError would be a sample that the data lack
    return np.mean(np.diff(index) == 1)


def test_pseudo_periodic_radius_runs_from_the_data_to_noise():
    x = cycles(800, np.random.default_rng(3))
    tight, loose = (pseudo_periodic_surrogates(x, n=3, radius=r, delay=3, dimension=2) for r in (1e-4, 1e3))
    assert tight.shape == (3, 800)
    assert min(follows(x, s) for s in tight) > 0.95
    assert max(follows(x, s) for s in loose) < 0.02
    assert max(abs(np.corrcoef(s[1:], s[:-1])[0, 1]) for s in loose) < 0.15


def test_pseudo_periodic_keeps_the_cycle_and_loses_what_links_cycles():
    rng = np.random.default_rng(4)
    amplitude = 1 + 0.25 * ar(4000 // 20 + 1, rng, 0.9).repeat(20)[:4000] / 2.3  # slowly varying: links the cycles
    x = amplitude * np.sin(2 * np.pi * np.arange(4000) / 20) + 0.02 * rng.normal(size=4000)
    samples = pseudo_periodic_surrogates(x, n=6, delay=5, dimension=2)

    def link(s):  # correlation of a cycle's peak with the one six cycles on
        peaks = s[: len(s) // 20 * 20].reshape(-1, 20).max(axis=1)
        return np.corrcoef(peaks[:-6], peaks[6:])[0, 1]

    def at_period(s):
        z = s - s.mean()
        return (z[20:] * z[:-20]).mean() / z.var()

    assert link(x) > 0.4
    assert np.mean([link(s) for s in samples]) < 0.5 * link(x)
    assert min(at_period(s) for s in samples) > 0.6
    assert {round(v, 12) for v in samples.ravel()} <= {round(v, 12) for v in x}


def test_pseudo_periodic_default_radius_makes_segments_of_two_most_frequent():
    x = cycles(600, np.random.default_rng(5))
    from cocycle.measure._neighbours import delay_matrix
    from cocycle.measure.surrogates._recurrent import _noise_radius

    best = _noise_radius(delay_matrix(x[:, None], 3, 2))

    def pairs(radius):
        where = {v: i for i, v in enumerate(x)}
        count = 0
        for s in pseudo_periodic_surrogates(x, n=20, radius=radius, delay=3, dimension=2, key=jax.random.key(7)):
            step = np.diff([where[v] for v in s]) == 1
            count += np.sum(step[1:-1] & ~step[:-2] & ~step[2:])
        return count

    most = pairs(best)
    assert most > 1.3 * pairs(best / 4) and most > 1.3 * pairs(best * 4)


# -- twins ----------------------------------------------------------------------------------------------------------


def test_every_step_of_a_twin_surrogate_is_from_a_twin_by_the_definition():
    x = logistic(400)
    threshold = 0.05
    recurrent = np.abs(x[:, None] - x) <= threshold
    surrogates = twin_surrogates(x, n=5, delay=1, dimension=1, threshold=threshold)
    where = {v: i for i, v in enumerate(x)}
    jumps = 0
    for s in surrogates:
        index = [where[v] for v in s]
        for i, after in itertools.pairwise(index):
            if i == 399 and not (recurrent == recurrent[399]).all(axis=1)[:-1].any():
                assert recurrent[399, after - 1]
            else:
                np.testing.assert_array_equal(recurrent[i], recurrent[after - 1])
                jumps += after != i + 1
    assert jumps > 20


def test_twin_surrogates_keep_the_recurrences_and_the_dynamics():
    x = logistic(1500)
    surrogates = twin_surrogates(x, n=6, delay=1, dimension=1)

    def structure(s):
        found = recurrence_quantification(s, threshold=0.1, delay=1, dimension=1)
        return np.array([float(found[k]) for k in ("recurrence_rate", "determinism")])

    own, noise = structure(x), structure(shuffled(x)[0])
    for s in surrogates:
        np.testing.assert_allclose(structure(s), own, atol=0.15 * abs(own - noise).max() + 0.02)
        error = np.abs(s[1:] - 4 * s[:-1] * (1 - s[:-1]))
        assert np.median(error) < 0.02
    assert abs(own - noise)[1] > 0.2  # so the bound above says something
    assert abs(np.corrcoef(surrogates[0], surrogates[1])[0, 1]) < 0.2  # another start: they part


def test_twin_surrogates_refuse_a_record_without_twins():
    with pytest.raises(EstimationError, match="twins"):
        twin_surrogates(np.random.default_rng(6).normal(size=200), threshold=1e-9, delay=1, dimension=1)
    with pytest.raises(CocycleError, match="memory"):
        twin_surrogates(np.random.default_rng(6).normal(size=7000), delay=1, dimension=1)
    with pytest.raises(CocycleError, match="threshold"):
        twin_surrogates(logistic(200), delay=1, dimension=1, threshold=-1.0)


def test_several_variables_are_the_state():
    t = 0.2 * np.arange(600)
    x = np.column_stack([np.cos(t), np.sin(t)]) + 0.02 * np.random.default_rng(8).normal(size=(600, 2))
    rows = {tuple(row) for row in x}
    for make in (twin_surrogates, pseudo_periodic_surrogates):
        found = make(x, n=2)
        assert found.shape == (2, 600, 2)
        assert {tuple(row) for row in found.reshape(-1, 2)} <= rows


@pytest.mark.parametrize("make", [aaft, time_shifted, twin_surrogates, pseudo_periodic_surrogates])
def test_bad_data_are_refused(make):
    good = logistic(300)
    for bad in (np.full(300, 2.5), np.where(np.arange(300) == 5, np.nan, good), good[:5], good.astype(complex)):
        with pytest.raises(DataError):
            make(bad)
    with pytest.raises(CocycleError, match="n must be"):
        make(good, n=0)


# -- p-values -------------------------------------------------------------------------------------------------------


def test_rank_test_counts_ranks():
    others = np.arange(39.0)
    assert rank_test(-1.0, others, sides="lower").value == 1 / 40
    assert rank_test(40.0, others, sides="upper").value == 1 / 40
    assert rank_test(40.0, others).value == 2 / 40
    assert rank_test(19.0, others).value == 1.0
    assert rank_test(0.0, np.zeros(39), sides="lower").value == 1.0  # ties count against rejection
    assert "differ" in rank_test(40.0, others).diagnostics["reason"]
    with pytest.raises(CocycleError, match="19"):
        rank_test(0.0, np.zeros(5))
    with pytest.raises(CocycleError, match="sides"):
        rank_test(0.0, others, sides="both")
    with pytest.raises(DataError, match="finite"):
        rank_test(np.nan, others)


def uniform(p, steps=20):
    """Largest distance of the p-values' distribution from uniform, times sqrt(n): Kolmogorov's statistic."""
    levels = np.arange(1, steps) / steps
    return np.sqrt(len(p)) * max(abs(np.mean(p <= a + 1e-9) - a) for a in levels)


def correlation(a, b):
    return abs(np.corrcoef(a, b)[0, 1])


def skewness(x):
    step = np.diff(x)
    return (step**3).mean() / (step**2).mean() ** 1.5


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["aaft", "time shifted", "twin", "pseudo-periodic"])
def test_p_values_are_uniform_under_the_null(kind):
    rng = np.random.default_rng(9)
    p = []
    for trial in range(300):
        key = jax.random.key(trial)
        if kind == "aaft":
            x = ar(400, rng)
            own, others = skewness(x), [skewness(s) for s in aaft(x, n=19, key=key)]
        elif kind == "time shifted":
            x, y = ar(400, rng), ar(400, rng)
            own, others = correlation(x, y), [correlation(s, y) for s in time_shifted(x, n=19, key=key)]
        elif kind == "twin":
            x, y = logistic(400, rng.uniform(0.1, 0.9)), logistic(400, rng.uniform(0.1, 0.9))
            own = correlation(x, y)
            others = [correlation(s, y) for s in twin_surrogates(x, n=19, delay=1, dimension=1, key=key)]
        else:
            x = cycles(400, rng, period=10.0)

            def link(s):  # of the noise of a cycle with that of the next: none under the null
                peaks = s.reshape(-1, 10).max(axis=1)
                return np.corrcoef(peaks[1:], peaks[:-1])[0, 1]

            own, others = link(x), [link(s) for s in pseudo_periodic_surrogates(x, n=19, delay=3, dimension=2, key=key)]
        p.append(float(rank_test(own, others, sides="two" if kind == "aaft" else "upper")))
    p = np.array(p)
    steps = 10 if kind == "aaft" else 20
    assert uniform(p, steps) < 1.63  # 1 % of uniform samples lie beyond


def test_brute_force_walk_weights():
    """One step of the pseudo-periodic walk has the probabilities of the definition."""
    x = cycles(60, np.random.default_rng(10))
    points = np.column_stack([x[:-2], x[2:]])
    radius = 0.3
    distance = cdist(points, points[:-1])
    weight = np.exp(-distance / radius)
    weight /= weight.sum(axis=1, keepdims=True)
    samples = pseudo_periodic_surrogates(x, n=4000, radius=radius, delay=2, dimension=2)
    where = {v: i for i, v in enumerate(x)}
    index = np.array([[where[v] for v in s[:30]] for s in samples])
    start = 7
    after = index[:, 1:][index[:, :-1] == start]
    expected = np.concatenate([[0.0], weight[start]])
    found = np.bincount(after, minlength=len(expected)) / len(after)
    assert len(after) > 1000
    assert np.abs(found - expected).max() < 4 * np.sqrt(expected.max() / len(after))
