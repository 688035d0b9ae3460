"""`trajectory`, `ensemble`, `time_scale`: sampling, transients, errors, provenance, and every kind of system."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import (
    Burgers,
    Driven,
    Explosion,
    Geometric,
    Lagged,
    Linear,
    Lorenz,
    OrnsteinUhlenbeck,
    Pendulum,
    Product,
)
from scipy.linalg import expm

import cocycle as cc
from cocycle import evolve


class Doubling(cc.Map):
    dt = 0.5

    def step(self, n, x):
        return 2 * x + n

    def default_state(self):
        return jnp.array([1.0])


class Walk(cc.RandomMap):
    def step(self, n, x, key):
        return x + jax.random.normal(key, x.shape)

    def default_state(self):
        return jnp.zeros(1)


ROTATION = Linear(np.array([[0.0, 3.0], [-3.0, 0.0]]))


def test_samples_lie_where_they_should():
    run = cc.trajectory(ROTATION, 2.0, dt=0.25)
    np.testing.assert_allclose(run.times, np.arange(9) * 0.25)
    for t, x in zip(run.times, run.states, strict=True):
        np.testing.assert_allclose(x, expm(t * np.asarray(ROTATION.a)) @ np.ones(2), atol=1e-7)
    assert run.variables == ("x0", "x1")
    exact_end = cc.trajectory(ROTATION, 1.2345)
    assert exact_end.times[-1] == pytest.approx(1.2345)


def test_a_transient_is_run_and_dropped_with_the_clock_going_on():
    whole = cc.trajectory(Driven(), 6.0, dt=0.5)
    late = cc.trajectory(Driven(), 2.0, dt=0.5, transient=4.0)
    assert late.times[0] == 0.0
    np.testing.assert_allclose(late.states, whole.states[8:], atol=1e-7)


def test_maps_count_their_steps():
    run = cc.trajectory(Doubling(), 2.0)
    np.testing.assert_allclose(run.states[:, 0], [1.0, 2.0, 5.0, 12.0, 27.0])
    np.testing.assert_allclose(run.times, [0, 0.5, 1.0, 1.5, 2.0])
    np.testing.assert_allclose(cc.trajectory(Doubling(), 2.0, dt=1.0).states[:, 0], [1.0, 5.0, 27.0])
    np.testing.assert_allclose(cc.trajectory(Doubling(), 1.0, transient=1.0).states[:, 0], [5.0, 12.0, 27.0])
    with pytest.raises(cc.CocycleError, match="not a whole number of steps"):
        cc.trajectory(Doubling(), 2.0, dt=0.3)
    with pytest.raises(cc.CocycleError, match="leave out `solver="):
        cc.trajectory(Doubling(), 2.0, solver=evolve.RK4())


def test_random_maps_need_a_key_and_use_fresh_noise_each_step():
    with pytest.raises(cc.CocycleError, match="Walk is random"):
        cc.trajectory(Walk(), 10)
    steps = np.diff(cc.trajectory(Walk(), 4000, key=jax.random.key(0)).states[:, 0])
    assert steps.std() == pytest.approx(1.0, abs=0.05)
    assert abs(np.corrcoef(steps[:-1], steps[1:])[0, 1]) < 0.05


SYSTEMS = [Lorenz(), Pendulum(), Product(), Burgers(), Driven(), Lagged(), Geometric(), OrnsteinUhlenbeck(), Doubling()]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: type(s).__name__)
def test_every_kind_runs_without_settings_and_an_ensemble_agrees(system):
    key = jax.random.key(0) if isinstance(system, cc.StochasticFlow) else None
    dt = 0.5 if isinstance(system, cc.Map) else 0.05
    run = cc.trajectory(system, 20 * dt, dt=dt, key=key)
    assert run.states.shape == (21, system.dim) and np.isfinite(run.states).all()
    x0 = np.asarray(system.default_state())
    many = cc.ensemble(system, np.stack([x0, 1.1 * x0, x0]), 20 * dt, dt=dt, key=key)
    assert many.states.shape == (3, 21, system.dim)
    final = cc.ensemble(system, np.stack([x0, 1.1 * x0]), 20 * dt, dt=dt, key=key, final=True)
    if key is None:
        np.testing.assert_allclose(many.states[0], run.states, atol=1e-5)
        np.testing.assert_allclose(many.states[2], many.states[0], atol=1e-12)
        np.testing.assert_allclose(final, many.states[:2, -1], rtol=1e-4, atol=1e-5)
    else:
        assert abs(many.states[0, -1] - many.states[2, -1]).max() > 1e-4  # members have noise of their own


def test_an_ensemble_larger_than_a_block_keeps_its_order():
    x0 = np.linspace(-1, 1, 300).reshape(150, 2)
    last = cc.ensemble(ROTATION, x0, 1.0, dt=0.5, final=True)
    np.testing.assert_allclose(last, x0 @ expm(np.asarray(ROTATION.a)).T, atol=1e-7)


def test_members_that_diverge_are_counted():
    x0 = np.array([[0.1], [1.0], [0.2], [3.0]])
    with pytest.raises(cc.NumericalError, match=r"2 of 4 members diverged before t = 2 \(the first is member 1\)"):
        cc.ensemble(Explosion(), x0, 2.0, dt=0.5, final=True)
    kept = cc.ensemble(Explosion(), x0, 2.0, dt=0.5, final=True, throw=False)
    np.testing.assert_allclose(kept[jnp.array([0, 2]), 0], [0.1 / 0.8, 0.2 / 0.6], rtol=1e-6)
    assert np.isnan(kept[jnp.array([1, 3])]).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"time": 1.0, "periods": 2}, "not both"),
        ({"time": -1.0}, "`time` must be positive; got -1"),
        ({"dt": 0.0}, "`dt` must be positive"),
        ({"time": 1.0, "x0": [1.0]}, r"x0 has shape \(1,\); Lorenz has states of shape \(3,\)"),
        ({"time": 1.0, "x0": np.ones((2, 3))}, "cc.ensemble"),
    ],
)
def test_misuse_is_explained(arguments, message):
    with pytest.raises(cc.CocycleError, match=message):
        cc.trajectory(Lorenz(), **arguments)


def test_provenance_names_system_parameters_and_solver():
    meta = cc.trajectory(Lorenz(rho=29), 1.0, solver=evolve.RK4(dt=0.01)).meta
    assert meta["system"] == "Lorenz" and meta["parameters"]["rho"] == 29.0
    assert "RK4" in meta["solver"] and meta["status"] == "ok"


def test_time_scales():
    assert evolve.time_scale(ROTATION).period == pytest.approx(2 * np.pi / 3, rel=1e-3)
    assert evolve.time_scale(Driven()).period == pytest.approx(2 * np.pi)
    assert evolve.time_scale(Lagged(tau=2.0)).period == pytest.approx(8.0)
    assert evolve.time_scale(Doubling()) == (0.5, 0.5, 500.0)
    slow = evolve.time_scale(ROTATION.replace(a=np.asarray(ROTATION.a) * 1e-6)).period
    assert slow == pytest.approx(2e6 * np.pi / 3, rel=1e-3)
    # Burgers' flow decays to a constant, its slowest mode at rate nu
    assert evolve.time_scale(Burgers()).period == pytest.approx(4 * np.pi, rel=1e-3)
    assert evolve.time_scale(OrnsteinUhlenbeck()).period == pytest.approx(2 * np.pi, rel=0.1)
    with pytest.raises(cc.NumericalError, match="no time scale could be estimated"):
        evolve.time_scale(Explosion())


def test_gradients_pass_through_a_trajectory():
    run = lambda w: cc.trajectory(Pendulum(w=w), 1.0, dt=0.1, solver=evolve.RK4(substeps=4)).states[-1, 0]  # noqa: E731
    eps = 1e-6
    assert float(jax.grad(run)(1.0)) == pytest.approx(float(run(1 + eps) - run(1 - eps)) / (2 * eps), rel=1e-7)


def test_steps_that_ran_out_are_not_called_divergence():
    with pytest.raises(cc.NumericalError, match=r"Tsit5 used up its 200 steps .*Raise `max_steps=`.*`Kvaerno5\(\)`"):
        cc.trajectory(cc.systems.Lorenz63(), 100.0, dt=1.0, solver=cc.evolve.Tsit5(max_steps=200))


def test_only_the_end_is_wanted_of_an_ensemble_without_a_time_scale():
    @cc.flow(x0=[1.0])
    def explosion(t, x):
        return (x[0] ** 2,)

    ends = cc.ensemble(explosion(), [[0.1], [1.0], [-1.0]], time=2.0, final=True, throw=False)
    np.testing.assert_allclose(np.asarray(ends)[[0, 2], 0], [0.1 / (1 - 0.2), -1 / 3], rtol=1e-6)
    assert np.isnan(np.asarray(ends)[1, 0])
