"""Each learner against exact truth, an independent implementation, or published figures."""

import equinox as eqx
import jax
import numpy as np
import pytest
from known_series import autoregression, henon, logistic, lorenz, sine

import cocycle as cc
from cocycle.learn import AR, NVAR, EchoState, SeasonalNaive, Simplex, SMap, forecast, rolling_forecasts
from cocycle.score import valid_prediction_time


def data_of(values, dt=1.0):
    return cc.Trajectory.from_numpy(values, dt=dt)


def lyapunov_times(learner, values, n, horizon, dt=0.02, origins=8):
    """Median valid prediction time on Lorenz-63, in Lyapunov times, over starts after the training data."""
    data = data_of(values, dt)
    model = learner.fit(data[:n])
    start = np.linspace(n, len(values) - 2 - horizon, origins).astype(int)
    rolled = rolling_forecasts(model, data, start, horizon)
    return np.median(
        [
            valid_prediction_time(t, f, dt=dt, scale=values.std(axis=0), lyapunov=0.9056)
            for t, f in zip(rolled.truth, rolled.forecasts, strict=True)
        ]
    )


@pytest.fixture(scope="module")
def clean():
    return lorenz(3800)


# -- autoregression -----------------------------------------------------------------------------------------------


def test_ar_recovers_a_noise_free_recursion():
    x = np.zeros(60)
    x[:2] = 1.0, 0.5
    for i in range(2, 60):
        x[i] = 0.3 + 1.5 * x[i - 1] - 0.8 * x[i - 2]
    model = AR(order=2).fit(data_of(x))
    np.testing.assert_allclose(model.coefficients[0, :, 0], [1.5, -0.8], rtol=1e-9)
    np.testing.assert_allclose(model.intercept, [0.3], rtol=1e-9)
    roots = model.eigenvalues()
    np.testing.assert_allclose(np.sort_complex(roots), np.sort_complex(np.roots([1, -1.5, 0.8])), rtol=1e-8)


def test_ar_finds_the_order_and_the_coefficients():
    truth = [0.6, -0.5, 0.3]
    x = autoregression(6000, truth, sd=1.5, mean=7.0)
    model = AR(criterion="bic").fit(data_of(x))
    assert model.lags == 3
    # the standard error of each is below 1 / sqrt(n) = 0.013
    np.testing.assert_allclose(model.coefficients[0, :, 0], truth, atol=0.04)
    assert float(model.about.noise[0, 0]) ** 2 == pytest.approx(2.25, rel=0.06)
    assert AR(criterion="aic").fit(data_of(x)).lags >= 3


def var_series(n=300):
    """A VAR(2) of two variables, seeded."""
    rng = np.random.default_rng(42)
    a1, a2 = np.array([[0.5, 0.2], [-0.3, 0.6]]), np.array([[-0.2, 0.0], [0.1, 0.15]])
    x = np.zeros((n, 2))
    for i in range(2, n):
        x[i] = [1.0, -0.5] + a1 @ x[i - 1] + a2 @ x[i - 2] + rng.normal(size=2) @ [[1.0, 0.3], [0.0, 0.5]]
    return x


