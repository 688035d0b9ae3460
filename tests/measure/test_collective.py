"""Order parameters on exact configurations; the master stability function against identities and linear algebra."""

import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.measure import (
    chimera_index,
    hilbert_phase,
    lyapunov_spectrum,
    master_stability_function,
    order_parameter,
    phase_locking_value,
    synchronisation_error,
)
from cocycle.measure.collective import _master

T = np.arange(400)[:, None]


# -- order parameters -----------------------------------------------------------------------------------------------


def test_order_parameters_of_exact_configurations():
    together = 0.1 * T + np.zeros(7)
    assert order_parameter(together).value == pytest.approx(1.0, abs=1e-12)
    splay = 0.1 * T + 2 * np.pi * np.arange(7) / 7
    for m in range(1, 7):
        assert order_parameter(splay, m=m).value == pytest.approx(0.0, abs=1e-12)
    assert order_parameter(splay, m=7).value == pytest.approx(1.0, abs=1e-12)
    two_clusters = 0.1 * T + np.pi * (np.arange(8) % 2)
    assert order_parameter(two_clusters).value == pytest.approx(0.0, abs=1e-12)
    assert order_parameter(two_clusters, m=2).value == pytest.approx(1.0, abs=1e-12)
    uneven = 0.1 * T + np.pi * (np.arange(8) < 2)  # (6 - 2) / 8
    assert order_parameter(uneven).value == pytest.approx(0.5, abs=1e-12)
    np.testing.assert_allclose(np.exp(1j * order_parameter(uneven).diagnostics["angle"]), np.exp(0.1j * T[:, 0]))


def test_independent_phases_have_the_mean_of_rayleigh():
    phases = np.random.default_rng(0).uniform(0, 2 * np.pi, (20_000, 100))
    for m in (1, 3):
        found = order_parameter(phases, m=m)
        assert abs(found.value - np.sqrt(np.pi / 400)) < 4 * found.stderr + 2e-4  # exact as N grows: O(N^-3/2)
        assert found.stderr == pytest.approx(np.sqrt((1 - np.pi / 4) / 100 / 20_000), rel=0.6)


def test_kuramoto_above_threshold_agrees_with_the_self_consistency():
    """Lorentzian frequencies, half-width 1: r = sqrt(1 - 2 / K), exact in the limit [@kuramoto1984]."""
    n, K = 500, 4.0
    omega = np.tan(np.pi * ((np.arange(n) + 0.5) / n - 0.5))  # quantiles: no sampling error
    theta, dt, record = 2 * np.pi * np.random.default_rng(1).uniform(size=n), 0.02, []

    def rate(th):
        z = np.exp(1j * th).mean()
        return omega + K * np.abs(z) * np.sin(np.angle(z) - th)

    for step in range(2000):
        half = theta + dt / 2 * rate(theta)
        theta = theta + dt * rate(half)
        if step >= 1000:
            record.append(theta)
    assert order_parameter(np.array(record)).value == pytest.approx(np.sqrt(0.5), abs=0.02)


def test_phase_locking():
    rng = np.random.default_rng(2)
    t = np.arange(5000) * 0.07
    locked = np.column_stack([t, t - 0.8])
    found = phase_locking_value(locked)
    assert found.value == pytest.approx(1.0, abs=1e-12) and found.diagnostics["difference"] == pytest.approx(0.8)
    assert phase_locking_value(np.column_stack([t, 2 * t + 1]), n=2).value == pytest.approx(1.0, abs=1e-12)
    assert phase_locking_value(np.column_stack([t, 2 * t + 1])).value < 0.05
    noisy = np.column_stack([t, t + 0.5 * rng.normal(size=t.size)])
    value = phase_locking_value(noisy)
    assert abs(value.value - np.exp(-0.125)) < 4 * value.stderr and value.stderr < 0.01  # E cos of a normal angle
    free = phase_locking_value(np.column_stack([np.cumsum(rng.normal(size=5000)), np.cumsum(rng.normal(size=5000))]))
    assert free.value < 0.2 and free.value < 5 * free.diagnostics["chance"]


