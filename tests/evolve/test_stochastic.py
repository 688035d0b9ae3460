"""Stochastic solvers against exact solutions on the same Brownian path."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import DoubleWell, Fading, Geometric, GeometricStratonovich, OrnsteinUhlenbeck

import cocycle as cc
from cocycle import evolve

FINE, PATHS = 2**12, 400


def brownian(seed=0, paths=PATHS, fine=FINE, time=1.0, noise=1):
    """Increments and areas over `fine` steps, drawn from their joint normal law."""
    rng = np.random.default_rng(seed)
    h = time / fine
    a, b = rng.standard_normal((2, paths, fine, noise))
    return np.sqrt(h) * a, h**1.5 / 2 * (a + b / np.sqrt(3))


def coarsen(dw, area, h, factor):
    """The same paths on a grid `factor` times coarser."""
    paths, n, noise = dw.shape
    dw = dw.reshape(paths, n // factor, factor, noise)
    area = area.reshape(dw.shape)
    before = np.cumsum(dw, axis=2) - dw
    return dw.sum(axis=2), (area + h * before).sum(axis=2)


@eqx.filter_jit
def ends(solver, system, h, dw, area):
    return jax.vmap(lambda w, a: solver.along(system, 0.0, system.default_state(), h, w, a)[-1])(dw, area)


def strong_slope(solver, system, truth, factors):
    dw, area = brownian()
    steps, errors = [], []
    for factor in factors:
        h = 1.0 / FINE
        found = ends(solver, system, factor * h, *coarsen(dw, area, h, factor))
        steps.append(factor * h)
        errors.append(np.mean(np.abs(np.asarray(found)[:, 0] - truth(dw, area))))
    return np.polyfit(np.log(steps), np.log(errors), 1)[0]


def at_end(system):
    return lambda dw, area: system.exact(1.0, dw.sum(axis=1)[:, 0])


def random_ode(dw, area):
    """The double well through u = x - s W, an ordinary equation on each path: Heun's method on the fine grid."""
    h, s = 1.0 / FINE, 0.5
    w = np.concatenate([np.zeros((PATHS, 1)), np.cumsum(dw[:, :, 0], axis=1)], axis=1)
    f = lambda x: x - x**3  # noqa: E731
    u = np.ones(PATHS)
    for i in range(FINE):
        k = f(u + s * w[:, i])
        u = u + h / 2 * (k + f(u + h * k + s * w[:, i + 1]))
    return u + s * w[:, -1]


def by_parts(dw, area):
    """x(1) of the Ornstein-Uhlenbeck process: the stochastic integral by parts, the area of each fine step exact."""
    h, t = 1.0 / FINE, (np.arange(FINE) + 0.5) / FINE
    w = np.cumsum(dw[:, :, 0], axis=1)
    under = h * (w - dw[:, :, 0]) + area[:, :, 0]
    kernel_slope = 0.5 * np.exp(t - 1) * (1 + np.sin(t) + np.cos(t))
    return np.exp(-1) + 0.5 * (1 + np.sin(1)) * w[:, -1] - under @ kernel_slope


@pytest.mark.parametrize(
    ("solver", "system", "truth", "order"),
    [
        (evolve.EulerMaruyama(), Geometric(), None, 0.5),
        (evolve.EulerMaruyama(), GeometricStratonovich(), None, 0.5),
        (evolve.EulerMaruyama(), Fading(), None, 1.0),
        (evolve.StochasticHeun(), GeometricStratonovich(), None, 1.0),
        (evolve.StochasticHeun(), Geometric(), None, 1.0),
        (evolve.SRA1(), OrnsteinUhlenbeck(b=1.0), by_parts, 2.0),  # linear drift: the leading error term vanishes
        (evolve.SRA1(), DoubleWell(), random_ode, 1.5),
    ],
    ids=lambda v: type(v).__name__ if isinstance(v, eqx.Module) else getattr(v, "__name__", str(v)),
)
def test_strong_order_and_calculus(solver, system, truth, order):
    """A scheme that read the noise in the wrong calculus would converge to another process: slope 0."""
    factors = (256, 128, 64, 32) if truth else (128, 64, 32, 16, 8)
    assert strong_slope(solver, system, truth or at_end(system), factors) == pytest.approx(order, abs=0.2)


def test_commuting_and_several_noises():
    class Plane(cc.StochasticFlow):
        def drift(self, t, x):
            return 0.0 * x

        def diffusion(self, t, x):
            return jnp.diag(x)

        def default_state(self):
            return jnp.ones(2)

    dw, area = brownian(1, noise=2)
    h = 8 / FINE
    found = ends(evolve.StochasticHeun(), Plane(), h, *coarsen(dw, area, 1 / FINE, 8))
    exact = np.exp(dw.sum(axis=1) - 0.5)
    assert np.mean(np.abs(found - exact)) < 0.02


def test_stationary_variance_of_an_ornstein_uhlenbeck_process():
    system = OrnsteinUhlenbeck()
    for solver in (evolve.EulerMaruyama(dt=0.01), evolve.StochasticHeun(dt=0.02), evolve.SRA1(dt=0.05)):
        run = cc.trajectory(system, 8000.0, dt=0.5, transient=10.0, solver=solver, key=jax.random.key(1))
        x = run.states[:, 0]
        # s^2 / (2 theta) = 0.125; 4,000 relaxation times give a relative standard error of sqrt(2 / 8000) = 1.6 %
        assert np.var(x) == pytest.approx(0.125, rel=0.06), solver
        assert np.corrcoef(x[:-1], x[1:])[0, 1] == pytest.approx(np.exp(-0.5), abs=0.04)


