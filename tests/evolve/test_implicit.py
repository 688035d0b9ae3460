"""The stiff solver, on the problems that stiff solvers are tried on."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import Explosion, Linear, Lorenz, Relaxation
from scipy.linalg import expm

import cocycle as cc
from cocycle import evolve


class Robertson(cc.Flow):
    fast: jax.Array = cc.param(3e7)

    def vector_field(self, t, x):
        a, b, c = x
        slow, back, fast = 0.04 * a, 1e4 * b * c, self.fast * b * b
        return -slow + back, slow - back - fast, fast

    def default_state(self):
        return jnp.array([1.0, 0.0, 0.0])


class VanDerPol(cc.Flow):
    mu: jax.Array = cc.param(1000.0)

    def vector_field(self, t, x):
        x, v = x
        return v, self.mu * (1 - x * x) * v - x

    def default_state(self):
        return jnp.array([2.0, 0.0])


@eqx.filter_jit
def end(phi, t=0.0):
    return phi(t, phi.system.default_state())


# ROBER. t = 1e11: the reference of the test sets of Hairer and Wanner (Geneva) and of Bari. t = 40 is not in the test
# sets; three independent solvers (LSODE's and CVODE's printed example to five digits, Radau to ten) agree.
def test_robertson_against_the_published_values():
    solver = evolve.Kvaerno5(rtol=1e-9, atol=np.array([1e-15, 1e-19, 1e-10]))
    found = np.asarray(end(cc.cocycle(Robertson(), 40.0, solver)))
    np.testing.assert_allclose(found, [0.7158270687, 9.185534765e-6, 0.2841637457], rtol=1e-7)
    found = np.asarray(end(cc.cocycle(Robertson(), 1e11, solver)))
    np.testing.assert_allclose(found, [2.083340149701255e-8, 8.333360770334713e-14, 0.9999999791665050], rtol=1e-5)


def test_van_der_pol_at_mu_1000_against_the_published_value():
    # the test set's VDPOL in its own time (mu^2 = 1e6): y(2) = 1.706167732170483, y'(2) = -0.8928097010247975 mu-scaled
    phi = cc.cocycle(VanDerPol(), 2000.0, evolve.Kvaerno5(rtol=1e-8, atol=1e-10))
    x, v = np.asarray(end(phi))
    assert x == pytest.approx(1.706167732170483, rel=1e-6)
    assert v * 1000 == pytest.approx(-0.8928097010247975, rel=1e-5)


def test_order_five_in_the_tolerance():
    # the controller keeps the error of the embedded fourth-order method at the tolerance: h^5 ~ tol, error ~ h^5
    a = np.array([[-0.5, 2.0], [-2.0, -0.5]])
    truth = expm(4 * a) @ np.ones(2)
    tolerances = 10.0 ** -np.arange(5, 11)
    errors = [
        np.abs(np.asarray(end(cc.cocycle(Linear(a), 4.0, evolve.Kvaerno5(tol, tol)))) - truth).max()
        for tol in tolerances
    ]
    assert np.polyfit(np.log(tolerances), np.log(errors), 1)[0] == pytest.approx(1.0, abs=0.2)


def test_the_record_is_as_accurate_as_the_steps():
    run = cc.trajectory(Relaxation(), 10.0, dt=0.5, solver=evolve.Kvaerno5())
    np.testing.assert_allclose(run.states[:, 0], np.cos(run.times), atol=1e-8)


def test_derivatives_forward_and_reverse():
    a = np.array([[-0.5, 2.0], [-2.0, -50.0]])
    truth = expm(a)
    run = lambda solver: lambda x: cc.cocycle(Linear(a), 1.0, solver)(0.0, x)  # noqa: E731
    forward = jax.jit(jax.jacfwd(run(evolve.Kvaerno5())))(jnp.ones(2))
    np.testing.assert_allclose(forward, truth, atol=1e-7)
    reverse = jax.jit(jax.jacrev(run(evolve.Kvaerno5(reverse=True, max_steps=4096))))(jnp.ones(2))
    np.testing.assert_allclose(reverse, truth, atol=1e-7)


def test_failure_is_flagged():
    with pytest.raises(cc.NumericalError, match=r"Explosion diverged between t = 0.75 and t = 1\."):
        cc.trajectory(Explosion(), 2.0, dt=0.25, solver=evolve.Kvaerno5(max_steps=2000))
    phi = cc.cocycle(Lorenz(), 10.0, evolve.Kvaerno5(max_steps=5))
    assert np.isnan(np.asarray(end(phi))).all()
    with pytest.raises(cc.CocycleError, match="rtol must be positive"):
        evolve.Kvaerno5(rtol=0.0)