def test_synchronisation_error():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2000, 1, 2))
    same = np.broadcast_to(x, (2000, 5, 2)).reshape(2000, 10)
    assert synchronisation_error(same, nodes=5).value == pytest.approx(0.0, abs=1e-12)
    free = rng.normal(size=(4000, 5 * 40))
    found = synchronisation_error(free, nodes=5)
    assert found.value == pytest.approx(np.sqrt(1 - 1 / 5), abs=0.005)
    off = same.copy()
    off[:, 0] += 0.1  # one coordinate of one node: sqrt(0.01 (1/5 - 1/25)) over the size
    size = np.sqrt((off.reshape(-1, 2) - off.reshape(-1, 2).mean(axis=0)).var(axis=0).sum())
    assert synchronisation_error(off, nodes=5).value == pytest.approx(np.sqrt(0.01 * (0.2 - 0.04)) / size, rel=1e-9)


def test_chimera_index_of_exact_configurations():
    labels = np.repeat(np.arange(8), 6)
    splay = np.tile(2 * np.pi * np.arange(6) / 6, 8)
    half = np.where(labels < 4, 0.0, splay)  # four communities in step, four incoherent, always
    found = chimera_index(0.1 * T + half, labels)
    assert found.value == pytest.approx(2 / 7, abs=1e-12)  # variance of 0, 0, 0, 0, 1, 1, 1, 1
    assert found.diagnostics["metastability"] == pytest.approx(0.0, abs=1e-12)
    assert chimera_index(0.1 * T + np.zeros(48), labels).value == pytest.approx(0.0, abs=1e-12)
    come_and_go = 0.1 * T + np.where(T < 200, 0.0, splay)  # all together, then all apart
    found = chimera_index(come_and_go, labels)
    assert found.value == pytest.approx(0.0, abs=1e-12)
    assert found.diagnostics["metastability"] == pytest.approx(0.25 * 400 / 399, abs=1e-12)
    noise = chimera_index(np.random.default_rng(4).uniform(0, 7, (5000, 48)) * 2 * np.pi / 7, labels)
    assert noise.value == pytest.approx(noise.diagnostics["chance"], rel=0.1)


def test_hilbert_phase_of_a_pure_oscillation():
    t = np.arange(4000) * 0.05
    phase = hilbert_phase(3.0 + 2 * np.cos(1.3 * t + 0.4))
    inner = slice(400, -400)
    np.testing.assert_allclose(np.exp(1j * phase[inner]), np.exp(1j * (1.3 * t + 0.4))[inner], atol=0.03)
    assert hilbert_phase(np.column_stack([np.cos(t), np.sin(t)])).shape == (4000, 2)
    bursts = np.where(np.arange(4000) % 1000 < 200, np.cos(t * 5), 0.0)
    with pytest.raises(cc.DataError, match="vanishes"):
        hilbert_phase(bursts)


def test_population_misuse_is_explained():
    with pytest.raises(cc.DataError, match="two oscillators"):
        order_parameter(0.1 * T)
    with pytest.raises(cc.CocycleError, match="m"):
        order_parameter(0.1 * T + np.arange(3), m=0)
    with pytest.raises(cc.DataError, match="compares two"):
        phase_locking_value(0.1 * T + np.arange(3))
    with pytest.raises(cc.CocycleError, match="nodes"):
        synchronisation_error(np.random.default_rng(0).normal(size=(50, 5)), nodes=2)
    for bad in (np.full((50, 4), 1.0), np.where(T % 7 == 3, np.nan, T + np.arange(4.0)), np.arange(12.0).reshape(3, 4)):
        with pytest.raises(cc.DataError):
            chimera_index(bad, [0, 0, 1, 1])
    with pytest.raises(cc.CocycleError, match="label"):
        chimera_index(0.1 * T + np.arange(4), [0, 1])
    with pytest.raises(cc.CocycleError, match="two communities"):
        chimera_index(0.1 * T + np.arange(4), [0, 0, 0, 1])


# -- master stability -----------------------------------------------------------------------------------------------


@cc.flow(x0=[1.0, 1.0, 1.0])
def rossler(t, x, a=0.2, b=0.2, c=9.0):
    return -x[1] - x[2], x[0] + a * x[1], b + x[2] * (x[0] - c)


MATRIX = np.array([[0.1, 1.0, 0.0], [-1.0, 0.1, 0.3], [0.0, 0.2, -1.0]])


@cc.flow(x0=[0.0, 0.0, 0.0])
def linear(t, x):
    return jnp.asarray(MATRIX) @ x


