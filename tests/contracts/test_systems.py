"""Every system of the catalogue keeps the contract of its kind; so may a user's."""

import equinox as eqx
import jax.numpy as jnp
import pytest

import cocycle as cc
from cocycle.core import SemilinearFlow
from cocycle.systems import CATALOGUE
from cocycle.testing import check_system

# Every time without the runs: the stored numbers rest on runs fifty times as long, and belong to this very rule.
RUN = {"BirthDeath", "Burgers", "Duffing", "Henon", "HenonHeiles", "Kuramoto", "Lorenz63", "MackeyGlass"}

# These compile for seconds: `make test-all` asks them, with their runs.
HEAVY = {
    name for name, cls in CATALOGUE.items() if issubclass(cls, SemilinearFlow) and name not in {*RUN, "KortewegDeVries"}
} | {
    "DiscreteNLS", "FPUT", "GOY", "GloballyCoupledXY", "HegselmannKrause", "HigherOrderKuramoto", "KleinGordonChain",
    "LeslieMap", "LidDrivenCavity", "Lorenz96TwoScale", "MeanFieldRotors", "NBody", "NineModeShear",
    "RandomAdvectionLattice", "RestrictedThreeBody", "SphericalPendulum", "WrightFisher",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in HEAVY])
def test_catalogue(name):
    outcome = check_system(CATALOGUE[name](), runs=name in RUN)
    assert outcome["check_card"] == "passed"
    assert ("check_run" in outcome) == (name in RUN)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in RUN])
def test_catalogue_runs(name):
    assert check_system(CATALOGUE[name]())["check_run"] == "passed"


@cc.flow(x0=[1.0, 0.5], variables=["angle", "speed"])
def pendulum(t, x, damping=0.1, gravity=9.81):
    """A damped pendulum."""
    angle, speed = x
    return speed, -damping * speed - gravity * jnp.sin(angle)


@cc.map(x0=[0.3])
def tent(n, x, height=0.99):
    return (height * (1 - jnp.abs(1 - 2 * x[0])),)


@pytest.mark.parametrize("system", [pendulum(), pendulum(damping=0.3), tent()])
def test_functions(system):
    outcome = check_system(system)
    assert outcome["check_card"] == "does not apply: no card"
    assert outcome["check_jacobian"] == "passed"


class Geometric(cc.StochasticFlow):
    """Multiplicative noise, and a required parameter."""

    growth: object = cc.param()
    sigma: object = cc.param(0.2)

    def default_state(self):
        return jnp.ones(1)

    def drift(self, t, x):
        return self.growth * x

    def diffusion(self, t, x):
        return self.sigma * x[:, None]


class Walk(cc.RandomMap):
    step_size: object = cc.param(0.1)

    def default_state(self):
        return jnp.zeros(2)

    def step(self, n, x, key):
        import jax

        return 0.9 * x + self.step_size * jax.random.normal(key, x.shape)


class Spring(cc.LagrangianFlow):
    stiffness: object = cc.param(2.0)

    def default_state(self):
        return jnp.array([1.0, 0.3, 0.0, 0.5])

    def lagrangian(self, q, v):
        return 0.5 * (1 + q[1] ** 2) * v[0] ** 2 + 0.5 * v[1] ** 2 - 0.5 * self.stiffness * jnp.vdot(q, q)


@pytest.mark.parametrize("system", [Geometric(growth=-0.5), Walk(), Spring()])
def test_other_kinds(system):
    assert "passed" in check_system(system).values()


def test_refuses_what_is_no_system():
    class Plant(cc.ControlledFlow):
        def vector_field(self, t, x, u):
            return u - x

        def default_state(self):
            return jnp.ones(1)

    with pytest.raises(cc.CocycleError, match="Call it to make an instance"):
        check_system(CATALOGUE["Lorenz63"])  # type: ignore[arg-type]
    with pytest.raises(cc.CocycleError, match="takes a System; got 3"):
        check_system(3)  # type: ignore[arg-type]
    with pytest.raises(cc.CocycleError, match="open input"):
        check_system(Plant())
    assert check_system(Plant().close(eqx.Partial(lambda t, x: 0.5 * x)))["check_run"] == "passed"