def test_the_drawn_areas_have_their_joint_law():
    """One SRA1 step of dx = w dt, dw = dW gives the pair (area, increment) itself."""

    class Integrated(cc.StochasticFlow):
        additive = True

        def drift(self, t, x):
            return x[1], 0.0 * x[1]

        def diffusion(self, t, x):
            return jnp.array([[0.0], [1.0]])

        def default_state(self):
            return jnp.zeros(2)

    h = 0.3
    keys = jax.random.split(jax.random.key(0), 40_000)
    out = jax.jit(jax.vmap(lambda k: evolve.SRA1().advance(Integrated(), 0.0, jnp.zeros(2), h, k)))(keys)
    expected = np.array([[h**3 / 3, h**2 / 2], [h**2 / 2, h]])
    np.testing.assert_allclose(np.cov(np.asarray(out).T), expected, rtol=0.04)


def test_same_key_same_path_and_record_is_repeated_advance():
    phi = cc.cocycle(Geometric(), 0.1, evolve.EulerMaruyama(dt=0.02))
    key = jax.random.key(3)
    one, two = (cc.trajectory(Geometric(), 1.0, dt=0.1, solver=phi.solver, key=key).states for _ in range(2))
    np.testing.assert_array_equal(one, two)
    other = cc.trajectory(Geometric(), 1.0, dt=0.1, solver=phi.solver, key=jax.random.key(4)).states
    assert abs(other[-1, 0] - one[-1, 0]) > 1e-3
    x = phi.init([1.0])
    step = eqx.filter_jit(lambda phi, i, x, k: phi(i * phi.dt, x, k))
    for i in range(10):
        x = step(phi, jnp.asarray(i), x, jax.random.fold_in(key, i))
    np.testing.assert_allclose(x, one[-1], rtol=1e-12)


@pytest.mark.parametrize("options", [{"substeps": 1}, {"substeps": 7}, {"dt": 0.03}], ids=str)
def test_a_record_longer_than_a_block_of_noise_is_still_repeated_advance(options):
    phi = cc.cocycle(OrnsteinUhlenbeck(), 0.1, evolve.SRA1(**options))
    key = jax.random.key(5)

    @jax.jit
    def both(x):
        def body(x, i):
            x = phi(i * phi.dt, x, jax.random.fold_in(key, i))
            return x, x

        return phi.record(jnp.asarray(0.0), x, 600, key), jax.lax.scan(body, x, jnp.arange(600))[1]

    recorded, repeated = both(jnp.ones(1))
    np.testing.assert_allclose(recorded[1:], repeated, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("solver", [evolve.EulerMaruyama(), evolve.StochasticHeun(), evolve.SRA1()])
def test_pathwise_derivatives(solver):
    dw, area = (v[0] for v in brownian(2, paths=1, fine=64))
    system = OrnsteinUhlenbeck(b=0.5) if isinstance(solver, evolve.SRA1) else Geometric()
    name = "theta" if isinstance(solver, evolve.SRA1) else "s"

    @jax.jit
    def run(v):
        changed = system.replace(**{name: v})
        return jnp.sum(solver.along(changed, 0.0, jnp.ones(1) * v, 1 / 64, dw, area)[-1])

    forward = jax.jit(lambda v: jax.jvp(run, (v,), (1.0,))[1])(0.8)
    eps = 1e-6
    assert float(forward) == pytest.approx(float(run(0.8 + eps) - run(0.8 - eps)) / (2 * eps), rel=1e-7)
    assert float(jax.jit(jax.grad(run))(0.8)) == pytest.approx(float(forward), rel=1e-10)


def test_reverse_mode_through_a_cocycle_with_a_key():
    system, key = OrnsteinUhlenbeck(), jax.random.key(0)

    @jax.jit
    def run(theta):
        phi = cc.cocycle(system.replace(theta=theta), 1.0, evolve.SRA1(substeps=20))
        return phi(jnp.asarray(0.0), jnp.ones(1), key)[0]

    reverse, forward = jax.grad(run)(1.0), jax.jvp(run, (1.0,), (1.0,))[1]
    assert float(reverse) == pytest.approx(float(forward), rel=1e-10)


def test_refusals():
    with pytest.raises(cc.CocycleError, match="SRA1 needs noise that does not depend on the state"):
        cc.cocycle(Geometric(), 0.1, evolve.SRA1())
    with pytest.raises(cc.CocycleError, match=r"pass `key=jax\.random\.key\(seed\)`"):
        cc.trajectory(Geometric(), 1.0, dt=0.1)
    with pytest.raises(cc.CocycleError, match="needs `areas`"):
        evolve.SRA1().along(OrnsteinUhlenbeck(), 0.0, [1.0], 0.1, np.zeros((3, 1)))
    with pytest.raises(cc.CocycleError, match="increments must have shape"):
        evolve.EulerMaruyama().along(Geometric(), 0.0, [1.0], 0.1, np.zeros(3))

    class Neither(Geometric):
        calculus = "klimontovich"

    with pytest.raises(cc.CocycleError, match="calculus must be"):
        cc.cocycle(Neither(), 0.1, evolve.EulerMaruyama())


def test_default_solvers_fit_the_kind():
    assert isinstance(evolve.default_solver(Geometric(), 0.1), evolve.EulerMaruyama)
    assert isinstance(evolve.default_solver(GeometricStratonovich(), 0.1), evolve.StochasticHeun)
    assert isinstance(evolve.default_solver(DoubleWell(), 0.1), evolve.SRA1)
