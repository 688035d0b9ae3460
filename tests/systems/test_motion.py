"""Runs of systems against closed forms and published numbers other than exponents."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle import systems as s
from cocycle.core import as_point


def _crossing_period(run, index=0, level=0.0):
    """The mean time between upward crossings, by linear interpolation."""
    x, t = np.asarray(run.states)[:, index] - level, np.asarray(run.times)
    up = np.flatnonzero((x[:-1] < 0) & (x[1:] >= 0))
    at = t[up] - x[up] * (t[up + 1] - t[up]) / (x[up + 1] - x[up])
    return float(np.diff(at).mean())


def test_van_der_pol_period():
    known = s.VanDerPol.card.known["period"]
    run = cc.trajectory(s.VanDerPol(), 200.0, dt=1e-3, transient=60.0)
    assert _crossing_period(run) == pytest.approx(known.value, abs=known.tol)


def test_van_der_pol_small_mu():
    run = cc.trajectory(s.VanDerPol(mu=0.1), 300.0, dt=1e-2, transient=200.0)
    assert np.abs(run.states[:, 0]).max() == pytest.approx(2.0, abs=2e-3)
    assert _crossing_period(run) == pytest.approx(2 * math.pi * (1 + 0.01 / 16), abs=1e-4)


def test_lotka_volterra_means_are_the_centre():
    system = s.LotkaVolterra(alpha=1.1, beta=0.4, gamma=0.4, delta=0.1)
    run = cc.trajectory(system, 400.0, dt=1e-2, x0=[10.0, 5.0])
    x = np.asarray(run.states)
    up = np.flatnonzero((x[:-1, 0] < 10) & (x[1:, 0] >= 10))
    means = x[up[0] : up[-1]].mean(axis=0)  # a whole number of turns
    np.testing.assert_allclose(means, [4.0, 2.75], rtol=2e-3)


@pytest.mark.parametrize(("preset", "quiet"), [("excitable", True), ("spiking", False)])
def test_fitzhugh_nagumo(preset, quiet):
    run = cc.trajectory(s.FitzHughNagumo.preset(preset), 200.0, transient=400.0)
    assert (np.ptp(run.states[:, 0]) < 1e-4) == quiet


def test_logistic_cycles():
    for preset, period in (("fixed point", 1), ("period 2", 2), ("period 4", 4), ("period 3", 3)):
        x = np.asarray(cc.trajectory(s.Logistic.preset(preset), 60.0, transient=2000.0).states)[:, 0]
        np.testing.assert_allclose(x[period:], x[:-period], atol=1e-9)
        assert period == 1 or np.abs(x[1:] - x[:-1]).max() > 0.1
    two = np.sort(np.asarray(cc.trajectory(s.Logistic(r=3.2), 1.0, transient=2000.0).states)[:, 0])
    root = math.sqrt((3.2 - 3) * (3.2 + 1))  # the two-cycle in closed form
    np.testing.assert_allclose(two, [(4.2 - root) / 6.4, (4.2 + root) / 6.4], atol=1e-9)


def test_lorenz96_conserves_energy_without_damping():
    # the advection alone turns the state: x . (f(x) + x - F) = 0
    system = s.Lorenz96(n=17)
    x = jnp.asarray(np.random.default_rng(0).normal(size=17))
    assert abs(float(jnp.vdot(x, system.vector_field(0.0, x) + x - 8.0))) < 1e-12


@pytest.mark.slow
def test_coupled_maps_uniform_state():
    # the Jacobian of a uniform state is circulant: eigenvalues f'(x) (1 - eps + eps cos(2 pi k / n))
    system = s.CoupledMapLattice(n=12, a=1.7, epsilon=0.3)
    jacobian = np.asarray(jax.jacfwd(lambda x: as_point(system.step(0, x)))(0.4 * jnp.ones(12)))
    k = np.arange(12)
    exact = -2 * 1.7 * 0.4 * (0.7 + 0.3 * np.cos(2 * np.pi * k / 12))
    np.testing.assert_allclose(np.sort(np.linalg.eigvals(jacobian).real), np.sort(exact), atol=1e-12)


@pytest.mark.slow
def test_kuramoto_mean_velocity():
    system = s.Kuramoto(omega=np.random.default_rng(1).normal(size=30))
    v = system.vector_field(0.0, system.default_state())
    assert float(v.mean()) == pytest.approx(float(system.omega.mean()), abs=1e-13)
    default = s.Kuramoto()
    assert float(default.vector_field(0.0, default.default_state()).mean()) == pytest.approx(
        default.card.known["mean_velocity"].value, abs=default.card.known["mean_velocity"].tol
    )


@pytest.mark.slow
def test_kuramoto_order_parameter():
    # Lorentzian of half-width 0.5: K_c = 1, r = sqrt(1 - K_c / K)
    system = s.Kuramoto.lorentzian(100, width=0.5, K=2.0)
    run = cc.trajectory(system, 20.0, dt=0.5, transient=30.0)
    r = np.asarray(jax.vmap(system.order_parameter)(run.states)).mean()
    assert r == pytest.approx(math.sqrt(0.5), abs=0.02)
    low = cc.trajectory(system.replace(K=0.5), 20.0, dt=0.5, transient=30.0)
    assert np.asarray(jax.vmap(system.order_parameter)(low.states)).mean() < 0.3


@pytest.mark.parametrize(("tau", "steady"), [(4.6, True), (4.8, False)])
def test_mackey_glass_hopf(tau, steady):
    # the fixed point 1 loses stability at tau = arccos(gamma / f') / sqrt(f'^2 - gamma^2), f' = -0.4: 4.708 (not 4.53)
    slope = 0.2 * (1 / 2 - 10 / 4)
    onset = math.acos(0.1 / slope) / math.sqrt(slope**2 - 0.01)
    assert (tau < onset) == steady
    run = cc.trajectory(s.MackeyGlass(tau=tau), 200.0, x0=[0.95], transient=3000.0)
    assert (np.ptp(run.states) < 1e-3) == steady


def test_ornstein_uhlenbeck_law():
    system = s.OrnsteinUhlenbeck(theta=0.7, mu=1.5, sigma=0.8)
    n = 20_000
    end = np.asarray(cc.ensemble(system, jnp.full((n, 1), 3.0), 1.3, dt=1.3, key=jax.random.key(0), final=True))[:, 0]
    mean, var = 1.5 + 1.5 * math.exp(-0.91), 0.64 / 1.4 * (1 - math.exp(-1.82))
    assert abs(end.mean() - mean) < 4 * math.sqrt(var / n)
    assert abs(end.var() - var) < 4 * var * math.sqrt(2 / n)


def test_double_well_density():
    # stationary density ~ exp(-2 V / sigma^2); here the mean of x^2 by quadrature
    sigma = 0.9
    grid = np.linspace(-4, 4, 4001)
    weight = np.exp(-2 * (grid**4 / 4 - grid**2 / 2) / sigma**2)
    exact = (grid**2 * weight).sum() / weight.sum()
    x0 = jnp.asarray(np.random.default_rng(0).choice([-1.0, 1.0], size=(4000, 1)))
    end = np.asarray(cc.ensemble(s.DoubleWell(sigma=sigma), x0, 10.0, dt=10.0, key=jax.random.key(1), final=True))
    square = end[:, 0] ** 2
    assert abs(square.mean() - exact) < 4 * square.std() / math.sqrt(4000)


@pytest.mark.parametrize("cls", [s.HenonHeiles, s.DoublePendulum])
def test_mechanical_energy(cls):
    system = cls()
    run = cc.trajectory(system, periods=20, solver=cc.evolve.Tsit5(rtol=1e-10, atol=1e-10))
    energies = np.asarray(jax.vmap(system.energy)(run.states))
    assert np.ptp(energies) < 1e-6


def test_henon_heiles_energies():
    system = s.HenonHeiles()
    saddles = jnp.asarray(system.card.known["fixed_points"].value[1:])
    np.testing.assert_allclose(jax.vmap(system.energy)(saddles), 1 / 6, rtol=1e-13)
    assert float(system.energy(system.default_state())) == pytest.approx(1 / 8, abs=1e-4)
