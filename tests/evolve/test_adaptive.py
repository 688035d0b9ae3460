"""Tsit5 and Dop853: tableau, step control, dense output, derivatives, failures, compilation."""

import math

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import Driven, Explosion, Linear, Lorenz, Pendulum, Product
from scipy.integrate import solve_ivp
from scipy.linalg import expm

import cocycle as cc
from cocycle import evolve

BOTH = pytest.mark.parametrize("solver", [evolve.Tsit5(), evolve.Dop853()], ids=["Tsit5", "Dop853"])


@pytest.fixture(params=[10**9, -1], ids=["written out", "looped"])
def stages(request, monkeypatch):
    """Both ways to go through the stages of a step, whatever the size of the system."""
    monkeypatch.setattr("cocycle.evolve._runge_kutta._SMALL", request.param)
    jax.clear_caches()
    yield
    jax.clear_caches()


SPIRAL = Linear(np.array([[-0.3, 2.0], [-1.5, -0.2]]))


def field(system):
    return lambda t, x: cc.core.as_point(system.vector_field(t, x))


def exact(system, t):
    return expm(np.asarray(system.a) * t) @ np.ones(2) if isinstance(system, Linear) else system.exact(t)


def trees(order):
    """Rooted trees with `order` nodes, as nested sorted tuples."""
    if order == 1:
        return [()]

    def forests(nodes, largest):
        if nodes == 0:
            yield ()
        for size in range(min(nodes, largest[0]), 0, -1):
            candidates = trees(size)
            first = candidates.index(largest[1]) if size == largest[0] and largest[1] in candidates else 0
            for tree in candidates[first:] if size == largest[0] else candidates:
                for rest in forests(nodes - size, (size, tree)):
                    yield (tree, *rest)

    return list(forests(order - 1, (order - 1, None)))


def density(tree):
    return nodes(tree) * math.prod(map(density, tree))


def nodes(tree):
    return 1 + sum(map(nodes, tree))


def order_defect(solver, order):
    """The largest violation of the conditions that Butcher's trees of this order impose."""
    rows = solver.tableau.a
    a = np.array([list(row) + [0.0] * (len(rows) - len(row)) for row in rows])
    b = a[-1]  # the last row is the solution
    np.testing.assert_allclose(a.sum(axis=1), solver.tableau.c, atol=1e-14)

    def weight(tree):
        out = np.ones(len(rows))
        for child in tree:
            out = out * (a @ weight(child))
        return out

    return max(abs(b @ weight(tree) - 1 / density(tree)) for tree in trees(order))


def test_the_number_of_trees_is_cayleys():
    assert [len(trees(n)) for n in range(1, 9)] == [1, 1, 2, 4, 9, 20, 48, 115]


@BOTH
def test_the_tableau_satisfies_every_order_condition(solver):
    assert max(order_defect(solver, n) for n in range(1, solver.order + 1)) < 1e-13
    assert order_defect(solver, solver.order + 1) > 1e-8


@pytest.mark.parametrize(
    ("solver", "system", "time", "counts"),
    [(evolve.Tsit5(), Product(), 2.0, (160, 226, 320)), (evolve.Dop853(), SPIRAL, 10.0, (12, 16, 24, 32))],
    ids=["Tsit5", "Dop853"],
)
@pytest.mark.usefixtures("stages")
def test_order_of_convergence_at_equal_steps(solver, system, time, counts):
    f = field(system)

    @jax.jit
    def run(h, n):
        def body(i, x):
            return solver._stages(f, i * h, x, h, f(i * h, x))[0]

        return jax.lax.fori_loop(0, n, body, system.default_state())

    errors = [np.abs(np.asarray(run(time / n, n)) - exact(system, time)).max() for n in counts]
    assert errors[-1] > 1e-13
    assert -np.polyfit(np.log(counts), np.log(errors), 1)[0] == pytest.approx(solver.order, abs=0.2), errors


