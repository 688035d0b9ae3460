"""Episodes, contexts, forecasts, inputs, and the linear algebra that the learners share."""

import itertools

import jax
import numpy as np
import pytest
from known_series import autoregression, lorenz, sine

import cocycle as cc
from cocycle.learn import AR, NVAR, EchoState, Mean, Persistence, forecast, rolling_forecasts
from cocycle.learn._data import as_episodes
from cocycle.learn._least_squares import factor, regress, triangle
from cocycle.learn._polynomials import evaluate, exponents, names

RNG = np.random.default_rng(0)


# -- episodes ---------------------------------------------------------------------------------------------------


def test_episodes_end_at_masks_nan_and_jumps_in_time():
    values = RNG.normal(size=(20, 2))
    values[5, 1] = np.nan
    times = np.arange(20.0)
    times[15:] += 7
    mask = np.ones(20, bool)
    mask[10] = False
    found = as_episodes(cc.Trajectory(times, values, mask=mask), "test")
    assert [len(v) for v in found.values] == [5, 4, 4, 5]
    np.testing.assert_array_equal(found.values[1], values[6:10])
    np.testing.assert_array_equal(found.values[3], values[15:])
    assert found.dt == 1.0 and found.total == 18


def test_an_ensemble_and_a_list_are_episodes():
    states = RNG.normal(size=(3, 8, 2))
    ensemble = as_episodes(cc.Trajectory(np.arange(8.0), states), "test")
    listed = as_episodes([cc.Trajectory(np.arange(8.0), s) for s in states], "test")
    assert len(ensemble.values) == len(listed.values) == 3
    np.testing.assert_array_equal(ensemble.values[2], listed.values[2])


def test_inputs_are_cut_with_the_states():
    inputs = np.arange(10.0)[:, None]
    values = np.ones((10, 1))
    values[4] = np.nan
    found = as_episodes(cc.Trajectory(np.arange(10.0), values, inputs=inputs), "test")
    np.testing.assert_array_equal(found.inputs[1][:, 0], np.arange(5, 10))


ones = np.ones((6, 1))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "list of trajectories is empty"),
        (np.full(5, np.nan), "every sample is missing"),
        (np.array([1.0, np.nan, 2.0]), "at least"),
        (cc.Trajectory(np.array([0.0, 1, 2, 2, 3, 4]), ones), "does not increase at row 3"),
        (cc.Trajectory(np.array([0.0, 1, 2, 2.5, 3.5, 4.5]), ones), "not equally spaced"),
        (cc.Trajectory(np.array([0.0, 1, 3, 6, 10, 15]), ones), "not equally spaced"),
        ([np.ones((6, 1)), np.ones((6, 2))], "trajectory 1 has 2 variables"),
        ([cc.Trajectory.from_numpy(ones, dt=1.0), cc.Trajectory.from_numpy(ones, dt=2.0)], "sampling intervals"),
    ],
)
def test_bad_data_are_refused_in_one_sentence(data, message):
    with pytest.raises(cc.DataError, match=message):
        Persistence().fit(data)
    assert message.split()[0] in (Persistence().applicable(data) or "")


# -- forecasts --------------------------------------------------------------------------------------------------


def explosive():
    data = cc.Trajectory.from_numpy(1.3 ** np.arange(60.0), times=5.0 + np.arange(60.0))
    return AR(order=1).fit(data), data


def test_a_diverging_forecast_raises_with_its_time_or_is_nan_from_there_on():
    model, data = explosive()
    # the data's sd is s; 1.3^(59 + h) leaves mean + 1000 s at the first h that hand calculation gives
    values = np.asarray(data.states)[:, 0]
    h = int(np.ceil(np.log((values.mean() + 1000 * values.std()) / values[-1]) / np.log(1.3)))
    with pytest.raises(cc.NumericalError, match=f"diverged at step {h} of 60") as caught:
        forecast(model, data, 60)
    assert caught.value.time == 64.0 + h
    flagged = forecast(model, data, 60, throw=False)
    assert "diverged" in flagged.meta["status"]
    assert np.isfinite(flagged.states[: h - 1]).all() and np.isnan(flagged.states[h - 1 :]).all()
    np.testing.assert_allclose(flagged.states[: h - 1, 0], 1.3 ** np.arange(60.0, 59.0 + h), rtol=1e-9)
    rolled = rolling_forecasts(model, data, [10, 20], 30)
    assert not rolled.diverged.any()


