"""The 0-1 test: published cases, direct sums, and what it must refuse."""

import jax
import numpy as np
import pytest
from scipy.integrate import solve_ivp

from cocycle.core import CocycleError, DataError, EstimationError, Trajectory
from cocycle.measure.chaos import zero_one_test


def logistic(length, r, x=0.3):
    out = np.empty(length)
    for i in range(-1000, length):
        x = r * x * (1 - x)
        if i >= 0:
            out[i] = x
    return out


def lorenz(times, rho):
    def field(t, s):
        return [10 * (s[1] - s[0]), s[0] * (rho - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]]

    start = solve_ivp(field, (0, 60), [1.0, 1.0, 20.0], rtol=1e-6, atol=1e-6).y[:, -1]
    return solve_ivp(field, (0, times[-1]), start, t_eval=times, rtol=1e-6, atol=1e-6).y[0]


@pytest.mark.parametrize(("r", "chaotic"), [(3.55, False), (3.97, True), (3.84, False), (4.0, True)])
def test_logistic_map(r, chaotic):  # the two cases of the 2009 paper's figure, a period-3 window, full chaos
    k = zero_one_test(logistic(2000, r))
    assert k.value > 0.98 if chaotic else abs(k.value) < 0.05
    assert k.stderr < 0.02
    assert k.diagnostics["step"] == 1


@pytest.mark.parametrize(("rho", "chaotic"), [(28.0, True), (160.0, False)])
def test_lorenz_sampled_too_finely_is_thinned(rho, chaotic):
    times = 0.02 * np.arange(6_000)
    data = Trajectory(times, lorenz(times, rho)[:, None])
    k = zero_one_test(data)
    assert k.value > 0.95 if chaotic else k.value < 0.1
    assert k.diagnostics["step"] > 1
    if chaotic:  # without thinning the test fails, as it is known to
        assert zero_one_test(data, step=1).value < 0.5


def test_quasi_periodic_motion_is_regular():
    n = np.arange(4000)
    assert abs(zero_one_test(np.sin(n) + np.sin(np.sqrt(2) * n)).value) < 0.1
    assert abs(zero_one_test(np.column_stack([np.sin(0.05 * n), np.cos(0.05 * n)])).value) < 0.1


def test_k_is_the_correlation_of_the_definition():
    x = logistic(400, 3.9)
    estimate = zero_one_test(x, n_c=10, damping=0.7, key=jax.random.key(3))
    z, n = (x - x.mean()) / x.std(), np.arange(1, 41)
    for c, k in zip(estimate.diagnostics["c"], estimate.diagnostics["k_c"], strict=True):
        p = np.cumsum(z * np.cos(c * np.arange(1, 401)))
        q = np.cumsum(z * np.sin(c * np.arange(1, 401)))
        moved = [((p[i : i + 360] - p[:360]) ** 2 + (q[i : i + 360] - q[:360]) ** 2).mean() for i in n]
        assert k == pytest.approx(np.corrcoef(n, moved + 0.7 * np.sin(np.sqrt(2) * n))[0, 1], abs=1e-10)
    assert ((estimate.diagnostics["c"] > np.pi / 5) & (estimate.diagnostics["c"] < 4 * np.pi / 5)).all()


def test_damping_lowers_k_of_noisy_periodic_motion():
    x = logistic(2000, 3.55) + 0.01 * np.random.default_rng(0).normal(size=2000)
    assert zero_one_test(x, damping=2.0).value < zero_one_test(x, damping=0.0).value


def test_key_decides_and_the_default_repeats():
    x = logistic(500, 3.7)
    assert zero_one_test(x).value == zero_one_test(x).value
    assert zero_one_test(x, key=jax.random.key(1)).value != zero_one_test(x, key=jax.random.key(2)).value


def test_refusals():
    with pytest.raises(EstimationError, match="longer"):  # a small part of one cycle
        zero_one_test(np.sin(np.linspace(0, 1.0, 1000)))
    with pytest.raises(DataError, match="constant"):
        zero_one_test(np.ones(500))
    with pytest.raises(DataError, match="at least"):
        zero_one_test(np.arange(10.0))
    with pytest.raises(CocycleError, match="step"):
        zero_one_test(logistic(500, 4.0), step=0)
    with pytest.raises(CocycleError, match=r"jax.random.key"):
        zero_one_test(logistic(500, 4.0), key="seed")
    assert any("unreliable" in note for note in zero_one_test(logistic(150, 4.0)).notes)
