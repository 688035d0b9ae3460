"""Delay equations by the method of steps."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import Lagged, Oscillating
from scipy.integrate import solve_ivp

import cocycle as cc
from cocycle import evolve


class MackeyGlass(cc.DelayFlow):
    tau: jax.Array = cc.param(17.0)
    beta: jax.Array = cc.param(0.2)
    gamma: jax.Array = cc.param(0.1)
    power: jax.Array = cc.param(10.0)

    @property
    def delays(self):
        return self.tau[None]

    def vector_field(self, t, x, delayed):
        past = delayed[0]
        return self.beta * past / (1 + past**self.power) - self.gamma * x

    def default_state(self):
        return jnp.array([1.2])


@eqx.filter_jit
def record(phi, n):
    return phi.record(jnp.asarray(0.0), phi.init(phi.system.default_state()), n)


def test_order_four_off_the_grid():
    # the error constant depends on where the delay falls between grid points: keep that place while halving the step
    counts = np.array([8, 16, 32, 64])
    errors = []
    for count in counts:
        h = float(np.pi / 2 / (count + 0.37))
        n = int(5 / h)
        phi = cc.cocycle(Oscillating(), h, evolve.MethodOfSteps(substeps=1))
        errors.append(np.abs(np.asarray(record(phi, n))[:, 0] - np.cos(h * np.arange(n + 1))).max())
    assert -np.polyfit(np.log(counts + 0.37), np.log(errors), 1)[0] == pytest.approx(4, abs=0.2), errors


def test_first_intervals_are_the_polynomials_of_the_method_of_steps():
    run = cc.trajectory(Lagged(), 3.0, dt=0.1)
    t = run.times
    np.testing.assert_allclose(run.states[:11, 0], 1 - t[:11], atol=1e-14)
    np.testing.assert_allclose(run.states[11:21, 0], 1 - t[11:21] + (t[11:21] - 1) ** 2 / 2, atol=1e-14)


def test_mackey_glass_against_an_independent_method_of_steps():
    # interval by interval as an ordinary equation with scipy's dense output as the past
    system = MackeyGlass()
    pieces, x = [lambda t: np.array([1.2])], np.array([1.2])
    for k in range(6):
        past = pieces[-1]

        def f(t, x, past=past):
            y = past(t - 17.0)
            return 0.2 * y / (1 + y**10) - 0.1 * x

        solution = solve_ivp(
            f, (17.0 * k, 17.0 * (k + 1)), x, method="DOP853", rtol=1e-12, atol=1e-12, dense_output=True
        )
        pieces.append(solution.sol)
        x = solution.y[:, -1]
    run = cc.trajectory(system, 102.0, dt=1.0, solver=evolve.MethodOfSteps(dt=0.05))
    assert abs(run.states[-1, 0] - x[0]) < 2e-9
    # on the attractor the signal stays within the well-known bounds
    long = cc.trajectory(system, 3000.0, dt=1.0, transient=1000.0).states[:, 0]
    assert 0.2 < long.min() < 0.5 and 1.25 < long.max() < 1.45
    # below the Hopf bifurcation of the steady state 1 (tau = 4.53) the motion dies out
    calm = cc.trajectory(system.replace(tau=4.0), 1500.0, dt=1.0).states[:, 0]
    assert abs(calm[-1] - 1) < 1e-3


def test_the_linear_growth_rate_is_the_root_of_the_characteristic_equation():
    # x' = -2 x(t - 1): lambda = -2 exp(-lambda), by Lambert's function; the derivative of the cocycle grows likewise
    from scipy.special import lambertw

    rate = lambertw(-2.0).real
    phi = cc.cocycle(Lagged(a=2.0), 1.0, evolve.MethodOfSteps(dt=0.05))
    state = phi.init(jnp.array([1.0]))

    @jax.jit
    def growth(state, v):
        def body(i, carry):
            state, v, total = carry
            state, v = jax.jvp(lambda s: phi(i * phi.dt, s), (state,), (v,))
            size = jnp.linalg.norm(v)
            return state, v / size, total + jnp.where(i >= 40, jnp.log(size), 0.0)

        return jax.lax.fori_loop(0, 1040, body, (state, v, 0.0))[2] / 1000

    found = growth(state, jnp.cos(jnp.arange(state.size)))
    assert float(found) == pytest.approx(rate, abs=2e-3)


def test_a_state_is_enough_to_continue():
    phi = cc.cocycle(MackeyGlass(), 3.0, evolve.MethodOfSteps(dt=0.5))
    whole = record(phi, 20)
    state = phi.init(jnp.array([1.2]))
    step = eqx.filter_jit(lambda phi, i, s: phi(i * phi.dt, s))
    for i in range(20):
        state = step(phi, jnp.asarray(i), state)
    np.testing.assert_allclose(phi.output(state), whole[-1], rtol=1e-13)
    times, values = phi.history(state)
    assert times[0] == pytest.approx(-17.0, abs=0.5)
    np.testing.assert_allclose(values[-1], whole[-1], rtol=1e-13)


def test_history_ends_at_the_given_point():
    phi = cc.cocycle(Oscillating(), 0.1)
    times, values = phi.history(phi.init(jnp.array([3.0])))
    np.testing.assert_allclose(values[:, 0], np.cos(times) + 2.0, rtol=1e-14)


def test_the_step_follows_from_the_delays():
    phi = cc.cocycle(MackeyGlass(tau=17.3), 1.0)
    h = 1.0 / phi.steps
    assert (17.3 / h) == pytest.approx(round(17.3 / h), abs=1e-6)  # commensurate: kinks fall on the grid
    assert phi.nodes == round(17.3 / h)
    short = cc.cocycle(Lagged(tau=0.01), 1.0)
    assert 1.0 / short.steps <= 0.01


def test_derivative_by_the_delay_itself():
    solver = evolve.MethodOfSteps(substeps=40, nodes=25)
    run = jax.jit(
        lambda tau: (phi := cc.cocycle(Lagged(tau=tau), 2.0, solver)).output(phi(0.0, phi.init(jnp.ones(1))))[0]
    )
    # x(2) = 1 - 2 + (2 - tau)^2 / 2 for 1 <= tau <= 2
    assert float(run(1.2)) == pytest.approx(-1 + 0.8**2 / 2, abs=1e-6)
    assert float(jax.jvp(run, (1.2,), (1.0,))[1]) == pytest.approx(-0.8, abs=0.01)  # of order h: a kink


def test_errors_say_what_to_do():
    with pytest.raises(cc.CocycleError, match="delays must be positive"):
        cc.cocycle(Lagged(tau=0.0), 0.1)
    with pytest.raises(cc.CocycleError, match="exceeds the shortest delay"):
        cc.cocycle(Lagged(tau=0.1), 1.0, evolve.MethodOfSteps(substeps=2))
    with pytest.raises(cc.CocycleError, match="nodes=3 is too short"):
        cc.cocycle(Lagged(), 1.0, evolve.MethodOfSteps(substeps=10, nodes=3))
    with pytest.raises(cc.CocycleError, match=r"delays of Lagged .* are traced"):
        jax.jit(lambda tau: cc.cocycle(Lagged(tau=tau), 1.0).dt)(1.0)
    with pytest.raises(cc.CocycleError, match="needs its history"):
        evolve.MethodOfSteps().advance(Lagged(), 0.0, jnp.ones(1), 0.1)


def test_divergence_is_reported():
    with pytest.raises(cc.NumericalError, match="Lagged diverged between"):
        cc.trajectory(Lagged(a=-200.0), 400.0, dt=1.0, solver=evolve.MethodOfSteps(substeps=2))
