"""Systems with exact solutions, and the table of all solvers with a problem for each."""

from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from numpy.polynomial import Polynomial
from scipy.special import ellipj

import cocycle as cc
from cocycle import evolve


class Lorenz(cc.Flow):
    sigma: jax.Array = cc.param(10.0)
    rho: jax.Array = cc.param(28.0)
    beta: jax.Array = cc.param(8 / 3)

    def vector_field(self, t, x):
        x, y, z = x
        return self.sigma * (y - x), x * (self.rho - z) - y, x * y - self.beta * z

    def default_state(self):
        return jnp.array([-5.0, -6.0, 22.0])


class Linear(cc.Flow):
    """x' = A x."""

    a: jax.Array = cc.param()

    def vector_field(self, t, x):
        return self.a @ x

    def default_state(self):
        return jnp.ones(self.a.shape[0])


class Driven(cc.Flow):
    """x' = -a x + cos(t): needs the stage times."""

    a: jax.Array = cc.param(2.0)

    def vector_field(self, t, x):
        return -self.a * x + jnp.cos(t)

    def default_state(self):
        return jnp.array([0.5])

    @property
    def forcing_period(self):
        return 2 * np.pi

    def exact(self, t, x0=0.5, a=2.0):
        particular = lambda t: (a * np.cos(t) + np.sin(t)) / (1 + a * a)  # noqa: E731
        return particular(t) + (x0 - particular(0.0)) * np.exp(-a * t)


class Explosion(cc.Flow):
    """x' = x^2: infinite at t = 1 / x0."""

    a: jax.Array = cc.param(1.0)

    def vector_field(self, t, x):
        return self.a * x * x

    def default_state(self):
        return jnp.array([1.0])


class Pendulum(cc.HamiltonianFlow):
    """q'' = -w^2 sin q, in elliptic functions."""

    separable = True
    w: jax.Array = cc.param(1.0)

    def hamiltonian(self, q, p):
        return jnp.sum(p**2 / 2 - self.w**2 * jnp.cos(q))

    def default_state(self):
        return jnp.array([0.0, 1.6])

    def exact(self, t):
        k = 0.8  # p(0) = 2 k at q(0) = 0
        sn, cn, _, _ = ellipj(t, k * k)
        return np.array([2 * np.arcsin(k * sn), 2 * k * cn])


class Product(cc.HamiltonianFlow):
    """H = (q^2 + 1)(p^2 + 1) / 2, not separable."""

    w: jax.Array = cc.param(1.0)

    def hamiltonian(self, q, p):
        return self.w * jnp.sum((q**2 + 1) * (p**2 + 1)) / 2

    def default_state(self):
        return jnp.array([0.0, -3.0])

    def exact(self, t):
        from scipy.integrate import solve_ivp

        f = lambda t, x: [(x[0] ** 2 + 1) * x[1], -x[0] * (x[1] ** 2 + 1)]  # noqa: E731
        return solve_ivp(f, (0, t), [0.0, -3.0], method="DOP853", rtol=1e-13, atol=1e-13).y[:, -1]


