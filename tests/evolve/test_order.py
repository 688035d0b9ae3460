"""Every fixed-step solver converges at its order, to an exact solution; its derivatives are those of the solution."""

import dataclasses
import math
from decimal import Decimal, localcontext

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import SOLVERS, Burgers, Lagged

import cocycle as cc
from cocycle import evolve


@eqx.filter_jit
def final(phi, n):
    return phi.record(jnp.asarray(0.0), phi.init(phi.system.default_state()), n)[-1]


def error(case, h):
    phi = cc.cocycle(case.system, case.time / 2, case.make(h))
    return np.abs(np.asarray(final(phi, 2)) - case.system.exact(case.time)).max()


def slope(steps, errors):
    return np.polyfit(np.log(steps), np.log(errors), 1)[0]


@pytest.mark.parametrize("case", SOLVERS, ids=lambda c: c.name)
def test_order_of_convergence(case):
    errors = [error(case, h) for h in case.steps]
    assert errors[-1] > 1e-12, "rounding: drop the smallest step"
    assert slope(case.steps, errors) == pytest.approx(case.order, abs=0.2), errors


@pytest.mark.parametrize("case", SOLVERS, ids=lambda c: c.name)
def test_derivatives_by_state_and_parameter_match_finite_differences(case):
    solver = case.make(case.steps[0])
    x0 = case.system.default_state()
    direction = jnp.cos(1.0 + jnp.arange(x0.size))

    @jax.jit
    def run(s):
        system = case.system.replace(**{case.parameter: getattr(case.system, case.parameter) * (1 + s)})
        phi = cc.cocycle(system, 1.0, solver)
        return phi.output(phi(jnp.asarray(0.0), phi.init(x0 + s * direction)))

    value, forward = jax.jvp(run, (0.0,), (1.0,))
    eps = 1e-5
    differences = (run(eps) - run(-eps)) / (2 * eps)
    assert np.isfinite(value).all()
    np.testing.assert_allclose(forward, differences, rtol=2e-7, atol=2e-8)


@pytest.mark.parametrize("case", SOLVERS, ids=lambda c: c.name)
def test_reverse_mode_equals_forward_mode_with_substeps(case):
    made = case.make(0.1)
    solver = dataclasses.replace(made, dt=None, substeps=10)
    x0 = case.system.default_state()
    phi = cc.cocycle(case.system, 0.5, solver)
    run = lambda x: jnp.sum(phi.output(phi(jnp.asarray(0.0), phi.init(x))) ** 2)  # noqa: E731
    direction = jnp.sin(1.0 + jnp.arange(x0.size))
    reverse = jax.jit(jax.grad(run))(x0) @ direction
    forward = jax.jit(lambda x: jax.jvp(run, (x,), (direction,))[1])(x0)
    np.testing.assert_allclose(reverse, forward, rtol=1e-10)


@pytest.mark.parametrize("case", SOLVERS, ids=lambda c: c.name)
def test_a_record_is_repeated_advance(case):
    phi = cc.cocycle(case.system, 0.2, case.make(case.steps[1]))

    @jax.jit
    def both(x):
        state = phi.init(x)
        one = state
        for i in range(3):
            one = phi(i * phi.dt, one)
        return phi.record(jnp.asarray(0.0), state, 3)[-1], phi.output(one)

    recorded, repeated = both(case.system.default_state())
    # Tao's scheme joins its two copies at every sample, which `record` does not
    tolerance = 1e-2 if case.name == "Tao 2" else 1e-4 if case.name.startswith("Tao") else 1e-13
    np.testing.assert_allclose(recorded, repeated, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("case", SOLVERS, ids=lambda c: c.name)
def test_refined_is_closer(case):
    coarse = cc.cocycle(case.system, case.time / 2, case.make(case.steps[0]))
    truth = case.system.exact(case.time)
    errors = [np.abs(np.asarray(final(phi, 2)) - truth).max() for phi in (coarse, coarse.refined())]
    assert errors[1] < errors[0] / 2 ** (case.order - 0.5), errors


def test_every_solver_has_an_order_test():
    solvers = {
        name
        for name, value in vars(evolve).items()
        if isinstance(value, type)
        and issubclass(value, evolve.Solver)
        and value not in (evolve.Solver, evolve.FixedStep)
    }
    here = {case.name.split()[0] for case in SOLVERS}
    adaptive = {"Tsit5", "Dop853", "Kvaerno5"}  # test_adaptive, test_implicit
    stochastic = {"EulerMaruyama", "StochasticHeun", "SRA1"}  # test_stochastic
    assert here | adaptive | stochastic == solvers


def test_steps_must_be_positive_and_given_once():
    for bad in ({"dt": 0.0}, {"dt": -0.1}, {"substeps": 0}, {"dt": 0.1, "substeps": 2}):
        with pytest.raises(cc.CocycleError):
            evolve.RK4(**bad)


def test_a_solver_refuses_another_kind_of_system():
    with pytest.raises(cc.CocycleError, match="ETDRK4 advances SemilinearFlow; Lagged is a DelayFlow"):
        cc.cocycle(Lagged(), 0.1, evolve.ETDRK4())


def test_phi_functions_are_exact_to_rounding_everywhere():
    from cocycle.evolve._exponential import phi_functions

    z = np.concatenate([-(10.0 ** np.linspace(-12, 3, 61)), 10.0 ** np.linspace(-12, 1.5, 31), [0.0]])
    values = phi_functions(jnp.asarray(z))
    for k, value in enumerate(values, start=1):
        for zi, vi in zip(z, np.asarray(value), strict=True):
            with localcontext() as context:
                context.prec = 60
                w = Decimal(float(zi))
                if abs(w) < 5:
                    exact = sum((w**j / math.factorial(j + k) for j in range(1, 80)), Decimal(1) / math.factorial(k))
                else:
                    exact = (w.exp() - sum((w**j / math.factorial(j) for j in range(1, k)), Decimal(1))) / w**k
            assert abs(vi / float(exact) - 1) < 2e-14, (k, zi)
    gradient = jax.grad(lambda z: phi_functions(z)[2])
    assert float(gradient(0.0)) == pytest.approx(1 / 24, rel=1e-14)
    assert np.isfinite(float(gradient(1.0)))


def test_etdrk4_takes_steps_that_an_explicit_method_cannot():
    system = Burgers(n=256)  # the fastest mode decays at rate 8192
    truth = system.exact(1.0)
    exponential = final(cc.cocycle(system, 0.5, evolve.ETDRK4(dt=0.02)), 2)
    explicit = final(cc.cocycle(system, 0.5, evolve.RK4(dt=0.02)), 2)
    assert np.abs(np.asarray(exponential) - truth).max() < 1e-6
    assert not np.isfinite(np.asarray(explicit)).all()