def test_misuse_of_forecast():
    data = cc.Trajectory.from_numpy(sine(50), dt=1.0)
    model = AR(order=2).fit(data)
    for call, message in [
        (lambda: forecast(model, data, 0), "at least 1"),
        (lambda: forecast(model, data, 3, members=0, key=jax.random.key(0)), "at least 1"),
        (lambda: forecast(model, data, 3, inputs=np.ones((3, 1))), "has no inputs"),
        (lambda: forecast(cc.systems.Lorenz63(), data, 3), "takes a fitted model"),
        (lambda: forecast(model, np.ones(5), 3), "must be a Trajectory"),
        (lambda: rolling_forecasts(model, data, [48], 5), "origins must lie between row 1 .* and row 44"),
        (lambda: rolling_forecasts(model, data, [0], 5), "origins must lie"),
    ]:
        with pytest.raises(cc.CocycleError, match=message):
            call()


def test_a_context_with_a_gap_counts_from_the_gap():
    model = AR(order=3).fit(cc.Trajectory.from_numpy(sine(80), dt=1.0))
    values = sine(20)[:, None].copy()
    values[17] = np.nan
    with pytest.raises(cc.DataError, match="ends with 2"):
        model.warm_up(cc.Trajectory.from_numpy(values, dt=1.0))
    values[19] = np.nan
    with pytest.raises(cc.DataError, match="last sample of the context is missing"):
        model.warm_up(cc.Trajectory.from_numpy(values, dt=1.0))


def test_members_have_the_variance_of_the_process():
    phi, sd = 0.8, 2.0
    data = cc.Trajectory.from_numpy(autoregression(20_000, [phi], sd=sd), dt=1.0)
    model = AR(order=1).fit(data)
    ensemble = np.asarray(forecast(model, data, 12, members=4000, key=jax.random.key(0)).states)[:, :, 0]
    lead = np.arange(1, 13)
    expected = sd**2 * (1 - phi ** (2 * lead)) / (1 - phi**2)
    np.testing.assert_allclose(ensemble.var(axis=0), expected, rtol=0.1)
    walk = cc.Trajectory.from_numpy(np.cumsum(RNG.normal(size=5000)), dt=1.0)
    ensemble = np.asarray(forecast(Persistence().fit(walk), walk, 9, members=4000, key=jax.random.key(0)).states)
    np.testing.assert_allclose(ensemble[:, :, 0].var(axis=0), np.arange(1, 10), rtol=0.1)


# -- inputs -----------------------------------------------------------------------------------------------------


def driven(n=400):
    """x' = 0.7 x + 0.5 u, with a known input."""
    u = RNG.normal(size=n)
    x = np.zeros(n)
    for i in range(1, n):
        x[i] = 0.7 * x[i - 1] + 0.5 * u[i - 1]
    return cc.Trajectory(np.arange(n), x[:, None], inputs=u[:, None])


@pytest.mark.parametrize("learner", [AR(order=1), NVAR(delays=1, order=1), EchoState(size=30, washout=20)])
def test_known_inputs_enter_the_model_and_its_forecast(learner):
    data = driven()
    model = learner.fit(data[:300])
    assert isinstance(model, cc.ControlledMap)
    future = data[300:310]
    predicted = forecast(model, data[:300], 10, inputs=future.inputs)
    error = np.abs(predicted.states - future.states).max()
    assert error < (0.1 if isinstance(learner, EchoState) else 1e-8)
    rolled = rolling_forecasts(model, data, [299], 10)
    np.testing.assert_allclose(rolled.forecasts[0], predicted.states, rtol=1e-9, atol=1e-12)
    x = model.warm_up(data[:300])
    u = data.inputs[299]
    np.testing.assert_allclose(model.observe(model.step(0, x, u)), predicted.states[0], rtol=1e-9, atol=1e-12)
    assert isinstance(model.drive(lambda n: np.zeros(1)), cc.Map)
    with pytest.raises(cc.CocycleError, match="pass their future"):
        forecast(model, data[:300], 10)
    with pytest.raises(cc.CocycleError, match="inputs must have shape"):
        forecast(model, data[:300], 10, inputs=np.ones((9, 1)))
    with pytest.raises(cc.DataError, match="the context has none"):
        forecast(model, cc.Trajectory.from_numpy(data.states, dt=1.0), 10, inputs=np.ones((10, 1)))


