"""SINDy, DMD and HAVOK against equations and modes that are known exactly."""

import jax
import numpy as np
import pytest
from known_series import henon, logistic, lorenz, sine
from scipy.integrate import solve_ivp

import cocycle as cc
from cocycle.learn import DMD, HAVOK, Fourier, Polynomial, SINDy, SINDyMap, forecast
from cocycle.learn.koopman._modal import hard_threshold, thin_svd
from cocycle.learn.sparse._derivatives import differences, noise_level, smoothed, weak
from cocycle.learn.sparse._regression import sparse_regression

LORENZ = {
    ("x", "x"): -10.0,
    ("x", "y"): 10.0,
    ("y", "x"): 28.0,
    ("y", "y"): -1.0,
    ("y", "x z"): -1.0,
    ("z", "z"): -8 / 3,
    ("z", "x y"): 1.0,
}


def table(order, unit=(1.0, 1.0, 1.0)):
    names = Polynomial(order).names(("x", "y", "z"))
    size = dict(zip("xyz", unit, strict=True))
    out = np.zeros((3, len(names)))
    for (of, term), value in LORENZ.items():
        factor = size[of] / np.prod([size[v] for v in term.split()])
        out["xyz".index(of), names.index(term)] = value * factor
    return out


def exact_lorenz(n, dt):
    """Lorenz-63 to rounding, by an independent integrator."""

    def f(t, x):
        return [10 * (x[1] - x[0]), x[0] * (28 - x[2]) - x[1], x[0] * x[1] - 8 / 3 * x[2]]

    times = 10 + dt * np.arange(n)
    return solve_ivp(f, (0, times[-1]), [-8.0, 8.0, 27.0], "DOP853", times, rtol=1e-13, atol=1e-13).y.T


@pytest.fixture(scope="module")
def fine():
    return exact_lorenz(10_000, 0.002)


def series(values, dt):
    return cc.Trajectory.from_numpy(values, dt=dt, variables=("x", "y", "z")[: np.shape(values)[1]])


def relative(model, truth):
    return np.linalg.norm(model.coefficients - truth) / np.linalg.norm(truth)


@pytest.mark.parametrize(
    ("method", "limit"), [("finite-difference", 3e-10), ("savitzky-golay", 1e-5), ("weak", 3.5e-12)]
)
def test_clean_lorenz(fine, method, limit):
    # peer figures on 1e5 samples: 1.2e-10 by differences of order 6, 3.5e-12 by the weak form
    model = SINDy(Polynomial(3), method=method).fit(series(fine, 0.002))
    assert ((model.coefficients != 0) == (table(3) != 0)).all()
    assert relative(model, table(3)) < limit


@pytest.mark.parametrize(
    ("method", "order", "limit"), [("savitzky-golay", 3, 3e-2), ("weak", 3, 8e-3), ("weak", 5, 8e-3)]
)
def test_lorenz_with_five_per_cent_noise(fine, method, order, limit):
    noisy = fine + 0.05 * fine.std(axis=0) * np.random.default_rng(0).normal(size=fine.shape)
    model = SINDy(Polynomial(order), method=method).fit(series(noisy, 0.002))
    assert ((model.coefficients != 0) == (table(order) != 0)).all()
    assert relative(model, table(order)) < limit
    # and the standard errors are honest
    true = table(order) != 0
    off = np.abs(model.coefficients - table(order))[true] / model.stderr[true]
    assert np.median(off) < (2.5 if method == "weak" else 8.0)


def test_units_change_nothing_but_the_units():
    values = lorenz(1500, dt=0.01)
    noisy = values + 0.01 * values.std(axis=0) * np.random.default_rng(0).normal(size=values.shape)
    unit = np.array([1e-3, 1.0, 1e4])
    plain, scaled = SINDy().fit(series(noisy, 0.01)), SINDy().fit(series(noisy * unit, 0.01))
    assert ((plain.coefficients != 0) == (scaled.coefficients != 0)).all()
    ratio = table(3, unit)[table(3) != 0] / table(3)[table(3) != 0]
    np.testing.assert_allclose(scaled.coefficients[table(3) != 0], plain.coefficients[table(3) != 0] * ratio, rtol=1e-6)


