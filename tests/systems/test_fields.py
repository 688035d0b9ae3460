"""Partial differential equations: exact derivatives, exact solutions, conserved quantities."""

import math

import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.systems import ComplexGinzburgLandau, KuramotoSivashinsky, NonlinearSchroedinger
from cocycle.systems.pde import _fourier as fourier


@pytest.mark.parametrize(
    "n", [8, pytest.param(9, marks=pytest.mark.slow), pytest.param(60, marks=pytest.mark.slow), 64, 97, 256]
)
def test_transforms_are_the_dft(n):
    rng = np.random.default_rng(0)
    z = rng.normal(size=n) + 1j * rng.normal(size=n)
    np.testing.assert_allclose(fourier.dft(jnp.asarray(z)), np.fft.fft(z), atol=1e-11)
    np.testing.assert_allclose(fourier.inverse_dft(jnp.asarray(z)), np.fft.ifft(z), atol=1e-13)
    np.testing.assert_allclose(fourier.basis(n) @ fourier.basis(n).T, np.eye(n), atol=1e-13)


@pytest.mark.parametrize("n", [8, 9, 64])
def test_derivative(n):
    x = 2 * np.pi * np.arange(n) / n
    u, slope = np.cos(2 * x) - 0.3 * np.sin(3 * x) + 1, -2 * np.sin(2 * x) - 0.9 * np.cos(3 * x)
    q = fourier.basis(n)
    np.testing.assert_allclose(q.T @ fourier.derivative(n) @ q @ u, slope, atol=1e-12)


@pytest.mark.parametrize("n", [64, 63, 256, 255])
@pytest.mark.parametrize("dealias", [False, True])
def test_kuramoto_sivashinsky_field(n, dealias):
    system = KuramotoSivashinsky(length=22.0, n=n, dealias=dealias)
    k, x = 2 * math.pi / 22 * 3, np.asarray(system.grid)
    u = 0.7 + 1.3 * np.cos(k * x)
    slope, curvature = -1.3 * k * np.sin(k * x), -1.3 * k**2 * np.cos(k * x)
    exact = -u * slope - curvature - 1.3 * k**4 * np.cos(k * x)
    np.testing.assert_allclose(system.vector_field(0.0, jnp.asarray(u)), exact, atol=1e-9)


def test_dealiasing_drops_the_top_third():
    # the square of the mode 26 of 64 has wave number 52, which the grid mistakes for -12
    n = 64
    u = jnp.cos(2 * jnp.pi * 26 * jnp.arange(n) / n)
    plain, clean = (KuramotoSivashinsky(n=n, dealias=d) for d in (False, True))
    assert jnp.abs(plain.nonlinear(0.0, plain.to_modes(u))).max() > 0.1
    assert jnp.abs(clean.nonlinear(0.0, clean.to_modes(u))).max() < 1e-12


def test_kuramoto_sivashinsky_grids_agree():
    # matrix and two-stage transform, coarse and fine grid: one motion
    runs = []
    for n in (64, 192):
        system = KuramotoSivashinsky(n=n)
        x = 2 * jnp.pi / n * jnp.arange(n)
        runs.append(cc.trajectory(system, 10.0, x0=jnp.cos(x) + 0.5 * jnp.sin(2 * x), solver=cc.evolve.ETDRK4(dt=0.02)))
    np.testing.assert_allclose(runs[0].states[-1], runs[1].states[-1][::3], atol=1e-6)


def test_kuramoto_sivashinsky_linear_growth():
    system = KuramotoSivashinsky(length=22.0)
    k = 2 * math.pi / 22 * 2
    start = 1e-7 * jnp.cos(k * system.grid)
    end = cc.trajectory(system, 5.0, x0=start).states[-1]
    np.testing.assert_allclose(end, start * math.exp(5 * (k**2 - k**4)), atol=1e-11)


def test_soliton():
    # on an infinite line; the ring of 60 is as good as that to e^-20
    system = NonlinearSchroedinger(length=60.0, n=256, g=2.0)
    v = 2 * math.pi / 60 * 7
    start = system.soliton(eta=1.2, velocity=v, position=-3.0)
    end = cc.trajectory(system, 6.0, x0=start, solver=cc.evolve.ETDRK4(dt=0.005)).states[-1]
    np.testing.assert_allclose(end, system.soliton(eta=1.2, velocity=v, position=-3.0, t=6.0), atol=1e-6)
    mass, eta = system.invariants(start)["mass"], 1.2
    assert float(mass) == pytest.approx(2 * eta / 2.0, rel=1e-8)  # 2 eta / g
    assert float(system.momentum(start)) == pytest.approx(v * float(mass), rel=1e-8)
    assert float(system.invariants(start)["energy"]) == pytest.approx(float(mass) * (v**2 / 2 - eta**2 / 6), rel=1e-8)
    assert float(system.momentum(end)) == pytest.approx(v * float(mass), rel=1e-6)


def test_plane_wave():
    system = ComplexGinzburgLandau(b=0.5, c=-0.5)  # stable: 1 + bc > 0
    end = cc.trajectory(system, 5.0, x0=system.plane_wave(2), solver=cc.evolve.ETDRK4(dt=0.01)).states[-1]
    np.testing.assert_allclose(end, system.plane_wave(2, t=5.0), atol=1e-7)


def test_plane_wave_is_exact_for_the_field():
    system = ComplexGinzburgLandau()
    dt = 1e-5
    rate = (system.plane_wave(3, t=dt) - system.plane_wave(3, t=-dt)) / (2 * dt)
    np.testing.assert_allclose(system.vector_field(0.0, system.plane_wave(3)), rate, atol=1e-8)


@pytest.mark.parametrize(("b", "c", "grows"), [(2.0, -2.0, True), (0.5, -0.5, False)])
def test_benjamin_feir(b, c, grows):
    # a small disturbance (a + i p) cos kx of the uniform oscillation, linearised: its phase grows where 1 + bc < 0
    system = ComplexGinzburgLandau(b=b, c=c, length=50.0, n=64)
    k2 = (2 * math.pi / 50) ** 2
    rate = np.linalg.eigvals([[-2 - k2, b * k2], [-2 * c - b * k2, -k2]]).real.max()
    assert (rate > 0) == grows
    bump = 1e-6 * jnp.cos(2 * jnp.pi * system.grid / 50)
    start = system.plane_wave(0) + jnp.concatenate([0 * bump, bump])
    run = cc.trajectory(system, 30.0, dt=10.0, x0=start, solver=cc.evolve.ETDRK4(dt=0.02))
    spread = []
    for state in run.states[1:]:
        field = np.asarray(system.field(state))
        spread.append(np.angle(field / field.mean()).std())
    assert math.log(spread[2] / spread[1]) / 10 == pytest.approx(rate, rel=1e-3)
