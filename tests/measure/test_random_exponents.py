"""Exponents of linear stochastic equations whose noise depends on the state, against closed forms."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.core import StochasticFlow, param
from cocycle.measure import lyapunov_spectrum


class Geometric(StochasticFlow):
    mu: object = param(0.1)
    sigma: object = param(1.0)

    def default_state(self):
        return jnp.array([1.0])

    def drift(self, t, x):
        return self.mu * x

    def diffusion(self, t, x):
        return self.sigma * x[:, None]


class GeometricStratonovich(Geometric):
    calculus = "stratonovich"


class Isotropic(StochasticFlow):
    """dX = sigma dW X, W a matrix of independent Wiener processes: noises that do not commute."""

    sigma: object = param(0.5)

    def default_state(self):
        return jnp.array([1.0, 0.0])

    def drift(self, t, x):
        return jnp.zeros(2)

    def diffusion(self, t, x):
        return self.sigma * jnp.kron(jnp.eye(2), x[None, :])


class IsotropicStratonovich(Isotropic):
    calculus = "stratonovich"


@pytest.mark.parametrize(
    ("system", "truth"),
    [
        (Geometric(), [0.1 - 0.5]),  # mu - sigma^2 / 2
        (Geometric(mu=0.02, sigma=0.2), [0.0]),
        (GeometricStratonovich(), [0.1]),  # mu
        # Ito: sigma^2 (n - 2 i) / 2, n = 2 [@newman1986]; the correction of Stratonovich adds sigma^2 / 2 to both
        (Isotropic(), [0.0, -0.25]),
        (IsotropicStratonovich(), [0.125, -0.125]),
    ],
    ids=["ito", "ito, weak noise", "stratonovich", "matrix noise, ito", "matrix noise, stratonovich"],
)
def test_linear_equations_have_their_exact_exponents(system, truth):
    found = lyapunov_spectrum(system, time=2000.0, transient=10.0, key=jax.random.key(3))
    assert (np.abs(found.value - truth) < 4 * found.stderr).all()
    assert (found.stderr < 0.06).all()


def test_the_error_of_the_steps_is_in_the_error_bar():
    """Euler's scheme multiplies by 1 + mu h + sigma dW a step, so its exponent is an integral over one Gaussian."""
    h, nodes, weights = 0.1, *np.polynomial.hermite_e.hermegauss(200)
    scheme = np.log(np.abs(1 + 0.1 * h + np.sqrt(h) * nodes)) @ weights / weights.sum() / h
    solver = cc.evolve.EulerMaruyama(dt=h)
    found = lyapunov_spectrum(Geometric(), time=4000.0, dt=1.0, transient=1.0, solver=solver, key=jax.random.key(0))
    assert abs(found.value[0] - scheme) < 4 * found.diagnostics["sampling_error"][0]
    assert abs(scheme + 0.4) > 3 * found.diagnostics["sampling_error"][0]  # such steps do bend it
    assert abs(found.value[0] + 0.4) < 2 * found.stderr[0]
    assert found.diagnostics["discretisation_error"][0] == pytest.approx(abs(scheme + 0.4), rel=0.6)


def test_without_scatter_the_error_of_the_steps_is_all_there_is():
    """The displacement of an Ornstein-Uhlenbeck process feels no noise: Euler multiplies it by 1 - h."""
    h = 0.1
    solver = cc.evolve.EulerMaruyama(dt=h)
    found = lyapunov_spectrum(cc.systems.OrnsteinUhlenbeck(), time=200.0, dt=1.0, solver=solver, key=jax.random.key(0))
    assert found.value[0] == pytest.approx(np.log(1 - h) / h, abs=1e-9)
    assert found.stderr[0] == pytest.approx(abs(np.log(1 - h) / h + 1), rel=0.1) and not found.notes


def test_chaos_with_noise_is_not_given_a_wild_error():
    """Orbits with other steps part within a few time units; the error bar must not be what they differ by then."""
    sigma, solver = 0.3, cc.evolve.EulerMaruyama(dt=0.002)
    system = cc.systems.StochasticLorenz(sigma=sigma)
    found = lyapunov_spectrum(system, time=1000.0, solver=solver, key=jax.random.key(0))
    bias = found.diagnostics["discretisation_error"]
    # along the most contracting direction a step multiplies by 1 + h lambda, which bends the rate by h lambda^2 / 2
    assert bias[2] == pytest.approx(0.002 * found.value[2] ** 2 / 2, rel=0.25)
    assert bias[0] < 0.13  # parted orbits differ by 0.2
    # volumes: the divergence, less sigma^2 / 2 a direction (Ito), and a martingale 3 sigma W
    error = 3 * sigma / np.sqrt(1000.0) + np.linalg.norm(found.diagnostics["discretisation_error"])
    assert abs(found.value.sum() - (-41 / 3 - 3 * sigma**2 / 2)) < 3 * error


def test_the_coupled_paths_show_the_order_of_the_scheme():
    """SRA1 in a double well: the difference of the two runs is the scheme's, which falls as the square of the step."""
    errors = [
        lyapunov_spectrum(
            cc.systems.DoubleWell(sigma=0.5),
            time=2000.0,
            dt=1.0,
            solver=cc.evolve.SRA1(dt=h),
            key=jax.random.key(0),
        ).diagnostics["discretisation_error"][0]
        for h in (0.1, 0.025)
    ]
    assert errors[1] < errors[0] / 12