def test_printed_equations_and_the_flow():
    model = SINDy().fit(series(lorenz(1500, dt=0.01), 0.01))
    assert model.equations(4) == ["dx/dt = -10 x + 10 y", "dy/dt = 28 x - 1 y - 1 x z", "dz/dt = -2.667 z + 1 x y"]
    assert isinstance(model, cc.Flow)
    x = np.array([1.0, 2.0, 20.0])
    np.testing.assert_allclose(model.vector_field(0.0, x), [10.0, 6.0, 2 - 160 / 3], atol=1e-3)
    # coefficients are parameters: they can be differentiated and replaced
    slope = jax.grad(lambda c: model.replace(coefficients=c).vector_field(0.0, jax.numpy.asarray(x))[0])(
        model.coefficients
    )
    np.testing.assert_allclose(slope[0], Polynomial(3)(x))
    np.testing.assert_allclose(model.advance(0, jax.numpy.asarray(x)), cc.trajectory(
        model, time=0.01, dt=0.01, x0=x
    ).states[-1], rtol=1e-7)  # fmt: skip


def test_a_pendulum_needs_a_sine():
    h, x, out = 0.01, np.array([2.5, 0.0]), []
    for _ in range(4000):
        out.append(x)
        k1 = np.array([x[1], -np.sin(x[0])])
        k2 = np.array([x[1] + h / 2 * k1[1], -np.sin(x[0] + h / 2 * k1[0])])
        k3 = np.array([x[1] + h / 2 * k2[1], -np.sin(x[0] + h / 2 * k2[0])])
        k4 = np.array([x[1] + h * k3[1], -np.sin(x[0] + h * k3[0])])
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    model = SINDy(Polynomial(1) + Fourier(1)).fit(series(np.array(out), 0.01))
    assert model.equations() == ["dx/dt = 1 y", "dy/dt = -1 sin(x)"]


def test_maps():
    model = SINDyMap(Polynomial(3)).fit(series(henon(300), 1.0))
    assert model.equations() == ["x' = 1 + 1 y - 1.4 x^2", "y' = 0.3 x"]
    x = logistic(500)[:, None]
    model = SINDyMap(Polynomial(5)).fit(series(x, 1.0))
    np.testing.assert_allclose(model.coefficients, [[0, 3.9, -3.9, 0, 0, 0]], atol=1e-9)


@pytest.mark.slow
def test_standard_errors_cover_the_truth():
    truth, true = table(3), table(3) != 0
    values = lorenz(4000, dt=0.005)
    scores = []
    for seed in range(40):
        noisy = values + 0.01 * values.std(axis=0) * np.random.default_rng(seed).normal(size=values.shape)
        model = SINDy().fit(series(noisy, 0.005))
        scores.append(((model.coefficients - truth) / np.where(true, model.stderr, 1.0))[true])
    inside = np.mean(np.abs(scores) < 1.96)
    assert 0.85 < inside <= 1.0


def test_too_little_for_the_library():
    data = series(np.random.default_rng(0).normal(size=(60, 3)), 1.0)
    assert "too few for 56 candidate terms" in SINDy(Polynomial(5)).applicable(data)
    with pytest.raises(cc.DataError, match="too few for 56"):
        SINDy(Polynomial(5)).fit(data)
    for make, message in [
        (lambda: SINDy(library=3), "FunctionLibrary"),
        (lambda: SINDy(method="magic"), "one of weak"),
        (lambda: SINDy(threshold=-1.0), "must not be negative"),
        (lambda: Polynomial(-1), "order"),
    ]:
        with pytest.raises(cc.CocycleError, match=message):
            make()


# -- the parts of SINDy -----------------------------------------------------------------------------------------