def test_a_learner_without_inputs_ignores_them():
    data = driven()
    assert forecast(Persistence().fit(data), data, 3).states.shape == (3, 1)


# -- shared algebra ---------------------------------------------------------------------------------------------


def test_monomials_are_all_products():
    z = RNG.normal(size=(5, 3))
    rows = exponents(3, 4)
    assert len(rows) == 34 and len({tuple(r) for r in rows}) == 34
    assert {tuple(r) for r in rows} == {e for e in itertools.product(range(5), repeat=3) if 1 <= sum(e) <= 4}
    expected = np.prod(z[:, None, :] ** rows[None], axis=2)
    np.testing.assert_allclose(evaluate(z, 4), expected, rtol=1e-12)
    np.testing.assert_allclose(evaluate(jax.numpy.asarray(z), 4), expected, rtol=1e-12)
    assert names(("x", "y"), 2) == ["x", "y", "x^2", "x y", "y^2"]


def test_regression_against_the_augmented_least_squares_problem():
    x, y = RNG.normal(size=(60, 7)) * 10.0 ** np.arange(-3, 4), RNG.normal(size=(60, 2))
    x[:, 3] += 100.0
    for ridge in (0.0, 1e-3, 1.0):
        fit = regress(x, y, ridge)
        xc, yc = x - x.mean(axis=0), y - y.mean(axis=0)
        below = np.sqrt(60 * ridge) * np.diag(x.std(axis=0))
        expected = np.linalg.lstsq(np.vstack([xc, below]), np.vstack([yc, np.zeros((7, 2))]), rcond=None)[0]
        np.testing.assert_allclose(fit.coefficients, expected, rtol=1e-8)
        np.testing.assert_allclose(fit.intercept, y.mean(axis=0) - x.mean(axis=0) @ expected, rtol=1e-8, atol=1e-9)
        np.testing.assert_allclose(fit.residuals, y - fit.intercept - x @ fit.coefficients, atol=1e-10)
        hat = xc @ np.linalg.solve(xc.T @ xc + below.T @ below, xc.T)
        assert fit.freedom == pytest.approx(1 + np.trace(hat), rel=1e-6)


def test_generalised_cross_validation_is_at_its_minimum():
    n = 80
    x, noise = RNG.normal(size=(n, 30)), RNG.normal(size=(n, 1))
    y = x[:, :3].sum(axis=1, keepdims=True) + 2 * noise

    def score(ridge):
        fit = regress(x, y, ridge)
        return np.sum(fit.residuals**2) / (n - fit.freedom) ** 2

    chosen = regress(x, y, None).ridge
    assert chosen > 0
    grid = np.logspace(-8, 1, 19)
    assert score(chosen) <= min(map(score, grid)) * (1 + 1e-9)


def test_regression_does_not_square_the_condition_number():
    t = np.linspace(0.9, 1.1, 400)  # normal equations lose everything here: condition number 1e12 and more
    powers = t[:, None] ** np.arange(1, 9)
    y = np.sin(3 * t)[:, None]
    assert np.abs(regress(powers, y).residuals).max() < 1e-11


def test_blocked_triangle_is_that_of_the_whole():
    x = RNG.normal(size=(1000, 6))
    np.testing.assert_allclose(np.abs(triangle(x, 100)), np.abs(np.linalg.qr(x, mode="r")), rtol=1e-9, atol=1e-9)
    assert factor(x[:, :5], x[:, 5:]).kept.all()


def test_mean_and_persistence_are_what_they_say():
    values = lorenz(60)
    data = cc.Trajectory.from_numpy(values, dt=0.02)
    np.testing.assert_allclose(forecast(Mean().fit(data), data, 4).states, np.tile(values.mean(axis=0), (4, 1)))
    np.testing.assert_array_equal(forecast(Persistence().fit(data), data, 4).states, np.tile(values[-1], (4, 1)))
