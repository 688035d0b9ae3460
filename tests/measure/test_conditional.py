"""Conditional exponents against linear blocks, exact cases of Lorenz, the published table, and a copy run along."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import lambertw

import cocycle as cc
from cocycle.core import DelayFlow, RandomMap, StochasticFlow
from cocycle.measure import conditional_exponents, lyapunov_spectrum

MATRIX = np.array([[-0.4, 1.0, 0.3], [-0.7, -1.0, 0.5], [0.2, 0.4, -2.0]])


@cc.flow(x0=[1.0, 0.5, 0.3])
def linear(t, x):
    return jnp.asarray(MATRIX) @ x


@cc.map(x0=[0.1, 0.1])
def henon(n, x, a=1.2, b=0.3):
    return 1 - a * x[0] ** 2 + x[1], b * x[0] + 0.1 * x[1]


def test_linear_system_has_the_eigenvalues_of_the_block():
    for response in ([0, 2], [1, 2], [2]):
        block = MATRIX[np.ix_(response, response)]
        found = conditional_exponents(linear(), response, periods=100.0)
        np.testing.assert_allclose(found.value, np.sort(np.linalg.eigvals(block).real)[::-1], atol=1e-5)
    assert found.diagnostics["response"] == ("x2",)


def test_lorenz_driven_by_y_and_by_z_is_exact():
    system = cc.systems.Lorenz63()
    by_y = conditional_exponents(system, ["x", "z"], time=500.0)
    np.testing.assert_allclose(by_y.value, [-8 / 3, -10.0], atol=1e-5)  # -beta and -sigma: the block is diagonal
    by_z = conditional_exponents(system, [0, 1], time=1000.0)
    assert abs(by_z.value[0]) < 4 * by_z.stderr[0] + 1e-3  # x, y itself solves the variational equation: bounded
    assert by_z.value.sum() == pytest.approx(-11.0, abs=1e-4)


def test_lorenz_driven_by_x_agrees_with_the_published_table():
    """[@pecora1990], Table I: -1.81 and -1.86 at sigma = 10, beta = 8/3, rho = 60."""
    found = conditional_exponents(cc.systems.Lorenz63(rho=60.0), ["y", "z"], time=1000.0)
    np.testing.assert_allclose(found.value, [-1.81, -1.86], atol=0.015)
    assert found.value.sum() == pytest.approx(-11 / 3, abs=1e-4)


def test_rossler_driven_by_z_is_exact():
    found = conditional_exponents(cc.systems.Rossler(a=0.2, b=0.2, c=9.0), ["x", "y"], time=500.0)
    np.testing.assert_allclose(found.value, [0.1, 0.1], atol=4 * found.stderr.max() + 1e-3)  # [[0, -1], [1, a]]


def test_a_copy_fed_with_the_drive_approaches_at_that_rate():
    """Independent: scipy integrates Lorenz with a copy of (y, z) that hears x only."""

    def both(t, s):
        x, y, z, v, w = s
        return [10 * (y - x), x * (28 - z) - y, x * y - 8 / 3 * z, x * (28 - w) - v, x * v - 8 / 3 * w]

    run = solve_ivp(both, (0, 14), [-4.9, -3.7, 24.7, -3.7 + 1.0, 24.7], rtol=1e-12, atol=1e-14, dense_output=True)
    times = np.linspace(0, 14, 200)
    states = run.sol(times)
    distance = np.hypot(states[1] - states[3], states[2] - states[4])
    rate = np.polyfit(times, np.log(distance), 1)[0]
    found = conditional_exponents(cc.systems.Lorenz63(), ["y", "z"], time=1000.0)
    assert found.value[1] - 0.15 < rate < found.value[0] + 0.15


def test_everything_responding_is_the_spectrum_itself():
    both = conditional_exponents(henon(), [0, 1], time=2000)
    np.testing.assert_allclose(both.value, lyapunov_spectrum(henon(), time=2000).value, atol=1e-12)
    second = conditional_exponents(henon(), 1, time=2000)
    np.testing.assert_allclose(second.value, [np.log(0.1)], atol=1e-12)  # dy' / dy = 0.1
    first = conditional_exponents(henon(), -2, time=2000, transient=100)
    orbit = np.asarray(cc.trajectory(henon(), 20_000, transient=100).states[:-1, 0])
    assert abs(first.value[0] - np.mean(np.log(np.abs(2.4 * orbit)))) < 4 * first.stderr[0] + 0.01


class NoisyPair(StochasticFlow):
    """A double-well drive; the response is a linear equation with multiplicative noise (Ito)."""

    def default_state(self):
        return jnp.array([1.0, 0.5])

    def drift(self, t, x):
        return jnp.array([x[0] - x[0] ** 3, 0.2 * x[1] + 0.1 * x[0]])

    def diffusion(self, t, x):
        return jnp.stack([jnp.array([0.3, 0.0]), jnp.stack([jnp.zeros(()), 1.0 * x[1]])], axis=1)


class RandomPair(RandomMap):
    def default_state(self):
        return jnp.array([0.1, 0.2])

    def step(self, n, x, key):
        noise = jax.random.normal(key, (2,))
        return jnp.array([0.5 * x[0] + noise[0] + x[1], 0.7 * jnp.exp(0.3 * noise[1]) * x[1] + 0.01 * x[0]])


class DelayPair(DelayFlow):
    """The response hears its own past, x' = -0.3 x(t - 1) + drive: the characteristic roots are known."""

    def default_state(self):
        return jnp.array([1.0, 0.5])

    @property
    def delays(self):
        return jnp.array([1.0])

    def vector_field(self, t, x, delayed):
        return jnp.array([-x[0] + 0.5 * jnp.tanh(delayed[0, 1]), -0.3 * delayed[0, 1] + x[0]])


def test_random_and_delayed_systems():
    noisy = conditional_exponents(NoisyPair(), 1, time=1000.0, key=jax.random.key(0))
    assert abs(noisy.value[0] - (0.2 - 0.5)) < 4 * noisy.stderr[0]
    random = conditional_exponents(RandomPair(), 1, time=4000, key=jax.random.key(0))
    assert abs(random.value[0] - np.log(0.7)) < 4 * random.stderr[0]
    delayed = conditional_exponents(DelayPair(), 1, k=2, time=100.0, transient=50.0, dt=0.5)
    np.testing.assert_allclose(delayed.value, [lambertw(-0.3, b).real for b in (0, -1)], atol=1e-4)


def test_misuse_is_explained():
    lorenz = cc.systems.Lorenz63()
    with pytest.raises(cc.CocycleError, match="no variable 'q'"):
        conditional_exponents(lorenz, ["q"])
    with pytest.raises(cc.CocycleError, match="indices from 0 to 2"):
        conditional_exponents(lorenz, [3])
    with pytest.raises(cc.CocycleError, match="each once"):
        conditional_exponents(lorenz, [0, "x"])
    with pytest.raises(cc.CocycleError, match="each once"):
        conditional_exponents(lorenz, [])
    with pytest.raises(cc.CocycleError, match="k must lie between"):
        conditional_exponents(lorenz, [0, 1], k=3)
    with pytest.raises(cc.NotApplicableError, match="transform"):
        conditional_exponents(cc.systems.KuramotoSivashinsky(), [0])
