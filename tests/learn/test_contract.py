"""What every learner promises, on every kind of series."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from known_series import autoregression, logistic, lorenz, sine

import cocycle as cc
from cocycle.core._serialise import load, save
from cocycle.learn import HAVOK, LEARNERS, EchoState, SeasonalNaive, SMap, forecast, rolling_forecasts

SMALL = {
    "echo-state": EchoState(size=60, washout=30),
    "smap": SMap(library=300),
    "havok": HAVOK(delays=12),
    "seasonal-naive": SeasonalNaive(period=25),
}
TAKES_CONSTANTS = {"persistence", "mean"}


def small(name):
    return SMALL.get(name, LEARNERS[name]())


SERIES = {
    "sine": (sine(300), 0.1),
    "logistic": (logistic(300), 1.0),
    "lorenz": (lorenz(400), 0.02),
    "noise": (autoregression(300, [0.7], mean=10.0), 1.0),
}
names = pytest.mark.parametrize("name", list(LEARNERS))


def trajectory(series, start=0.0):
    values, dt = SERIES[series]
    return cc.Trajectory.from_numpy(values, times=start + dt * np.arange(len(values)))


_FITTED = {}


def fitted(name, series="lorenz"):
    if (name, series) not in _FITTED:
        _FITTED[name, series] = small(name).fit(trajectory(series))
    return _FITTED[name, series]


@names
@pytest.mark.parametrize("series", list(SERIES))
def test_fit_gives_a_system_whose_forecast_continues_the_context(name, series):
    data = trajectory(series, start=100.0)
    learner = small(name)
    assert learner.applicable(data) is None
    try:
        model = learner.fit(data)
    except cc.EstimationError as error:  # equations that blow up are an honest answer for data that obey none
        assert name == "sindy" and series in ("logistic", "noise"), error
        return
    assert isinstance(model, cc.System)
    assert model.variables_observed == data.variables
    predicted = forecast(model, data, 5, throw=False)
    dt = SERIES[series][1]
    np.testing.assert_allclose(predicted.times, data.times[-1] + dt * np.arange(1, 6), rtol=1e-12)
    assert predicted.states.shape == (5, data.dim)
    assert predicted.variables == data.variables
    if predicted.meta["status"] == "ok":
        assert np.isfinite(predicted.states).all()
        # nothing here moves more than a few of its ranges in five samples
        reach = np.ptp(data.states, axis=0)
        assert (np.abs(predicted.states - data.states.mean(axis=0)) < 5 * reach).all()
    else:
        assert "diverged at step" in predicted.meta["status"]


@names
def test_jit_changes_nothing(name):
    model = fitted(name)
    x = model.default_state()
    np.testing.assert_allclose(jax.jit(lambda y: model.advance(0, y))(x), model.advance(0, x), rtol=1e-9, atol=1e-9)


@names
def test_a_second_fit_is_identical(name):
    data = trajectory("lorenz")
    a, b = fitted(name), small(name).fit(data)
    for p, q in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        np.testing.assert_array_equal(p, q)


@names
def test_saved_and_loaded_is_the_same_to_the_bit(name, tmp_path):
    model, data = fitted(name), trajectory("lorenz")
    restored = load(save(model, tmp_path / name))
    assert jax.tree.structure(restored) == jax.tree.structure(model)
    np.testing.assert_array_equal(forecast(restored, data, 5).states, forecast(model, data, 5).states)


@names
def test_the_tangent_of_a_step_is_its_derivative(name):
    model = fitted(name)
    x = model.warm_up(trajectory("lorenz")[:350])
    scale = jnp.abs(x) + 1.0
    v = scale * jax.random.normal(jax.random.key(0), x.shape)
    step = jax.jit(lambda y: model.advance(0, y))
    _, tangent = jax.jvp(step, (x,), (v,))
    h = 1e-6
    difference = (step(x + h * v) - step(x - h * v)) / (2 * h)
    assert np.isfinite(tangent).all()
    np.testing.assert_allclose(tangent, difference, rtol=2e-3, atol=1e-4 * float(jnp.abs(difference).max()))


@names
def test_members_are_random_but_repeatable(name):
    model, data = fitted(name), trajectory("lorenz")
    a = forecast(model, data, 4, members=20, key=jax.random.key(1)).states
    assert a.shape == (20, 4, 3)
    np.testing.assert_array_equal(a, forecast(model, data, 4, members=20, key=jax.random.key(1)).states)
    assert not np.array_equal(a, forecast(model, data, 4, members=20, key=jax.random.key(2)).states)
    point = forecast(model, data, 4).states
    spread = a.std(axis=0)[0]
    assert (np.abs(a.mean(axis=0)[0] - point[0]) <= 4 * spread / np.sqrt(20) + 1e-9).all()
    with pytest.raises(cc.CocycleError, match="key"):
        forecast(model, data, 4, members=20)


@names
def test_the_noisy_twin_steps(name):
    model = fitted(name)
    twin = model.noisy()
    assert isinstance(twin, cc.RandomMap) and twin.skeleton() is model
    x = model.default_state()
    run = cc.trajectory(twin, time=3 * float(twin.dt), x0=x, key=jax.random.key(0))
    assert run.states.shape == (4, model.dim)


@names
def test_rolling_forecasts_agree_with_single_ones(name):
    model, data = fitted(name), trajectory("lorenz")
    rolled = rolling_forecasts(model, data, [200, 300], 4)
    for i, origin in enumerate((200, 300)):
        # contexts start at row 0 in both: a reservoir remembers all of it
        single = forecast(model, data[: origin + 1], 4).states
        np.testing.assert_allclose(rolled.forecasts[i], single, rtol=1e-6, atol=1e-8)
        np.testing.assert_array_equal(rolled.truth[i], data.states[origin + 1 : origin + 5])
    assert not rolled.diverged.any()


@names
def test_two_episodes_are_not_joined(name):
    values, dt = SERIES["lorenz"]
    first = cc.Trajectory.from_numpy(values[:200], dt=dt)
    second = cc.Trajectory.from_numpy(values[200:] + 0.0, dt=dt)
    gap = cc.Trajectory(
        np.concatenate([first.times, 50.0 + np.asarray(second.times)]), values, variables=first.variables
    )
    a, b = small(name).fit([first, second]), small(name).fit(gap)
    for p, q in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        np.testing.assert_allclose(p, q, rtol=1e-9, atol=1e-9)
    if name == "persistence":  # its noise is that of the increments: the jump between episodes is not one
        inside = np.concatenate([np.diff(values[:200], axis=0), np.diff(values[200:], axis=0)])
        np.testing.assert_allclose(a.about.noise @ a.about.noise.T, inside.T @ inside / 398, rtol=1e-10)


@names
def test_a_shift_in_time_changes_nothing(name):
    model = small(name).fit(trajectory("lorenz", start=1e4))
    for p, q in zip(jax.tree.leaves(fitted(name)), jax.tree.leaves(model), strict=True):
        np.testing.assert_allclose(p, q, rtol=1e-6, atol=1e-6)


@names
def test_constant_data_are_learned_or_refused(name):
    data = cc.Trajectory.from_numpy(np.full(300, 5.0), dt=1.0)
    learner = small(name)
    if name in TAKES_CONSTANTS:
        np.testing.assert_array_equal(forecast(learner.fit(data), data, 3).states, np.full((3, 1), 5.0))
    else:
        assert "never changes" in learner.applicable(data)
        with pytest.raises(cc.DataError, match="'x0' never changes"):
            learner.fit(data)
        assert type(learner).candidates(data) == []


@names
def test_too_short_data_name_the_minimum(name):
    learner = small(name)
    need = learner.minimum(1)
    short = cc.Trajectory.from_numpy(autoregression(need - 1, [0.5]), dt=1.0) if need > 2 else None
    if short is None:
        short = cc.Trajectory(np.zeros(1), np.zeros((1, 1)))
    with pytest.raises(cc.DataError, match="at least"):
        learner.fit(short)
    assert "at least" in learner.applicable(short)
    if need > 2:
        assert f"at least {need} samples" in learner.applicable(short)


@names
def test_just_enough_data_work(name):
    learner = small(name)
    data = cc.Trajectory.from_numpy(autoregression(learner.minimum(1), [0.5], seed=3), dt=1.0)
    if learner.applicable(data) is not None:
        assert "samples are too few" in learner.applicable(data)
        return
    try:
        model = learner.fit(data)
    except cc.EstimationError:
        assert name == "sindy"
        return
    assert forecast(model, data, 2, throw=False).states.shape == (2, 1)


@names
def test_candidates_are_learners_that_apply(name):
    data = trajectory("lorenz")
    found = LEARNERS[name].candidates(data)
    assert 1 <= len(found) <= 12
    for learner in found:
        assert isinstance(learner, LEARNERS[name])
        assert learner.applicable(data) is None
    assert len(set(found)) == len(found)


@names
def test_a_context_that_does_not_fit_is_refused(name):
    model, data = fitted(name), trajectory("lorenz")
    with pytest.raises(cc.DataError, match="fitted to 3 variables"):
        model.warm_up(data.select(["x0"]))
    with pytest.raises(cc.DataError, match="sampling interval"):
        model.warm_up(cc.Trajectory.from_numpy(SERIES["lorenz"][0], dt=0.5))
    if model.context_length > 1:
        with pytest.raises(cc.DataError, match=f"at least {model.context_length} samples"):
            model.warm_up(data[: model.context_length - 1])