def test_identity_coupling_lowers_the_exponent_by_alpha_exactly():
    alphas = np.array([0.0, 0.05, 0.3, 2.0, 7.0])
    found = master_stability_function(cc.systems.Lorenz63(), np.eye(3), alphas, periods=200)
    np.testing.assert_allclose(found.value + alphas, found.value[0], atol=1e-4)
    assert abs(found.value[0] - 0.9056) < 4 * found.stderr[0]  # [@sprott2003]
    exponent = lyapunov_spectrum(cc.systems.Lorenz63(), k=1, periods=200)[0]
    assert abs(found.value[0] - exponent.value) < 4 * np.hypot(found.stderr[0], exponent.stderr)
    complex_ones = master_stability_function(cc.systems.Lorenz63(), np.eye(3), alphas + 3j, periods=50)
    np.testing.assert_allclose(complex_ones.value + alphas, complex_ones.value[0], atol=1e-4)


def test_fixed_point_has_the_eigenvalues_of_the_matrix():
    H = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.5, 0.0, 0.2]])
    alphas = np.array([-0.5, 0.0, 0.4, 3.0])
    found = master_stability_function(linear(), H, alphas, time=3000.0, transient=200.0)
    truth = [np.linalg.eigvals(MATRIX - a * H).real.max() for a in alphas]
    np.testing.assert_array_less(np.abs(found.value - truth), 4 * found.stderr + 1e-6)
    assert found.stderr.max() < 0.01
    tilted = alphas + 1j * np.array([0.7, 2.0, -1.0, 1.0])
    found = master_stability_function(linear(), H, tilted, time=3000.0, transient=200.0)
    truth = [np.linalg.eigvals(MATRIX - a * H).real.max() for a in tilted]
    np.testing.assert_array_less(np.abs(found.value - truth), 4 * found.stderr + 1e-6)


@pytest.mark.parametrize("alpha", [0.08, 0.5, 3.0, 6.0])
def test_x_coupled_rossler_synchronises_where_the_function_is_negative(alpha):
    """Against a direct run of two coupled oscillators: their Laplacian has the eigenvalue 2, so alpha = 2 K."""
    H = np.diag([1.0, 0.0, 0.0])
    found = master_stability_function(rossler(), H, [alpha], time=2000.0, transient=300.0)
    assert abs(found.value[0]) > 3 * found.stderr[0]

    def field(x):
        rest = np.stack([-x[1] - x[2], x[0] + 0.2 * x[1], 0.2 + x[2] * (x[0] - 9.0)])
        return rest + alpha / 2 * np.stack([x[0, ::-1] - x[0], 0 * x[0], 0 * x[0]])

    x, h, apart = np.array([[1.0, 1.001], [1.0, 1.0], [0.5, 0.5]]), 0.02, []
    for _ in range(40_000):
        k1 = field(x)
        k2 = field(x + h / 2 * k1)
        k3 = field(x + h / 2 * k2)
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + field(x + h * k3))
        apart.append(np.abs(x[:, 0] - x[:, 1]).max())
        if apart[-1] > 50:  # further apart than the attractor is wide: they leave it, for strong coupling for ever
            break
    assert (np.max(apart[-10_000:]) < 1e-6) == (found.value[0] < 0)


def test_a_second_parameter_value_compiles_nothing():
    master_stability_function(rossler(), np.eye(3), [0.1, 0.2], time=50.0, transient=10.0)
    before = _master._blocks._cached._cache_size()
    master_stability_function(rossler(c=5.7), 2 * np.eye(3), [0.3, 0.4], time=80.0, transient=20.0)
    assert _master._blocks._cached._cache_size() == before


def test_master_misuse_is_explained():
    with pytest.raises(cc.CocycleError, match="shape"):
        master_stability_function(rossler(), np.eye(2), [0.1])
    with pytest.raises(cc.CocycleError, match="alphas"):
        master_stability_function(rossler(), np.eye(3), [np.nan])
    with pytest.raises(cc.NotApplicableError, match="not a Flow"):
        master_stability_function(cc.systems.Henon(), np.eye(2), [0.1])
    with pytest.raises(cc.CocycleError, match="not both"):
        master_stability_function(rossler(), np.eye(3), [0.1], time=1.0, periods=2)
    with pytest.raises(cc.CocycleError, match="fewer than"):
        master_stability_function(rossler(), np.eye(3), [0.1], time=0.5)

    @cc.flow(x0=[1.0])
    def blow_up(t, x):
        return (x[0] ** 2,)

    with pytest.raises(cc.NumericalError, match=r"diverged"):
        master_stability_function(blow_up(), [[1.0]], [0.1], time=30.0, transient=5.0)
