"""Persistency from a correlation against printed exponents, exact ones, an integral equation and simulation."""

import jax
import numpy as np
import pytest
from scipy.integrate import quad

from cocycle.core import CocycleError, NotApplicableError, Trajectory
from cocycle.measure import excursion_statistics, gaussian_process, persistency, persistency_exponent


def diffusion(d):
    """Diffusion field of a random start at one place, in the logarithm of time."""
    return lambda t: np.exp(-d / 2 * np.logaddexp(t / 2, -t / 2)) * 2 ** (d / 2)


def acceleration(t):
    """Integral of a random walk, in the logarithm of time."""
    return 1.5 * np.exp(-t / 2) - 0.5 * np.exp(-1.5 * t)


def half_line(coefficient):
    """Rate at which AR(1) leaves the half-line, from the largest eigenvalue of its transition kernel there."""
    x, w = np.polynomial.legendre.leggauss(120)
    size = 8 / np.sqrt(1 - coefficient**2)
    x, w = size / 2 * (x + 1), size / 2 * w
    kernel = np.exp(-((x[:, None] - coefficient * x) ** 2) / 2) / np.sqrt(2 * np.pi) * w
    stay = np.ones(len(x))
    for _ in range(300):
        stay = kernel @ stay
        lost = stay.max()
        stay /= lost
    return -np.log(lost)


@pytest.mark.parametrize(
    ("correlation", "printed", "true", "off"),
    [
        # approximation and simulation of Majumdar et al. 1996; d = 2 is 3/16 exactly
        (diffusion(1), 0.1203, 0.1207, 0.01),
        (diffusion(2), 0.1862, 3 / 16, 0.01),
        (diffusion(3), 0.2358, 0.2380, 0.012),
    ],
)
def test_exponents_are_the_printed_ones(correlation, printed, true, off):
    found = persistency_exponent(correlation)
    assert found.value == pytest.approx(printed, abs=6e-5)
    assert found.value == pytest.approx(true, rel=off)
    assert found.value < found.diagnostics["slepian_bound"]
    assert found.diagnostics["proper"]
    assert found.stderr < 1e-7


def test_random_acceleration():
    found = persistency_exponent(acceleration)
    assert found.value == pytest.approx(0.25, rel=0.06)  # exactly 1/4 (Sinai, Burkhardt)

    def mean_sign(t):  # of Slepian's model, derivative by hand
        slope = 0.75 * (np.exp(-t / 2) - np.exp(-1.5 * t))
        return slope / np.sqrt(0.75 * (1 - acceleration(t) ** 2))

    theta = found.value
    matched = theta * quad(lambda t: np.exp(theta * t) * mean_sign(t), 1e-6, 120, limit=200, epsabs=1e-10)[0]
    assert matched == pytest.approx(1, abs=1e-5)


def test_scales_and_rice():
    found = persistency_exponent(lambda t: diffusion(2)(50 * t))
    assert found.value == pytest.approx(50 * persistency_exponent(diffusion(2)).value, rel=1e-8)
    assert found.diagnostics["mean_interval"] == pytest.approx(2 * np.pi / 50, rel=1e-7)  # -r'' = d / 8 = 1/4
    assert persistency_exponent(acceleration).diagnostics["crossing_rate"] == pytest.approx(
        np.sqrt(0.75) / np.pi, rel=1e-7
    )


def test_ornstein_uhlenbeck_is_exact():
    # a random walk in the logarithm of time: its persistency falls as t^(-1/2)
    found = persistency_exponent(lambda t: np.exp(-t / 2))
    assert found.value == pytest.approx(0.5, rel=1e-9)
    assert "exact" in found.diagnostics["method"]
    assert found.diagnostics["slepian_bound"] == pytest.approx(0.5, rel=1e-6)