class Burgers(cc.SemilinearFlow):
    """u_t = nu u_xx - u u_x on [0, 2 pi), solved by Cole and Hopf: u = -2 nu (log phi)_x, phi a solution of heat."""

    nu: jax.Array = cc.param(0.5)
    n: int = eqx.field(static=True, default=64)

    def to_modes(self, x):
        return jnp.fft.rfft(x)

    def from_modes(self, modes):
        return jnp.fft.irfft(modes, n=self.n)

    def linear(self):
        return -self.nu * jnp.arange(self.n // 2 + 1) ** 2 + 0j

    def nonlinear(self, t, modes):
        k = jnp.arange(self.n // 2 + 1)
        u = self.from_modes(modes)
        return -0.5j * k * jnp.where(k < self.n // 2, self.to_modes(u * u), 0.0)

    def default_state(self):
        return jnp.asarray(self.exact(0.0))

    def exact(self, t):
        nu, x = 0.5, 2 * np.pi * np.arange(self.n) / self.n
        decay = np.exp(-nu * t)
        return 2 * nu * decay * np.sin(x) / (1.5 + decay * np.cos(x))


class Lagged(cc.DelayFlow):
    """x' = -a x(t - tau)."""

    tau: jax.Array = cc.param(1.0)
    a: jax.Array = cc.param(1.0)

    @property
    def delays(self):
        return self.tau[None]

    def vector_field(self, t, x, delayed):
        return -self.a * delayed[0]

    def default_state(self):
        return jnp.array([1.0])

    def exact(self, t):
        """History 1, a = tau = 1: a polynomial on every unit interval."""
        piece, start = Polynomial([1.0]), 0
        while start + 1 <= t:
            integral = piece.integ()
            piece = piece(1.0) - integral + integral(0.0) if start else Polynomial([1.0, -1.0])
            start += 1
        if start == 0:
            return np.array([1.0 - t])
        integral = piece.integ()
        return np.array([(piece(1.0) - integral + integral(0.0))(t - start)])


class Oscillating(Lagged):
    """x' = -x(t - pi/2) + (x(t - pi) + cos t) / 2 with the smooth solution cos t and its own past."""

    @property
    def delays(self):
        return jnp.array([jnp.pi / 2, jnp.pi])

    def history(self, t):
        return jnp.cos(t)[None]

    def vector_field(self, t, x, delayed):
        return -self.a * delayed[0] + (delayed[1] + jnp.cos(t)) / 2


class Relaxation(cc.Flow):
    """Prothero and Robinson: x' = -a (x - cos t) - sin t, stiff, solution cos t."""

    a: jax.Array = cc.param(1e3)

    def vector_field(self, t, x):
        return -self.a * (x - jnp.cos(t)) - jnp.sin(t)

    def default_state(self):
        return jnp.array([1.0])

    def exact(self, t):
        return np.array([np.cos(t)])


class Geometric(cc.StochasticFlow):
    """dx = mu x dt + s x dW, Ito: x0 exp((mu - s^2/2) t + s W)."""

    mu: jax.Array = cc.param(0.5)
    s: jax.Array = cc.param(0.8)

    def drift(self, t, x):
        return self.mu * x

    def diffusion(self, t, x):
        return (self.s * x)[:, None]

    def default_state(self):
        return jnp.array([1.0])

    def exact(self, t, w):
        return np.exp((0.5 - 0.32) * t + 0.8 * w)


class GeometricStratonovich(Geometric):
    """The same equation read in the other calculus: x0 exp(mu t + s W)."""

    calculus = "stratonovich"

    def exact(self, t, w):
        return np.exp(0.5 * t + 0.8 * w)


class Fading(cc.StochasticFlow):
    """dx = (b / sqrt(1 + t) - x / (2 (1 + t))) dt + a b / sqrt(1 + t) dW; x = (x0 + b (t + a W)) / sqrt(1 + t)."""

    additive = True
    a: jax.Array = cc.param(0.5)
    b: jax.Array = cc.param(2.0)

    def drift(self, t, x):
        return self.b / jnp.sqrt(1 + t) - x / (2 * (1 + t))

    def diffusion(self, t, x):
        return jnp.reshape(self.a * self.b / jnp.sqrt(1 + t), (1, 1))

    def default_state(self):
        return jnp.array([1.0])

    def exact(self, t, w):
        return (1.0 + 2.0 * (t + 0.5 * w)) / np.sqrt(1 + t)


class DoubleWell(cc.StochasticFlow):
    """dx = (x - x^3) dt + s dW."""

    additive = True
    s: jax.Array = cc.param(0.5)

    def drift(self, t, x):
        return x - x**3

    def diffusion(self, t, x):
        return jnp.reshape(self.s, (1, 1))

    def default_state(self):
        return jnp.array([1.0])


class OrnsteinUhlenbeck(cc.StochasticFlow):
    """dx = -theta x dt + s (1 + b sin t) dW."""

    additive = True
    theta: jax.Array = cc.param(1.0)
    s: jax.Array = cc.param(0.5)
    b: jax.Array = cc.param(0.0)

    def drift(self, t, x):
        return -self.theta * x

    def diffusion(self, t, x):
        return jnp.reshape(self.s * (1 + self.b * jnp.sin(t)), (1, 1))

    def default_state(self):
        return jnp.array([1.0])


class Case(NamedTuple):
    name: str
    make: Any  # step length -> solver
    system: Any
    order: float
    time: float
    steps: tuple[float, ...]  # inside the asymptotic range, above rounding
    parameter: str


def _fixed(cls, **options):
    return lambda h: cls(dt=h, **options)


# Every deterministic fixed-step solver, with a problem whose solution is known. The adaptive and stochastic ones are
# measured in their own way (test_adaptive, test_stochastic); `test_every_solver_has_an_order_test` checks that all are.
SOLVERS: tuple[Case, ...] = (
    Case("RK4", _fixed(evolve.RK4), Pendulum(), 4, 4.0, (0.1, 0.05, 0.025, 0.0125), "w"),
    Case("RK4 driven", _fixed(evolve.RK4), Driven(), 4, 2.0, (0.1, 0.05, 0.025), "a"),
    Case("Leapfrog", _fixed(evolve.Leapfrog), Pendulum(), 2, 4.0, (0.1, 0.05, 0.025, 0.0125), "w"),
    Case("Yoshida4", _fixed(evolve.Yoshida4), Pendulum(), 4, 4.0, (0.1, 0.05, 0.025, 0.0125), "w"),
    Case("Tao 2", _fixed(evolve.Tao, omega=5.0, degree=2), Product(), 2, 4.0, (0.01, 0.005, 0.0025), "w"),
    Case("Tao 4", _fixed(evolve.Tao, omega=5.0), Product(), 4, 4.0, (0.01, 0.005, 0.0025), "w"),
    Case("Tao 4 separable", _fixed(evolve.Tao, omega=5.0), Pendulum(), 4, 4.0, (0.05, 0.025, 0.0125), "w"),
    Case("ETDRK4", _fixed(evolve.ETDRK4), Burgers(), 4, 1.0, (0.05, 0.025, 0.0125, 0.00625), "nu"),
    Case("MethodOfSteps", _fixed(evolve.MethodOfSteps), Lagged(), 4, 8.0, (0.1, 0.05, 0.025), "a"),
)