@BOTH
@pytest.mark.usefixtures("stages")
def test_order_of_the_dense_output(solver):
    """The local error of an interpolant of degree d falls as h^(d + 1)."""
    degree = 4 if isinstance(solver, evolve.Tsit5) else 7
    system = SPIRAL
    f = field(system)
    errors, steps = [], (0.1, 0.05, 0.025) if degree == 4 else (0.6, 0.4, 0.3, 0.2)
    for h in steps:
        x = system.default_state()
        k1 = f(0.0, x)
        y, ks = solver._stages(f, 0.0, x, h, k1)
        at = solver._dense(f, 0.0, x, y, h, ks)
        np.testing.assert_allclose(at(0.0), x, atol=1e-15)
        np.testing.assert_allclose(at(1.0), y, atol=1e-14)
        errors.append(max(np.abs(np.asarray(at(s)) - exact(system, s * h)).max() for s in (0.2, 0.45, 0.7)))
    assert np.polyfit(np.log(steps), np.log(errors), 1)[0] == pytest.approx(degree + 1, abs=0.2), errors


@BOTH
def test_the_error_follows_the_tolerance(solver):
    system = Pendulum()
    run = eqx.filter_jit(lambda phi: phi(0.0, system.default_state()))
    errors = []
    for tolerance in (1e-6, 1e-8, 1e-10):
        phi = cc.cocycle(system, 10.0, type(solver)(tolerance, tolerance))
        errors.append(np.abs(np.asarray(run(phi)) - system.exact(10.0)).max())
    assert all(e < 30 * t for e, t in zip(errors, (1e-6, 1e-8, 1e-10), strict=True)), errors
    assert errors[0] / errors[2] > 1e3, errors
    closer = np.abs(np.asarray(run(cc.cocycle(system, 10.0, type(solver)(1e-6, 1e-6)).refined())) - system.exact(10.0))
    assert closer.max() < errors[0] / 20


@BOTH
def test_lorenz_agrees_with_scipy(solver):
    reference = solve_ivp(
        lambda t, x: [10 * (x[1] - x[0]), x[0] * (28 - x[2]) - x[1], x[0] * x[1] - 8 / 3 * x[2]],
        (0, 10),
        [-5.0, -6.0, 22.0],
        method="DOP853",
        rtol=1e-13,
        atol=1e-13,
        t_eval=np.arange(101) / 10,
    ).y.T
    run = cc.trajectory(Lorenz(), 10.0, dt=0.1, solver=type(solver)(1e-11, 1e-11))
    assert np.abs(run.states - reference).max() < 1e-5


@BOTH
@pytest.mark.parametrize("system", [Pendulum(), Driven()], ids=["Pendulum", "Driven"])
def test_a_record_is_repeated_advance_is_the_truth(solver, system):
    phi = cc.cocycle(system, 0.37, solver)

    @jax.jit
    def both(x):
        def body(x, i):
            x = phi(i * phi.dt, x)
            return x, x

        return phi.record(jnp.asarray(0.0), x, 27), jax.lax.scan(body, x, jnp.arange(27))[1]

    recorded, repeated = both(system.default_state())
    exact = np.array([np.atleast_1d(system.exact(0.37 * i)) for i in range(28)]).reshape(28, -1)
    np.testing.assert_allclose(recorded, exact, atol=2e-7)
    np.testing.assert_allclose(repeated, exact[1:], atol=2e-7)


@BOTH
def test_derivative_of_a_linear_flow_is_its_exponential(solver):
    a = np.array([[-0.3, 2.0, 0.1], [-2.0, -0.3, 0.0], [0.5, 0.0, -4.0]])
    phi = cc.cocycle(Linear(a), 1.5, solver)
    np.testing.assert_allclose(jax.jit(jax.jacfwd(lambda x: phi(0.0, x)))(jnp.ones(3)), expm(1.5 * a), atol=3e-7)
    record = jax.jit(jax.jacfwd(lambda x: phi.record(0.0, x, 2)))(jnp.ones(3))
    np.testing.assert_allclose(record[1], expm(1.5 * a), atol=3e-7)
    np.testing.assert_allclose(record[2], expm(3.0 * a), atol=3e-7)