def identity(x):
    return x


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (lambda x, h: differences(x, h, identity), 6),
        (lambda x, h: smoothed(x, h, identity, 9, 4), 4),
    ],
)
def test_derivatives_converge_at_their_order(rows, order):
    errors, steps = [], np.array([0.1, 0.05, 0.025])
    for h in steps:
        t = h * np.arange(round(6 / h))
        _, slope = rows(np.sin(t)[:, None], h)
        half = (len(t) - len(slope)) // 2
        errors.append(np.abs(slope[:, 0] - np.cos(t)[half : len(t) - half]).max())
    assert np.polyfit(np.log(steps), np.log(errors), 1)[0] == pytest.approx(order, abs=0.2)


def test_the_weak_form_of_an_exponential():
    t = 0.01 * np.arange(800)
    left, right = weak(np.exp(-0.7 * t)[:, None], 0.01, identity, 40, 10)
    np.testing.assert_allclose(right / left, -0.7, rtol=1e-11)


def test_noise_level():
    t = np.arange(20_000)
    clean = np.sin(2 * np.pi * t / 100)[:, None]
    noise = 0.03 * np.random.default_rng(0).normal(size=clean.shape)
    assert noise_level(clean + noise)[0] == pytest.approx(0.03, rel=0.05)
    assert noise_level(clean)[0] < 1e-7


def test_terms_that_imitate_each_other_are_told_apart():
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, 2000)
    design = x[:, None] ** np.arange(8)
    y = (2 * x - x**3)[:, None] + 0.02 * rng.normal(size=(2000, 1))
    fit = sparse_regression(design, y, np.arange(8), 0.01, 3.0, 1)
    assert np.flatnonzero(fit.coefficients[0]).tolist() == [1, 3]
    np.testing.assert_allclose(fit.coefficients[0, [1, 3]], [2, -1], atol=0.02)
    # white noise: the block errors agree with the textbook ones
    active = design[:, [1, 3]]
    textbook = 0.02 * np.sqrt(np.diag(np.linalg.inv(active.T @ active)))
    np.testing.assert_allclose(fit.stderr[0, [1, 3]], textbook, rtol=0.3)


# -- modes ------------------------------------------------------------------------------------------------------

RATES = np.array([-0.05 + 2j, -0.02 + 3.1j, 5j, -0.1 + 7.3j, -0.03 + 11j])


def modal(samples, dim, dt=0.02, noise=0.0, seed=0):
    """Five damped oscillations (ten modes) in random directions."""
    rng = np.random.default_rng(seed)
    modes = rng.normal(size=(5, dim)) + 1j * rng.normal(size=(5, dim))
    x = np.real(np.exp(np.outer(dt * np.arange(samples), RATES)) @ modes)
    return x + noise * x.std() * rng.normal(size=x.shape), modes


def distance(found, truth=np.concatenate([RATES, RATES.conj()])):  # noqa: B008
    return np.max([np.abs(found - t).min() for t in truth])


def test_dmd_finds_ten_exact_modes():
    x, modes = modal(300, 40)
    data = cc.Trajectory.from_numpy(x, dt=0.02)
    model = DMD().fit(data[:250])
    assert model.operator.shape == (10, 10)
    assert distance(model.eigenvalues) < 1e-8
    # modes times amplitudes are the true vectors (half of each goes to the conjugate)
    j = int(np.argmin(np.abs(model.eigenvalues - RATES[3])))
    np.testing.assert_allclose(model.modes[:, j] * model.amplitudes[j], modes[3] / 2, atol=1e-8)
    np.testing.assert_allclose(np.linalg.norm(model.modes, axis=0), 1.0)
    np.testing.assert_allclose(np.abs(model.multipliers), np.exp(0.02 * model.eigenvalues.real), rtol=1e-9)
    np.testing.assert_allclose(forecast(model, data[:250], 50).states, x[250:], atol=1e-7)


