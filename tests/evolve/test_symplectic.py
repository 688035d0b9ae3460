"""What the symplectic schemes are for: the energy error does not grow, and phase volume is kept exactly."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from problems import Lorenz, Pendulum, Product

import cocycle as cc
from cocycle import evolve


class HenonHeiles(cc.HamiltonianFlow):
    separable = True

    def hamiltonian(self, q, p):
        x, y = q
        return jnp.sum(p**2) / 2 + (x * x + y * y) / 2 + x * x * y - y**3 / 3

    def default_state(self):
        return jnp.array([0.1, -0.2, 0.25, 0.15])


def energy_errors(system, solver, dt, n):
    @eqx.filter_jit
    def run(phi):
        states = phi.record(jnp.asarray(0.0), system.default_state(), n)
        energies = jax.vmap(system.energy)(states)
        return jnp.abs(energies / energies[0] - 1)

    return np.asarray(run(cc.cocycle(system, dt, solver)))


# Measured by others in an independent code: H = (q^2 + 1)(p^2 + 1) / 2 from (0, -3), h = 0.01, T = 400.
@pytest.mark.parametrize(
    ("degree", "omega", "largest"), [(2, 10.0, 6.4e-4), (2, 20.0, 6.2e-4), (4, 10.0, 7.7e-6), (4, 20.0, 6.1e-6)]
)
def test_tao_on_a_nonseparable_hamiltonian(degree, omega, largest):
    errors = energy_errors(Product(), evolve.Tao(substeps=1, omega=omega, degree=degree), 0.01, 40_000)
    assert errors.max() == pytest.approx(largest, rel=0.02)
    assert errors[-4000:].max() / errors.max() <= 1.0 and errors[-4000:].max() / errors[:4000].max() < 1.02


@pytest.mark.parametrize(
    "solver", [evolve.Leapfrog(substeps=1), evolve.Yoshida4(substeps=1)], ids=lambda s: type(s).__name__
)
def test_energy_error_is_flat_over_a_thousand_periods(solver):
    errors = energy_errors(HenonHeiles(), solver, 0.1, 63_000)
    assert errors[-6300:].max() / errors[:6300].max() < 1.05
    assert errors.max() < (5e-3 if solver.order == 2 else 5e-5)


def test_runge_kutta_drifts_where_the_symplectic_scheme_does_not():
    errors = energy_errors(HenonHeiles(), evolve.RK4(substeps=1), 0.1, 63_000)
    assert errors[-6300:].max() / errors[:6300].max() > 5


@pytest.mark.parametrize(
    ("system", "solver"),
    [
        (HenonHeiles(), evolve.Leapfrog(substeps=10)),
        (HenonHeiles(), evolve.Yoshida4(substeps=10)),
        (HenonHeiles(), evolve.Tao(substeps=10, omega=3.0)),
        (Product(), evolve.Tao(substeps=10, omega=3.0, degree=2)),
    ],
    ids=lambda v: type(v).__name__,
)
def test_the_map_is_symplectic_to_rounding(system, solver):
    """M^T J M = J, for Tao's scheme in its own doubled phase space (q, p, x, y) with conjugates p of q and y of x."""
    state = solver.enter(system, system.default_state())
    state = state + 0.01 * jnp.cos(jnp.arange(state.size))  # the two copies apart
    step = solver.bind(system, jnp.asarray(0.05))

    def run(state):
        return jax.lax.fori_loop(0, 10, lambda i, s: step(0.0, s, None), state)

    m = np.asarray(jax.jit(jax.jacfwd(run))(state))
    dof = system.dim // 2
    pair = np.kron(np.array([[0.0, 1.0], [-1.0, 0.0]]), np.eye(dof))
    j = pair if state.size == system.dim else np.kron(np.eye(2), pair)
    assert np.abs(m.T @ j @ m - j).max() < 1e-12


def test_the_schemes_are_time_reversible():
    for system, solver in ((Pendulum(), evolve.Yoshida4(substeps=20)), (Product(), evolve.Tao(substeps=20, omega=5.0))):
        state = solver.enter(system, system.default_state())
        there = solver.bind(system, jnp.asarray(0.02))(0.0, state, None)
        back = solver.bind(system, jnp.asarray(-0.02))(0.0, there, None)
        np.testing.assert_allclose(back, state, atol=1e-14)


def test_a_splitting_refuses_what_it_cannot_split():
    with pytest.raises(cc.CocycleError, match=r"Leapfrog needs H = T\(p\) \+ V\(q\).*Tao"):
        cc.cocycle(Product(), 0.1, evolve.Leapfrog())
    with pytest.raises(cc.CocycleError, match="Yoshida4 advances HamiltonianFlow; Lorenz is a Flow"):
        cc.cocycle(Lorenz(), 0.1, evolve.Yoshida4())
    with pytest.raises(cc.CocycleError, match="degree must be 2 or 4"):
        evolve.Tao(degree=3)
    with pytest.raises(cc.CocycleError, match="give `omega="):
        evolve.Tao(substeps=1).advance(Product(), 0.0, jnp.ones(2), 0.1)


def test_the_spring_is_chosen_from_the_time_scale_and_survives_refinement():
    phi = cc.cocycle(Product(), 0.01, evolve.Tao())
    assert float(phi.solver.omega) == pytest.approx(20 * np.pi / evolve.time_scale(Product()).period)
    finer = phi.refined().solver
    assert float(finer.omega) == float(phi.solver.omega) and float(finer.dt) == float(phi.solver.dt) / 2
    assert energy_errors(Product(), evolve.Tao(), 0.02, 5000).max() < 0.05