def test_var_is_that_of_the_reference_implementation():
    # statsmodels 0.15, VAR(x).fit(2): rows are the constant, lag 1 (2 rows), lag 2
    parameters = np.array(
        [
            [0.51257647318, -1.097751568325],
            [0.467690592974, -0.268268564267],
            [0.226501096322, 0.540679213919],
            [-0.159224025337, 0.097658519716],
            [-0.206769857889, -0.008911564539],
        ]
    )
    covariance = [[0.995892094953, 0.361929118089], [0.361929118089, 0.347311708477]]
    ahead = [[0.037314652872, -2.859354677221], [0.546560155029, -2.587223532792], [0.767475520602, -2.614109044837]]
    data = data_of(var_series())
    model = AR(max_order=8).fit(data)
    assert model.lags == 2
    np.testing.assert_allclose(model.intercept, parameters[0], rtol=1e-9)
    np.testing.assert_allclose(model.coefficients.reshape(2, 4).T, parameters[1:], rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(model.about.noise @ model.about.noise.T, covariance, rtol=1e-9)
    np.testing.assert_allclose(forecast(model, data, 3).states, ahead, rtol=1e-9)


def test_order_selection_is_that_of_one_regression_per_order_on_common_samples():
    x = var_series()
    n, most = len(x), 8
    scores = {"aic": [], "bic": [], "hqic": []}
    for p in range(1, most + 1):
        rows = np.array([np.concatenate([[1.0], *x[i - p : i][::-1]]) for i in range(most, n)])
        fit = np.linalg.lstsq(rows, x[most:], rcond=None)[0]
        residual = x[most:] - rows @ fit
        m = len(rows)
        log_det = np.linalg.slogdet(residual.T @ residual / m)[1]
        free = 2 * rows.shape[1]
        scores["aic"].append(log_det + 2 * free / m)
        scores["bic"].append(log_det + np.log(m) * free / m)
        scores["hqic"].append(log_det + 2 * np.log(np.log(m)) * free / m)
    for criterion, values in scores.items():
        assert AR(criterion=criterion, max_order=most).fit(data_of(x)).lags == int(np.argmin(values)) + 1


# -- seasonal ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", [7, 25, 60])
def test_seasonal_naive_finds_the_period(period):
    noise = 0.1 * np.random.default_rng(0).normal(size=600)
    model = SeasonalNaive().fit(data_of(sine(600, period) + 0.3 * sine(600, period / 2) + noise))
    assert model.lags == period


def test_seasonal_naive_repeats_the_last_period():
    x = np.tile([1.0, 5.0, 2.0, 8.0], 6)
    data = data_of(x)
    np.testing.assert_array_equal(forecast(SeasonalNaive(period=4).fit(data), data, 9).states[:, 0], np.tile(x, 2)[:9])
    assert SeasonalNaive().fit(data).lags == 4


def test_the_seasonal_period_of_a_finely_sampled_noisy_sine_is_not_a_few_samples():
    """A slow series is close to itself a few samples ago, and noise makes dips in that error: no period."""
    noise = np.random.default_rng(0).normal(size=6000)
    lags = SeasonalNaive().fit(data_of(sine(6000, 1250.0) + 0.05 * noise)).lags
    assert abs(lags - 1250) < 40
    # fewer than three periods: the lag that comes closest, never one of a few samples
    assert SeasonalNaive().fit(data_of(sine(60, 25.0))).lags > 15


# -- NVAR -------------------------------------------------------------------------------------------------------


def test_nvar_recovers_polynomial_maps_exactly():
    x = henon(300)
    model = NVAR(delays=1, order=2, ridge=0.0).fit(data_of(x))
    for point in x[::50]:
        expected = 1 - 1.4 * point[0] ** 2 + point[1], 0.3 * point[0]
        np.testing.assert_allclose(model.step(0, point), expected, atol=1e-11)
    # from the first variable alone: x' = 1 - 1.4 x^2 + 0.3 x[-1]
    delayed = NVAR(delays=2, stride=1, order=2, ridge=0.0).fit(data_of(x[:, 0]))
    np.testing.assert_allclose(delayed.step(0, x[[100, 99], 0])[0], x[101, 0], atol=1e-11)


def test_nvar_stride_reaches_back():
    rng = np.random.default_rng(0)

    def episode():
        x = rng.normal(size=20)
        for i in range(4, 20):
            x[i] = 0.5 * x[i - 1] - 0.3 * x[i - 4] * x[i - 1] + 0.2 * x[i - 4]
        return data_of(x)

    model = NVAR(delays=2, stride=3, order=2, ridge=0.0).fit([episode() for _ in range(40)])
    assert model.lags == 4
    w = rng.normal(size=4)
    assert model.step(0, w)[0] == pytest.approx(0.5 * w[0] - 0.3 * w[3] * w[0] + 0.2 * w[3], abs=1e-9)


def test_nvar_of_high_degree_forecasts_clean_lorenz_for_over_twenty_lyapunov_times(clean):
    # a peer figure: 23.6 with 1,000 samples at dt = 0.02 by a one-step polynomial map of degree 8; rounding is the
    # limit
    assert lyapunov_times(NVAR(delays=1, order=8, ridge=0.0), clean, 1000, 1500) > 20


def test_nvar_chooses_a_ridge_that_keeps_collinear_delays_stable(clean):
    # with a tiny fixed ridge this map is unstable: a peer figure is 0.1 to 0.5 Lyapunov times
    assert lyapunov_times(NVAR(delays=2, stride=1, order=2), clean, 2000, 800) > 4
    noisy = clean + 1e-3 * clean.std(axis=0) * np.random.default_rng(0).normal(size=clean.shape)
    assert lyapunov_times(NVAR(delays=2, stride=1, order=2), noisy, 2000, 800) > 3


# -- analogues --------------------------------------------------------------------------------------------------


def simplex_by_hand(library, targets, query):
    """Sugihara & May's projection for one query."""
    distance = np.sqrt(((library - query) ** 2).sum(axis=1))
    nearest = np.argsort(distance)[: library.shape[1] + 1]
    weights = np.exp(-distance[nearest] / distance[nearest[0]])
    return weights @ targets[nearest] / weights.sum()


def test_simplex_is_the_published_projection(clean):
    x = clean[:600:2, 0]
    model = Simplex(dimension=3, delay=2).fit(data_of(x[:200]))
    z = (x - x[:200].mean()) / x[:200].std()
    library = np.array([z[[i, i - 2, i - 4]] for i in range(4, 199)])
    targets = x[5:200]
    step = eqx.filter_jit(model.step)
    for i in range(210, 290, 7):
        state = model.warm_up(data_of(x[: i + 1]))
        expected = simplex_by_hand(library, targets, z[[i, i - 2, i - 4]])
        assert float(step(0, state)[0]) == pytest.approx(expected, rel=1e-10)


def test_one_step_skill_on_lorenz_x_is_that_of_the_reference_implementation():
    # pyEDM 2.5.7 on the same numbers: E = 3, library rows 1 to 500, predictions of rows 502, 503, 504 and 752
    x = lorenz(1000, dt=0.05)[:, 0]
    data = data_of(x, 0.05)
    origins = np.arange(500, 998, 3)
    for learner, predictions, least, digits in (
        (Simplex(dimension=3), [-9.456523, -7.147359, -5.339260, 5.737771], 0.9975, 2e-6),
        # the small ridge that makes collinear delays solvable moves the sixth digit
        (SMap(dimension=3, theta=3.0), [-9.364790, -6.874875, -5.057853, 5.758984], 0.9997, 3e-4),
    ):
        model = learner.fit(data[:500])
        rolled = rolling_forecasts(model, data, origins, 1)
        assert np.corrcoef(rolled.forecasts.ravel(), rolled.truth.ravel())[0, 1] > least
        rolled = rolling_forecasts(model, data, [500, 501, 502, 750], 1)
        np.testing.assert_allclose(rolled.forecasts.ravel(), predictions, atol=digits)


def test_the_embedding_dimension_is_that_of_the_map():
    assert Simplex().fit(data_of(logistic(500))).lags == 1
    assert Simplex().fit(data_of(henon(500)[:, 0])).lags == 2


def test_smap_is_the_published_local_regression():
    x = logistic(250)
    model = SMap(dimension=2, theta=2.0).fit(data_of(x[:200]))
    library = np.array([[x[i], x[i - 1]] for i in range(1, 199)])
    step = eqx.filter_jit(model.step)
    for i in (205, 220, 240):
        q = np.array([x[i], x[i - 1]])
        distance = np.sqrt(((library - q) ** 2).sum(axis=1))
        weights = np.exp(-2.0 * distance / distance.mean())
        rows = np.hstack([np.ones((198, 1)), library]) * weights[:, None]
        fit = np.linalg.lstsq(rows, weights * x[2:200], rcond=None)[0]
        # the tiny ridge of the model shows in the seventh digit
        assert float(step(0, q)[0]) == pytest.approx(fit[0] + fit[1:] @ q, abs=1e-6)


def test_theta_tells_nonlinear_from_linear():
    assert float(SMap().fit(data_of(logistic(300))).theta) >= 4
    assert float(SMap().fit(data_of(autoregression(300, [0.8]))).theta) <= 0.5


# -- echo state -------------------------------------------------------------------------------------------------


def test_the_reservoir_is_the_published_update():
    values = lorenz(200)
    learner = EchoState(size=120, washout=20, spectral_radius=0.7, leak=0.4)
    model = learner.fit(data_of(values, 0.02))
    r = model.reservoir
    w = r.dense()
    assert np.abs(np.linalg.eigvals(w)).max() == pytest.approx(0.7, rel=1e-3)
    assert (np.count_nonzero(w, axis=1) == 10).all()
    z = (values - values.mean(axis=0)) / values.std(axis=0)
    state = np.zeros(120)
    for u in z[:-1]:
        state = 0.6 * state + 0.4 * np.tanh(w @ state + np.asarray(r.input_weights) @ u + np.asarray(r.bias))
    warm = np.asarray(model.warm_up(data_of(values, 0.02)))
    np.testing.assert_allclose(warm[3:], state, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(warm[:3], values[-1])


def test_the_initial_state_is_washed_out():
    values = lorenz(400)
    model = EchoState(size=100).fit(data_of(values, 0.02))
    whole, part = model.warm_up(data_of(values, 0.02)), model.warm_up(data_of(values[250:], 0.02))
    np.testing.assert_allclose(whole, part, atol=1e-3)


def test_another_key_is_another_network():
    data = data_of(lorenz(300), 0.02)
    learner = EchoState(size=50, washout=30)
    a, b = (learner.fit(data, key=jax.random.key(k)).reservoir.weights for k in (1, 2))
    assert not np.allclose(a, b)


def test_echo_state_forecasts_lorenz_longer_than_the_peer(clean):
    # a peer figure: median 1.4 (500 units, 10,000 samples, dt = 0.02), best 2.3
    assert lyapunov_times(EchoState(size=300), clean, 2500, 600) > 4


def test_settings_are_checked():
    for make, message in [
        (lambda: EchoState(leak=0.0), "leak"),
        (lambda: EchoState(spectral_radius=-1.0), "spectral_radius"),
        (lambda: EchoState(size=1), "size"),
        (lambda: AR(order=0), "order"),
        (lambda: AR(criterion="best"), "one of aic, bic, hqic"),
        (lambda: NVAR(ridge=-1.0), "ridge"),
        (lambda: NVAR(delays=1.5), "integer"),
        (lambda: SMap(theta=-1.0), "theta"),
        (lambda: SeasonalNaive(period=0), "period"),
    ]:
        with pytest.raises(cc.CocycleError, match=message):
            make()