@BOTH
@pytest.mark.usefixtures("stages")
def test_derivatives_by_parameter_and_by_time(solver):
    system = Driven()

    def run(v):
        return cc.cocycle(system.replace(a=v[0]), v[1], solver)(v[2], jnp.array([0.5]))[0]

    v = jnp.array([2.0, 1.3, 0.0])
    found = jax.jit(jax.jacfwd(run))(v)
    eps = 1e-6
    by_a = (system.exact(1.3, a=2.0 + eps) - system.exact(1.3, a=2.0 - eps)) / (2 * eps)
    assert float(found[0]) == pytest.approx(by_a, abs=1e-6)
    by_dt = -2 * system.exact(1.3) + np.cos(1.3)
    assert float(found[1]) == pytest.approx(by_dt, abs=1e-6)


@BOTH
def test_derivatives_are_finite_at_an_equilibrium(solver):
    phi = cc.cocycle(Lorenz(), 0.5, solver)
    at_rest = jax.jit(jax.jacfwd(lambda x: phi(0.0, x)))(jnp.zeros(3))
    jacobian = np.array([[-10.0, 10.0, 0.0], [28.0, -1.0, 0.0], [0.0, 0.0, -8 / 3]])
    np.testing.assert_allclose(at_rest, expm(0.5 * jacobian), rtol=1e-4, atol=1e-6)
    replayed = cc.cocycle(Lorenz(), 0.5, type(solver)(replay=512))
    reverse = jax.jit(jax.jacrev(lambda x: replayed(0.0, x)))(jnp.zeros(3))
    np.testing.assert_allclose(reverse, at_rest, rtol=1e-10, atol=1e-10)


@BOTH
@pytest.mark.usefixtures("stages")
def test_reverse_mode_needs_replay_and_then_equals_forward_mode(solver):
    def loss(v, solver):
        x = cc.cocycle(Lorenz(rho=v), 0.7, solver)(0.0, jnp.array([-5.0, -6.0, 22.0]) * v / 28)
        return jnp.sum(x**2)

    with pytest.raises(Exception, match=r"replay=N`, a bound on the steps per sampling interval"):
        jax.grad(lambda v: loss(v, solver))(28.0)
    reverse = jax.jit(jax.grad(lambda v: loss(v, type(solver)(replay=512))))(28.0)
    forward = jax.jit(lambda v: jax.jvp(lambda v: loss(v, solver), (v,), (1.0,))[1])(28.0)
    assert float(reverse) == pytest.approx(float(forward), rel=1e-10)


def test_too_short_a_replay_is_a_failure_not_a_number():
    phi = cc.cocycle(Lorenz(), 5.0, evolve.Tsit5(replay=8))
    assert np.isnan(np.asarray(phi(0.0, jnp.array([-5.0, -6.0, 22.0])))).all()


@BOTH
def test_an_explosion_is_an_error_with_its_time(solver):
    with pytest.raises(cc.NumericalError, match=r"Explosion diverged between t = 0\.9 and t = 1\.2") as caught:
        cc.trajectory(Explosion(), 3.0, dt=0.3, solver=solver)
    assert caught.value.time == pytest.approx(1.2)
    assert caught.value.state == pytest.approx([10.0], rel=1e-5)
    kept = cc.trajectory(Explosion(), 3.0, dt=0.3, solver=solver, throw=False)
    np.testing.assert_allclose(kept.states[:4, 0], 1 / (1 - 0.3 * np.arange(4)), rtol=1e-5)
    assert np.isnan(kept.states[4:]).all()
    assert "diverged" in kept.meta["status"]