def test_dmd_finds_ten_modes_in_noise_and_their_number():
    # a peer figure (500 x 2000, 1 % noise, exact DMD of rank 10): mean error 1.2e-4 of the multipliers
    x, _ = modal(500, 2000, noise=0.01)
    model = DMD().fit(cc.Trajectory.from_numpy(x, dt=0.02))
    assert model.operator.shape == (10, 10)
    truth = np.exp(0.02 * np.concatenate([RATES, RATES.conj()]))
    assert np.mean([np.abs(model.multipliers - t).min() for t in truth]) < 1.2e-4


def test_delays_let_one_sensor_see_all_modes():
    x, _ = modal(600, 1)
    assert distance(DMD(delays=60, rank=10).fit(cc.Trajectory.from_numpy(x, dt=0.02)).eigenvalues) < 1e-5


def test_the_method_of_snapshots_agrees_with_the_full_decomposition():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 6)) @ rng.normal(size=(6, 4_000)) + 0.01 * rng.normal(size=(50, 4_000))
    u, s, vt = thin_svd(x, limit=0)
    expected = np.linalg.svd(x, compute_uv=False)
    np.testing.assert_allclose(s, expected, rtol=1e-8)
    np.testing.assert_allclose(thin_svd(x)[1], expected, rtol=1e-12)
    np.testing.assert_allclose(np.abs(vt @ vt.T), np.eye(50), atol=1e-8)
    np.testing.assert_allclose((u * s) @ vt, x, atol=1e-6)


def test_the_hard_threshold_is_the_published_one():
    # square matrices: 2.858 times the median [Gavish & Donoho 2014, table IV]; the fit of eq. 5 is within 0.02
    median = 1.0
    values = np.array([2.90, 2.80, *[median] * 7])
    assert hard_threshold(values, (9, 9)) == 1


def test_havok_continues_a_sum_of_sines_and_finds_its_frequencies():
    t = 0.05 * np.arange(1000)
    x = np.sin(2 * t) + 0.5 * np.cos(5 * t + 1) + 3.0
    data = cc.Trajectory.from_numpy(x, dt=0.05)
    model = HAVOK(delays=60, rank=5).fit(data[:800])  # two pairs, and what the mean over a broken period leaves
    np.testing.assert_allclose(forecast(model, data[:800], 200).states[:, 0], x[800:], atol=1e-6)
    rates = np.log(np.linalg.eigvals(np.asarray(model.operator)).astype(complex)) / 0.05
    np.testing.assert_allclose(np.sort(np.abs(rates.imag)), [0, 2, 2, 5, 5], atol=1e-6)


def test_havok_of_lorenz_has_the_published_structure():
    values = exact_lorenz(40_000, 0.001)
    model = HAVOK(delays=100, rank=15).fit(cc.Trajectory.from_numpy(values[:, 0], dt=0.001))
    forcing = np.asarray(model.forcing)
    assert np.mean(forcing**4) / np.mean(forcing**2) ** 2 > 5  # long tails; 3 for a Gaussian
    a = np.asarray(model.linear)
    assert a.shape == (14, 14) and model.input.shape == (14,)
    # nearly antisymmetric, with entries beside the diagonal
    leading = a[:7, :7]
    assert np.abs(leading + leading.T).max() < 0.02 * np.abs(leading).max()
    beside = np.abs(np.diag(a, 1)).sum() + np.abs(np.diag(a, -1)).sum()
    assert beside > 0.95 * np.abs(a).sum()


def test_a_sine_is_a_pair_of_modes():
    model = DMD(delays=20, rank=2).fit(cc.Trajectory.from_numpy(sine(200, period=25.0, dt=1.0), dt=1.0))
    np.testing.assert_allclose(np.sort(model.eigenvalues.imag), [-2 * np.pi / 25, 2 * np.pi / 25], rtol=1e-8)
    np.testing.assert_allclose(model.eigenvalues.real, 0.0, atol=1e-9)
