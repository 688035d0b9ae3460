"""Systems made from systems."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import Driven, Explosion, Geometric, Lagged, Linear, Lorenz, OrnsteinUhlenbeck, Pendulum, Product
from scipy.integrate import solve_ivp
from scipy.linalg import expm

import cocycle as cc
from cocycle import evolve


class Circle(cc.Flow):
    """r' = a r (1 - r^2), phi' = 1: the return map of the ray y = 0, x > 0 is exact, the flight time 2 pi."""

    a: jax.Array = cc.param(0.1)

    def vector_field(self, t, x):
        x, y = x
        r2 = x * x + y * y
        return self.a * x * (1 - r2) - y, self.a * y * (1 - r2) + x

    def default_state(self):
        return jnp.array([0.3, -0.4])

    def exact(self, r, a=0.1, turns=1.0):
        e = np.exp(2 * a * 2 * np.pi * turns)
        return np.sqrt(e * r * r / (1 - r * r + e * r * r))


class Henon(cc.Map):
    dt = 1.0
    a: jax.Array = cc.param(1.4)

    def step(self, n, x):
        x, y = x
        return 1 - self.a * x * x + y, 0.3 * x

    def default_state(self):
        return jnp.array([0.1, 0.1])


# -- Poincare maps ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("solver", [evolve.Tsit5(1e-11, 1e-11), evolve.Dop853(1e-11, 1e-11)], ids=["Tsit5", "Dop853"])
def test_return_map_and_flight_time_are_exact(solver):
    system = Circle()
    returns = evolve.poincare(system, (1, 0.0), solver=solver)
    cross = eqx.filter_jit(lambda p, r: p.crossing(r))
    for r in (0.2, 0.9, 1.0, 1.7):
        point, time = cross(returns, jnp.array([r]))
        assert float(point[0]) == pytest.approx(system.exact(r), abs=1e-9)
        assert float(time) == pytest.approx(2 * np.pi, abs=1e-9)


def test_every_direction_counts_what_it_says():
    system = Circle()
    cross = eqx.filter_jit(lambda p, r: p.crossing(r))
    both = evolve.poincare(system, (1, 0.0), direction=0)
    point, time = cross(both, jnp.array([0.5]))
    assert float(time) == pytest.approx(np.pi, abs=1e-7)
    assert float(point[0]) == pytest.approx(-system.exact(0.5, turns=0.5), abs=1e-7)
    point, time = cross(both, point)
    assert float(time) == pytest.approx(np.pi, abs=1e-7) and float(point[0]) > 0
    down = evolve.poincare(system, (1, 0.0), direction=-1)
    point, time = cross(down, jnp.array([-0.5]))
    assert float(time) == pytest.approx(2 * np.pi, abs=1e-7)
    assert float(point[0]) == pytest.approx(-system.exact(0.5), abs=1e-7)


def test_onto_the_section_from_anywhere():
    point, time = eqx.filter_jit(lambda p, x: p.onto(x))(evolve.poincare(Circle(), ("x1", 0.0)), jnp.array([0.3, -0.4]))
    angle = np.arctan2(0.4, 0.3)  # below the section by this angle
    assert float(time) == pytest.approx(angle, abs=1e-7)
    assert float(point[0]) == pytest.approx(Circle().exact(0.5, turns=angle / (2 * np.pi)), abs=1e-7)


def test_crossings_of_lorenz_lie_on_the_plane_to_rounding_and_match_scipy():
    returns = evolve.poincare(Lorenz(), ("x2", 27.0), solver=evolve.Tsit5(1e-11, 1e-11))
    start = returns.default_state()
    x, time = eqx.filter_jit(lambda p, x: p.crossing(x))(returns, start)
    full = np.asarray(returns.lift(start))

    def event(t, x):
        return x[2] - 27.0 if t > 1e-3 else 1.0

    event.terminal, event.direction = True, 1
    reference = solve_ivp(
        lambda t, x: [10 * (x[1] - x[0]), x[0] * (28 - x[2]) - x[1], x[0] * x[1] - 8 / 3 * x[2]],
        (0, 10), full, method="DOP853", rtol=1e-12, atol=1e-12, events=event, max_step=0.01,
    )  # fmt: skip
    assert float(time) == pytest.approx(reference.t_events[0][0], abs=1e-7)
    np.testing.assert_allclose(x, reference.y_events[0][0][:2], atol=1e-6)
    advanced = cc.cocycle(Lorenz(), float(time), evolve.Tsit5(1e-11, 1e-11))(0.0, jnp.asarray(full))
    assert abs(float(advanced[2]) - 27.0) < 1e-8


def test_the_jacobian_accounts_for_the_crossing_time():
    returns = evolve.poincare(Lorenz(), (2, 27.0), solver=evolve.Tsit5(1e-11, 1e-11))
    x = returns.default_state()
    step = eqx.filter_jit(lambda p, x: p.crossing(x))
    point, time = jax.jit(jax.jacfwd(lambda x: returns.crossing(x)))(x)
    eps = 1e-5
    for i in range(2):
        ahead, behind = step(returns, x.at[i].add(eps)), step(returns, x.at[i].add(-eps))
        np.testing.assert_allclose(point[:, i], (ahead[0] - behind[0]) / (2 * eps), rtol=1e-5, atol=1e-6)
        assert float(time[i]) == pytest.approx(float(ahead[1] - behind[1]) / (2 * eps), rel=1e-4, abs=1e-7)


def test_the_multiplier_of_a_limit_cycle_is_exact():
    returns = evolve.poincare(Circle(), (1, 0.0), solver=evolve.Dop853(1e-11, 1e-11))
    multiplier = jax.jit(jax.jacfwd(lambda r: returns.step(0, r)))(jnp.array([1.0]))
    assert float(multiplier[0, 0]) == pytest.approx(np.exp(-2 * 0.1 * 2 * np.pi), rel=1e-7)
    by_parameter = jax.jit(
        lambda a: jax.jvp(lambda a: evolve.PoincareMap(Circle(a=a), returns.section, 100.0, returns.solver)
                          .step(0, jnp.array([0.5]))[0], (a,), (1.0,))[1]
    )(0.1)  # fmt: skip
    eps = 1e-5
    expected = (Circle().exact(0.5, a=0.1 + eps) - Circle().exact(0.5, a=0.1 - eps)) / (2 * eps)
    assert float(by_parameter) == pytest.approx(expected, rel=1e-6)


def test_derivative_by_the_place_of_the_section():
    # x' = x on the section x = c, from x0: crossing at time log(c / x0)
    class Grow(cc.Flow):
        def vector_field(self, t, x):
            return x[0], 1.0

        def default_state(self):
            return jnp.array([1.0, 0.0])

    def run(c):
        return evolve.poincare(Grow(), evolve.Plane(0, c), max_time=10.0).onto(jnp.array([1.0, 0.0]))

    (point, time), (dpoint, dtime) = jax.jit(lambda c: jax.jvp(run, (c,), (1.0,)))(2.0)
    assert float(time) == pytest.approx(np.log(2), abs=1e-8) and float(point[0]) == pytest.approx(np.log(2), abs=1e-8)
    assert float(dtime) == pytest.approx(0.5, abs=1e-7) and float(dpoint[0]) == pytest.approx(0.5, abs=1e-7)


def test_a_curved_section():
    surface = evolve.Surface(
        function=lambda x: x[1] - 0.2 * x[0] ** 2,
        project_with=lambda x: x[:1],
        lift_with=lambda s: jnp.stack([s[0], 0.2 * s[0] ** 2]),
    )
    returns = evolve.poincare(Circle(), surface)
    point, time = eqx.filter_jit(lambda p, s: p.crossing(s))(returns, jnp.array([0.5]))
    assert float(surface(returns.lift(point))) == 0.0
    far = cc.cocycle(Circle(), float(time))(0.0, returns.lift(jnp.array([0.5])))
    np.testing.assert_allclose(far, returns.lift(point), atol=1e-6)


def test_no_return_is_an_error_that_says_so():
    returns = evolve.poincare(Linear(-np.eye(2)), (0, 0.5), direction=-1, max_time=20.0)
    with pytest.raises(cc.NumericalError, match=r"orbit of Linear does not return to the section within max_time = 20"):
        cc.trajectory(returns, 3)
    kept = cc.trajectory(returns, 3, throw=False)
    assert np.isnan(kept.states[1:]).all() and "does not return" in kept.meta["status"]
    nowhere = evolve.poincare(Linear(-np.eye(2)), (0, 5.0), max_time=20.0)
    with pytest.raises(cc.NumericalError, match="does not return"):
        nowhere.default_state()


def test_a_poincare_map_is_a_map_like_any_other():
    returns = evolve.poincare(Lorenz(), ("x2", 27.0))
    assert isinstance(returns, cc.Map) and returns.dim == 2 and returns.variables == ("x0", "x1")
    assert cc.trajectory(returns, 5).states.shape == (6, 2)
    many = cc.ensemble(returns, np.asarray(returns.default_state()) + np.zeros((3, 2)), 4, final=True)
    np.testing.assert_allclose(many, np.tile(many[:1], (3, 1)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((Driven(), (0, 0.0)), "use `stroboscopic"),
        ((Henon(), (0, 0.0)), "expected a Flow"),
        ((Lorenz(), ("w", 0.0)), "no variable 'w'; it has: x0, x1, x2"),
        ((Lorenz(), (5, 0.0)), "outside the 3 variables"),
        ((Lorenz(), 27.0), "a pair such as"),
    ],
)
def test_poincare_errors(arguments, message):
    with pytest.raises(cc.CocycleError, match=message):
        evolve.poincare(*arguments)
    with pytest.raises(cc.CocycleError, match="direction must be"):
        evolve.poincare(Lorenz(), (2, 27.0), direction=2)
    with pytest.raises(cc.CocycleError, match="solver must be Tsit5 or Dop853"):
        evolve.poincare(Lorenz(), (2, 27.0), solver=evolve.RK4())


# -- tangent, stroboscopic ----------------------------------------------------------------------------------------


def test_tangent_of_a_linear_flow_is_its_exponential():
    a = np.array([[-0.3, 2.0], [-2.0, 0.1]])
    system = evolve.tangent(Linear(a))
    state = cc.trajectory(system, 1.5, dt=1.5).states[-1]
    x, rows = system.split(state)
    np.testing.assert_allclose(np.asarray(rows).T, expm(1.5 * a), atol=1e-7)
    np.testing.assert_allclose(x, expm(1.5 * a) @ np.ones(2), atol=1e-7)
    assert system.variables == ("x0", "x1", "dx0_0", "dx1_0", "dx0_1", "dx1_1")


def test_tangent_of_a_map_is_the_chain_of_jacobians():
    system = evolve.tangent(Henon())
    x, product = np.array([0.1, 0.1]), np.eye(2)
    for _ in range(6):
        product = np.array([[-2.8 * x[0], 1.0], [0.3, 0.0]]) @ product
        x = np.array([1 - 1.4 * x[0] ** 2 + x[1], 0.3 * x[0]])
    state = cc.trajectory(system, 6).states[-1]
    np.testing.assert_allclose(system.split(state)[1].T, product, rtol=1e-12)


def test_tangent_of_a_stochastic_flow_follows_the_same_noise():
    # geometric Brownian motion is linear: the displacement moves as the point does
    system = evolve.tangent(Geometric())
    run = cc.trajectory(system, 1.0, dt=0.1, solver=evolve.EulerMaruyama(dt=0.01), key=jax.random.key(0)).states
    np.testing.assert_allclose(run[:, 1], run[:, 0], rtol=1e-12)
    assert abs(run[-1, 0] - 1) > 1e-2


def test_tangent_refuses_what_it_cannot_do():
    with pytest.raises(cc.NotApplicableError, match="Lagged is not a Flow"):
        evolve.tangent(Lagged())
    with pytest.raises(cc.CocycleError, match="k must be at least 1"):
        evolve.tangent(Lorenz(), 0)


def test_stroboscopic_map_of_a_driven_decay():
    strobe = evolve.stroboscopic(Driven(), phase=0.4)
    assert float(strobe.dt) == pytest.approx(2 * np.pi)
    run = cc.trajectory(strobe, 3 * 2 * np.pi, x0=[0.7])
    fixed = (2 * np.cos(0.4) + np.sin(0.4)) / 5
    expected = fixed + (0.7 - fixed) * np.exp(-2 * 2 * np.pi * np.arange(4))
    np.testing.assert_allclose(run.states[:, 0], expected, atol=1e-7)
    slope = jax.jit(jax.jacfwd(lambda x: strobe.step(0, x)))(jnp.array([0.7]))
    assert float(slope[0, 0]) == pytest.approx(np.exp(-4 * np.pi), rel=1e-2, abs=1e-8)


def test_stroboscopic_errors_and_noise():
    with pytest.raises(cc.CocycleError, match="no forcing period"):
        evolve.stroboscopic(Lorenz())
    with pytest.raises(cc.NotApplicableError, match="expected a Flow or a StochasticFlow"):
        evolve.stroboscopic(Henon(), 1.0)
    noisy = evolve.stroboscopic(OrnsteinUhlenbeck(), 0.5)
    assert isinstance(noisy, cc.RandomMap)
    run = cc.trajectory(noisy, 4000.0, key=jax.random.key(0)).states[20:, 0]
    assert np.var(run) == pytest.approx(0.125, rel=0.1)


# -- coupled ------------------------------------------------------------------------------------------------------


def test_diffusive_coupling_of_linear_nodes_is_a_kronecker_sum():
    a, h = np.array([[0.1, 1.0], [-1.0, 0.2]]), np.array([[1.0, 0.0], [0.5, 0.0]])
    w = np.array([[0.0, 1.0, 0.5], [2.0, 0.0, 0.0], [0.0, 0.3, 0.0]])
    system = evolve.couple(Linear(a), w, h, strength=0.7)
    laplacian = w - np.diag(w.sum(axis=1))
    whole = np.kron(np.eye(3), a) + 0.7 * np.kron(laplacian, h)
    x = np.cos(np.arange(6.0))
    np.testing.assert_allclose(system.vector_field(0.0, jnp.asarray(x)), whole @ x, rtol=1e-13)
    called = evolve.couple(Linear(a), w, lambda x, y: h @ (y - x), strength=0.7)
    np.testing.assert_allclose(called.vector_field(0.0, jnp.asarray(x)), whole @ x, rtol=1e-13)
    different = evolve.couple([Linear(a), Linear(2 * a), Linear(-a)], w, h)
    blocks = np.kron(np.diag([1, 2, -1]), a) + np.kron(laplacian, h)
    np.testing.assert_allclose(different.vector_field(0.0, jnp.asarray(x)), blocks @ x, rtol=1e-13)
    assert system.variables[:3] == ("x0_0", "x1_0", "x0_1") and system.unravel(jnp.asarray(x)).shape == (3, 2)


def test_strong_coupling_synchronises_lorenz_systems_and_weak_coupling_does_not():
    ring = np.roll(np.eye(3), 1, axis=0) + np.roll(np.eye(3), -1, axis=0)
    spread = []
    for strength in (0.01, 10.0):
        system = evolve.couple(Lorenz(), ring, strength=strength)
        last = cc.trajectory(system, 40.0, dt=0.5).states[-1].reshape(3, 3)
        spread.append(np.abs(last - last.mean(axis=0)).max())
    assert spread[0] > 1 and spread[1] < 1e-8


def test_coupled_maps_are_kanekos_lattice():
    class Logistic(cc.Map):
        dt = 1.0

        def step(self, n, x):
            return 3.9 * x * (1 - x)

        def default_state(self):
            return jnp.array([0.3])

    n, eps = 5, 0.4
    ring = (np.roll(np.eye(n), 1, axis=0) + np.roll(np.eye(n), -1, axis=0)) / 2
    lattice = evolve.couple(Logistic(), ring, strength=eps)
    x = np.linspace(0.1, 0.8, n)
    f = 3.9 * x * (1 - x)
    np.testing.assert_allclose(
        lattice.step(0, jnp.asarray(x)), (1 - eps) * f + eps / 2 * (np.roll(f, 1) + np.roll(f, -1)), rtol=1e-13
    )
    assert isinstance(lattice, cc.Map)


def test_coupled_stochastic_flows_have_independent_noise():
    system = evolve.couple(OrnsteinUhlenbeck(), np.zeros((3, 3)))
    np.testing.assert_allclose(system.diffusion(0.0, jnp.zeros(3)), 0.5 * np.eye(3))
    assert system.additive and system.noise_dim == 3
    run = cc.trajectory(system, 2000.0, dt=0.5, key=jax.random.key(0)).states
    np.testing.assert_allclose(np.cov(run.T), 0.125 * np.eye(3), atol=0.02)


def test_couple_errors():
    with pytest.raises(cc.CocycleError, match="square matrix"):
        evolve.couple(Lorenz(), np.ones((2, 3)))
    with pytest.raises(cc.CocycleError, match="2 nodes for a graph of 3"):
        evolve.couple([Lorenz(), Lorenz()], np.ones((3, 3)))
    with pytest.raises(cc.CocycleError, match=r"must have shape \(3, 3\)"):
        evolve.couple(Lorenz(), np.ones((2, 2)), np.eye(2))
    with pytest.raises(cc.NotApplicableError, match="cannot couple a Lagged"):
        evolve.couple(Lagged(), np.ones((2, 2)))


# -- observed, noisy, reversed ------------------------------------------------------------------------------------


def test_observed_changes_only_what_is_seen():
    system = evolve.observed(Pendulum(w=1.3), lambda x: jnp.sin(x[0]))
    assert isinstance(system, cc.HamiltonianFlow) and system.separable and float(system.w) == 1.3
    np.testing.assert_allclose(system.observe(jnp.array([0.5, 1.0])), [np.sin(0.5)])
    np.testing.assert_allclose(system.vector_field(0.0, jnp.array([0.5, 1.0])), [1.0, -(1.3**2) * np.sin(0.5)])
    again = evolve.observed(system.replace(w=2.0), lambda x: (x[0], x[1] ** 2))
    np.testing.assert_allclose(again.observe(jnp.array([0.5, 3.0])), [0.5, 9.0])
    assert type(again) is type(system)
    run = cc.trajectory(system, 1.0, dt=0.5, solver=evolve.Leapfrog(dt=0.01))
    assert run.states.shape == (3, 2)
    with pytest.raises(cc.CocycleError, match="must be a function"):
        evolve.observed(Pendulum(), 3)


def test_noisy_spreads_as_two_d_t():
    still = Linear(np.zeros((2, 2)))
    matrix = np.array([[0.5, 0.2], [0.2, 0.1]])
    for d, covariance in ((0.3, 0.3 * np.eye(2)), ([0.1, 0.4], np.diag([0.1, 0.4])), (matrix, matrix)):
        system = evolve.noisy(still, d)
        b = np.asarray(system.diffusion(0.0, jnp.zeros(2)))
        np.testing.assert_allclose(b @ b.T, 2 * covariance, atol=1e-14)
    ends = cc.ensemble(system, np.zeros((4000, 2)), 3.0, final=True, solver=evolve.SRA1(dt=0.5), key=jax.random.key(0))
    np.testing.assert_allclose(np.cov(np.asarray(ends).T), 2 * matrix * 3.0, atol=0.15)
    assert system.additive and system.skeleton() is still


def test_noisy_errors():
    for bad, message in (
        (-1.0, "must not be negative"),
        (np.ones(3), "must be a number"),
        (-np.eye(2), "semidefinite"),
    ):
        with pytest.raises(cc.CocycleError, match=message):
            evolve.noisy(Linear(np.eye(2)), bad)
    with pytest.raises(cc.NotApplicableError):
        evolve.noisy(Henon(), 1.0)


class Pushed(cc.Flow):
    """x' = -x + sin(t) + t: no symmetry in time."""

    def vector_field(self, t, x):
        return -x + jnp.sin(t) + t

    def default_state(self):
        return jnp.ones(1)


def test_reversed_time_undoes_the_flow():
    for system in (Lorenz(), Pushed(), Product()):
        there = cc.cocycle(system, 0.3)(0.0, system.default_state())
        back = cc.cocycle(evolve.reversed_time(system), 0.3)(-0.3, there)
        np.testing.assert_allclose(back, system.default_state(), atol=1e-5)
        assert evolve.reversed_time(evolve.reversed_time(system)) is system
    mirrored = evolve.reversed_time(Pendulum())
    assert isinstance(mirrored, cc.HamiltonianFlow) and mirrored.separable
    leapfrog = evolve.Leapfrog(substeps=10)
    there = cc.cocycle(Pendulum(), 0.5, leapfrog)(0.0, jnp.array([0.1, 1.0]))
    np.testing.assert_allclose(cc.cocycle(mirrored, 0.5, leapfrog)(0.0, there), [0.1, 1.0], atol=1e-13)
    with pytest.raises(cc.NotApplicableError, match="inverted by hand"):
        evolve.reversed_time(Henon())
    with pytest.raises(cc.NumericalError):
        cc.trajectory(evolve.reversed_time(Explosion()), 5.0, dt=0.5, x0=[-1.0])
