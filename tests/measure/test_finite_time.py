"""Finite-time exponents against closed forms: independent steps, constant Jacobians, coboundaries, geometric noise."""

import jax
import numpy as np
import pytest

import cocycle as cc
from cocycle.measure import finite_time_exponents, lyapunov_spectrum


@cc.map(x0=[0.3])
def logistic(n, x, r=4.0):
    return (r * x[0] * (1 - x[0]),)


def agrees(estimate, truth, *, sigmas=4.0, floor=0.0):
    value, error = np.atleast_1d(estimate.value), np.atleast_1d(estimate.stderr)
    np.testing.assert_array_less(np.abs(value - np.asarray(truth)), sigmas * error + floor + 1e-300)


def test_skew_tent_has_independent_steps_of_known_variance():
    a = 0.3
    found = finite_time_exponents(cc.systems.SkewTent(a=a), window=20, time=40_000)
    step = a * (1 - a) * np.log((1 - a) / a) ** 2  # the branches are independent, with probabilities a and 1 - a
    agrees(found.mean, [-a * np.log(a) - (1 - a) * np.log(1 - a)])
    agrees(found.variance, [step / 20])
    agrees(found.diffusion, [step])
    assert found.variance.stderr[0] < 0.05 * step / 20
    assert found.diffusion.stderr[0] < 0.2 * step
    assert found.exponents.shape == (len(found.times), 1) and len(found.times) >= 2000


def test_asymmetric_baker_has_both_variances_and_the_same_symbols():
    alpha, la, lb = 0.3, 0.2, 0.4
    system = cc.systems.GeneralizedBaker(alpha=alpha, lambda_a=la, lambda_b=lb)
    found = finite_time_exponents(system, window=25, time=40_000)
    both = alpha * (1 - alpha)
    steps = both * np.array([np.log((1 - alpha) / alpha), np.log(la / lb)]) ** 2
    mean = [
        -alpha * np.log(alpha) - (1 - alpha) * np.log(1 - alpha),
        alpha * np.log(la) + (1 - alpha) * np.log(lb),
    ]
    agrees(found.mean, mean)
    agrees(found.variance, steps / 25)
    agrees(found.diffusion, steps)
    # each step is of one of two kinds in both directions: one exponent is a linear function of the other
    assert abs(np.corrcoef(found.exponents.T)[0, 1]) > 1 - 1e-9


def test_cat_map_does_not_scatter():
    found = finite_time_exponents(cc.systems.ArnoldCat(), window=10, time=4000)
    rate = np.log((3 + np.sqrt(5)) / 2)
    np.testing.assert_allclose(found.exponents, np.broadcast_to([rate, -rate], found.exponents.shape), atol=1e-12)
    assert (found.variance.value < 1e-24).all() and (np.abs(found.diffusion.value) < 1e-24).all()


@pytest.mark.parametrize("window", [10, 40])
def test_logistic_map_scatters_without_diffusing(window):
    """log |f'| = log 2 + h(f(x)) - h(x), h = log(x (1 - x)) / 2: sums vary by 2 Var h = pi^2 / 6, however long."""
    found = finite_time_exponents(logistic(), window=window, time=1200 * window)
    agrees(found.mean, [np.log(2)])
    agrees(found.variance, [np.pi**2 / 6 / window**2])
    agrees(found.diffusion, [0.0])
    assert found.diffusion.stderr[0] < 0.3 * found.diffusion.diagnostics["scaled_variance"][0]


def test_geometric_brownian_motion_diffuses_with_its_noise():
    mu, sigma = 0.1, 0.4
    system = cc.systems.GeometricBrownianMotion(mu=mu, sigma=sigma)
    found = finite_time_exponents(system, window=1.0, time=1000.0, key=jax.random.key(0))
    agrees(found.mean, [mu - sigma**2 / 2])
    agrees(found.variance, [sigma**2])
    agrees(found.diffusion, [sigma**2])
    assert found.diffusion.stderr[0] < 0.25 * sigma**2


def test_the_neutral_direction_of_a_flow_does_not_diffuse():
    found = finite_time_exponents(cc.systems.Lorenz63(), window=10.0, time=8000.0)
    spectrum = lyapunov_spectrum(cc.systems.Lorenz63(), time=1000.0)
    difference = np.abs(found.mean.value - spectrum.value)
    assert (difference < 4 * np.hypot(found.mean.stderr, spectrum.stderr)).all()
    assert abs(found.diffusion.value[1]) < 4 * found.diffusion.stderr[1]
    # the divergence is constant, so the first and the last mirror each other but for the neutral one
    assert abs(found.diffusion.value[0] - found.diffusion.value[2]) < 2 * found.diffusion.stderr[0]
    assert np.ptp(found.exponents.sum(axis=1)) < 1e-4
    assert found.window == pytest.approx(10.0) and np.allclose(np.diff(found.times), 10.0)


def test_partial_spectrum_and_misuse():
    assert finite_time_exponents(cc.systems.ArnoldCat(), window=5, time=2000, k=1).exponents.shape[1] == 1
    with pytest.raises(cc.CocycleError, match="at least 256"):
        finite_time_exponents(cc.systems.ArnoldCat(), window=50, time=2000)
    with pytest.raises(cc.CocycleError, match="whole number"):
        finite_time_exponents(cc.systems.ArnoldCat(), window=2.5, time=2000)
    with pytest.raises(cc.CocycleError, match="must be positive"):
        finite_time_exponents(cc.systems.ArnoldCat(), window=-1)
    with pytest.raises(cc.CocycleError, match="superstable"):
        finite_time_exponents(logistic(r=2.0), window=5, time=2000, x0=[0.5], transient=0.0)


@pytest.mark.slow
def test_error_bars_cover_the_truth():
    a, rng = 0.3, np.random.default_rng(0)
    step = a * (1 - a) * np.log((1 - a) / a) ** 2
    found = [
        finite_time_exponents(cc.systems.SkewTent(a=a), window=10, time=5000, x0=rng.uniform(size=1))
        for _ in range(200)
    ]
    for name, truth in (("variance", step / 10), ("diffusion", step)):
        value = np.array([getattr(f, name).value[0] for f in found])
        error = np.array([getattr(f, name).stderr[0] for f in found])
        assert abs(value.mean() - truth) < 4 * value.std() / np.sqrt(200)
        assert np.mean(np.abs(value - truth) < 1.96 * error) > 0.88
        assert 0.8 < np.sqrt(np.mean(error**2)) / value.std() < 1.5