@pytest.mark.parametrize("coefficient", [0.01, 0.3, 0.8])
def test_sampled_processes(coefficient):
    found = persistency_exponent(lambda t: coefficient**t, dt=1.0)
    assert found.value == pytest.approx(half_line(coefficient), rel=0.015)
    law = found.diagnostics["probability"]
    angle = np.arccos(coefficient)
    # matched to the process: the chance of a switch a step, and of no switch in one step after a switch if independent
    assert found.diagnostics["mean_interval"] == pytest.approx(np.pi / angle)
    assert (law > 0).all()
    # the signs of a process that switches by this law, by renewal, have the correlation that was matched
    after = np.zeros(30)  # mean sign n steps after a switch
    tail = 1 - np.concatenate([[0], np.cumsum(law[:30])])
    for n in range(30):
        after[n] = tail[n] - sum(law[k - 1] * after[n - k] for k in range(1, n + 1))
    first = tail * angle / np.pi  # chance that the first switch comes after n + 1 steps
    signs = [(1 - first[:n].sum()) - sum(first[k - 1] * after[n - k] for k in range(1, n + 1)) for n in range(1, 20)]
    np.testing.assert_allclose(signs, 2 / np.pi * np.arcsin(coefficient ** np.arange(1.0, 20)), atol=1e-9)


def test_sampling_ever_finer_is_continuous_time():
    whole = persistency_exponent(diffusion(2)).value
    errors = [whole - persistency_exponent(diffusion(2), dt=dt).value for dt in (0.5, 0.05)]
    assert 0 < errors[1] < 0.02 * errors[0]  # a sampled series misses crossings: second order in dt


def test_gaussian_process_has_the_correlation():
    x = gaussian_process(acceleration, 400, dt=0.3, k=2001, key=jax.random.key(0))
    assert x.shape == (2001, 400)
    truth = acceleration(0.3 * np.arange(60))
    for start in (0, 340):  # at the end as at the start, and not around the circle
        got = (x[:, start : start + 1] * x[:, start : start + 60]).mean(axis=0)
        np.testing.assert_allclose(got, truth, atol=4.5 * np.sqrt(2 / 2001))
    ends = (x[:, 0] * x[:, -1]).mean()
    assert abs(ends) < 4 / np.sqrt(2001)
    again = gaussian_process(acceleration, 400, dt=0.3, k=3, key=jax.random.key(0))
    np.testing.assert_array_equal(again, gaussian_process(acceleration, 400, dt=0.3, k=3, key=jax.random.key(0)))
    assert gaussian_process(lambda t: 4.0 * (t == 0), 30_000).var() == pytest.approx(4, rel=0.03)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("correlation", "true"), [(diffusion(1), 0.1207), (diffusion(2), 3 / 16), (acceleration, 0.25)]
)
def test_simulations_have_the_true_exponents(correlation, true):
    dt = 0.1
    values, errors = [], []
    for x in gaussian_process(correlation, 2**18, dt=dt, k=8, key=jax.random.key(1)):
        data = Trajectory(dt * np.arange(x.size), x[:, None])
        found = persistency(data, level=0.0)
        values.append(found.value)
        errors.append(found.stderr)
    rate = excursion_statistics(data, level=0.0)["crossing_rate"]
    sampled = np.arccos(correlation(np.array([dt]))[0]) / np.pi / dt
    assert abs(rate.value - sampled) < 4 * rate.stderr
    assert abs(np.mean(values) - true) < 3 * np.mean(errors) / np.sqrt(8) + 0.02 * true  # 2 %: crossings missed at dt


def test_refusals():
    with pytest.raises(NotApplicableError, match="oscillates"):
        persistency_exponent(lambda t: np.exp(-t) * np.cos(3 * t))
    with pytest.raises(NotApplicableError, match="more slowly"):
        persistency_exponent(lambda t: 1 / (1 + t) ** 2)
    with pytest.raises(NotApplicableError, match="rough"):
        persistency_exponent(lambda t: np.exp(-(t**1.5)))
    with pytest.raises(NotApplicableError, match="does not fall"):
        persistency_exponent(lambda t: np.ones_like(t))
    with pytest.raises(CocycleError, match="1 at time 0"):
        persistency_exponent(lambda t: 2 * np.exp(-t))
    with pytest.raises(CocycleError, match="dt"):
        persistency_exponent(lambda t: np.exp(-t), dt=-1.0)
    with pytest.raises(CocycleError, match="no circulant"):
        gaussian_process(lambda t: np.where(t < 5.5, 1.0, 0.0), 100)
    with pytest.raises(CocycleError, match="whole number"):
        gaussian_process(np.exp, 0)
