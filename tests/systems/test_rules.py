"""Every rule at one point, against numbers worked out by hand from the published equation."""

import math

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from cocycle import systems as s
from cocycle.core import LagrangianFlow, as_point

PI = math.pi

FLOWS = [
    (s.Lorenz63(), (1, 2, 3), (10, 23, -6)),
    (s.Lorenz84(), (1, 2, 3), (-11.25, -11, 8)),
    (s.Lorenz96(n=4), (1, 2, 3, 4), (3, 5, 11, 1)),
    (s.Rossler(), (1, 2, 3), (-5, 1.4, -13.9)),
    (s.Chua(), (2, 1, 3), (54 / 7, 4, -100 / 7)),
    (s.Chua(), (0.5, 0, 0), (9 / 14, 0.5, 0)),
    (s.Thomas(), (PI / 2, PI, 0), (-0.09 * PI, -0.18 * PI, 1)),
    (s.Halvorsen(), (1, 2, 3), (-25.27, -27.54, -16.81)),
    (s.SprottA(), (1, 2, 3), (2, 5, -3)),
    (s.SprottB(), (1, 2, 3), (6, -1, -1)),
    (s.SprottC(), (2, 1, 3), (3, 1, -3)),
    (s.SprottD(), (1, 2, 3), (-2, 4, 15)),
    (s.SprottE(), (1, 2, 3), (6, -1, -3)),
    (s.HyperRossler(), (1, 2, 3, 4), (-5, 5.5, 6, -1.3)),
    (s.Duffing(), (2, 1), (1, -5.85)),
    (s.VanDerPol(), (2, 1), (1, -5)),
    (s.FitzHughNagumo(), (1, 2), (-5 / 6, 0.008)),
    (s.HindmarshRose(), (1, 2, 3), (4.25, -6, 0.037)),
    (s.LotkaVolterra(), (3, 2), (-6, 4)),
    (s.HenonHeiles(), (1, 2, 3, 4), (3, 4, -5, 1)),
    (s.Kuramoto(omega=[0.1, -0.1], K=2.0), (0, PI / 2), (1.1, -1.1)),
]
MAPS = [
    (s.Logistic(), (0.25,), (0.75,)),
    (s.Henon(), (1, 2), (1.6, 0.3)),
    (s.Ikeda(), (1, 0), (1 + 0.9 * math.cos(2.6), -0.9 * math.sin(2.6))),
    (s.Ikeda(), (1, 1), (1 + 0.9 * (math.cos(1.6) + math.sin(1.6)), 0.9 * (math.cos(1.6) - math.sin(1.6)))),
    (s.StandardMap(), (PI / 2, 0.5), (PI / 2 + 1.5, 1.5)),
    (s.StandardMap(), (0.5, 6), (math.fmod(6.5 + math.sin(0.5), 2 * PI), 6 + math.sin(0.5) - 2 * PI)),
    (s.Chialvo(), (2, 2), (4.03, 1.7)),
    (s.Rulkov(), (1, -2), (0.15, -2.002)),
    (s.CoupledMapLattice(n=4), (0, 1, 0, 0), (0.715, -0.33, 0.715, 1.0)),
]


@pytest.mark.parametrize(("system", "x", "expected"), FLOWS, ids=lambda v: type(v).__name__)
def test_flow(system, x, expected):
    got = as_point(system.vector_field(0.0, jnp.asarray(x, float)))
    np.testing.assert_allclose(got, expected, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize(("system", "x", "expected"), MAPS, ids=lambda v: type(v).__name__)
def test_map(system, x, expected):
    got = as_point(system.step(0, jnp.asarray(x, float)))
    if isinstance(system, s.StandardMap):
        expected = np.mod(expected, 2 * PI)
    np.testing.assert_allclose(got, expected, rtol=1e-13)


def test_duffing_is_driven():
    v = as_point(s.Duffing().vector_field(PI, jnp.array([2.0, 1.0])))
    np.testing.assert_allclose(v, (1, -6.65), rtol=1e-13)
    assert float(s.Duffing(omega=2.0).forcing_period) == pytest.approx(PI)


def test_mackey_glass():
    v = as_point(s.MackeyGlass().vector_field(0.0, jnp.array([1.5]), jnp.array([[2.0]])))
    np.testing.assert_allclose(v, [0.4 / 1025 - 0.15], rtol=1e-13)
    np.testing.assert_array_equal(s.MackeyGlass(tau=30).delays, [30.0])


def test_stochastic():
    x = jnp.array([2.0])
    ou, well = s.OrnsteinUhlenbeck(theta=2, mu=0.5, sigma=0.3), s.DoubleWell()
    np.testing.assert_allclose(ou.drift(0.0, x), [-3.0])
    np.testing.assert_allclose(ou.diffusion(0.0, x), [[0.3]])
    np.testing.assert_allclose(well.drift(0.0, x), [-6.0])
    np.testing.assert_allclose(well.diffusion(0.0, x), [[0.5]])


class Rods(LagrangianFlow):
    """The double pendulum from kinetic minus potential energy, the way a textbook starts."""

    m1: float = 1.3
    m2: float = 0.7
    l1: float = 0.9
    l2: float = 1.4
    g: float = 9.81

    def lagrangian(self, q, v):
        def positions(q):
            x1, y1 = self.l1 * jnp.sin(q[0]), -self.l1 * jnp.cos(q[0])
            return jnp.stack([x1, y1, x1 + self.l2 * jnp.sin(q[1]), y1 - self.l2 * jnp.cos(q[1])])

        (_, y1, _, y2), (vx1, vy1, vx2, vy2) = jax.jvp(positions, (q,), (v,))
        kinetic = 0.5 * self.m1 * (vx1**2 + vy1**2) + 0.5 * self.m2 * (vx2**2 + vy2**2)
        return kinetic - self.g * (self.m1 * y1 + self.m2 * y2)


def test_double_pendulum_against_newton():
    rods = Rods()
    pendulum = s.DoublePendulum(m1=1.3, m2=0.7, l1=0.9, l2=1.4, g=9.81)
    q, v = jnp.array([0.7, -1.9]), jnp.array([1.1, 2.3])
    momentum = jax.jit(jax.grad(lambda q, v: rods.lagrangian(q, v), argnums=1))
    p = momentum(q, v)
    rate = eqx.filter_jit(rods.vector_field)(0.0, jnp.concatenate([q, v]))
    dp = jax.jvp(momentum, (q, v), (rate[:2], rate[2:]))[1]
    got = eqx.filter_jit(pendulum.vector_field)(0.0, jnp.concatenate([q, p]))
    np.testing.assert_allclose(got, jnp.concatenate([v, dp]), rtol=1e-12)
    assert float(pendulum.hamiltonian(q, p)) == pytest.approx(float(rods.energy(jnp.concatenate([q, v]))))