@BOTH
def test_a_jump_to_nowhere_underflows_and_too_many_steps_stop(solver):
    class Wall(cc.Flow):
        def vector_field(self, t, x):
            return jnp.where(x > 0, -1.0, jnp.nan)

        def default_state(self):
            return jnp.array([1.0])

    assert np.isnan(np.asarray(cc.cocycle(Wall(), 2.0, solver)(0.0, jnp.ones(1)))).all()
    few = type(solver)(max_steps=3)
    assert np.isnan(np.asarray(cc.cocycle(Lorenz(), 5.0, few)(0.0, jnp.array([1.0, 1.0, 1.0])))).all()


def test_tolerances_must_be_positive_and_may_differ_by_component():
    for bad in ({"rtol": 0.0}, {"atol": -1e-8}):
        with pytest.raises(cc.CocycleError, match="must be positive"):
            evolve.Tsit5(**bad)
    phi = cc.cocycle(Pendulum(), 1.0, evolve.Tsit5(atol=np.array([1e-6, 1e-9])))
    np.testing.assert_allclose(phi(0.0, Pendulum().default_state()), Pendulum().exact(1.0), atol=1e-6)


@pytest.mark.parametrize(
    "solver",
    [lambda: evolve.Tsit5(), lambda: evolve.Dop853(), lambda: evolve.RK4(dt=0.01), lambda: evolve.RK4(substeps=2)],
    ids=["Tsit5", "Dop853", "RK4", "RK4 substeps"],
)
def test_a_second_parameter_value_compiles_nothing(solver):
    count = 0

    @eqx.filter_jit
    def run(phi, x):
        nonlocal count
        count += 1
        return phi.record(jnp.asarray(0.0), x, 5)

    for rho, dt in ((28.0, 0.1), (29, 0.2), (np.float64(30), 0.3), (jnp.asarray(31.0), 0.1)):
        run(cc.cocycle(Lorenz(rho=rho), dt, solver()), jnp.ones(3))
    if isinstance(solver(), evolve.RK4):
        assert count == 1
    else:
        run(cc.cocycle(Lorenz(), 0.1, type(solver())(1e-5, 1e-7)), jnp.ones(3))
        assert count == 1


def test_cocycle_errors():
    for bad in (0.0, -0.1):
        with pytest.raises(cc.CocycleError, match=r"dt must be positive.*reversed_time"):
            cc.cocycle(Lorenz(), bad)
    with pytest.raises(cc.CocycleError, match="Call it to make an instance"):
        cc.cocycle(Lorenz, 0.1)
    with pytest.raises(cc.CocycleError, match="Expected a System"):
        cc.cocycle(3.0, 0.1)


def test_a_start_at_rest_does_not_shorten_the_steps_for_ever():
    """Millivolts beside gates between 0 and 1: in a silent phase the whole state nearly rests, and then it bursts."""
    cell = cc.systems.BetaCell()
    orbit = np.asarray(cc.trajectory(cell, periods=3).states)
    for start in orbit[:: len(orbit) // 4]:
        run = cc.trajectory(cell, periods=10, x0=start, solver=cc.evolve.Tsit5(1e-8, 1e-8, max_steps=400_000))
        assert np.isfinite(np.asarray(run.states)).all()


def test_phases_far_from_the_origin_do_not_shorten_the_steps_of_their_tangents():
    """A displacement is no equilibrium's neighbour, however large the phase beside it and small its own velocity."""
    for turns in (0, 10_000):
        phases = cc.systems.Kuramoto.lorentzian(6)
        start = phases.default_state() + 2 * np.pi * turns
        pair = evolve.tangent(phases)
        phi = cc.cocycle(pair, 5.0, evolve.Tsit5(1e-6, 1e-6, max_steps=500))
        state = pair.join(start, jnp.eye(6))
        assert np.isfinite(np.asarray(phi(0.0, state))).all()
        assert np.isfinite(np.asarray(phi.many(0.0, jnp.stack([state, state], axis=1)))).all()
