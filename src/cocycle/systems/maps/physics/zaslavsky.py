"""Zaslavsky's map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Zaslavsky"]


class Zaslavsky(Map):
    r"""A damped rotator under kicks, between which its momentum decays: Zaslavsky's simplest strange attractor.

    $$x_{n+1} = x_n + \nu (1 + \mu y_n) + \epsilon \nu \mu \cos 2 \pi x_n \pmod 1, \quad
    y_{n+1} = e^{-r} (y_n + \epsilon \cos 2 \pi x_n), \quad \mu = \frac{1 - e^{-r}}{r}$$

    Areas shrink by the constant factor $e^{-r}$ a step [@zaslavsky1978]; the default parameters are those of
    [@grassberger1983measuring]. (At $\epsilon = 5$, $\nu = 0.2$, $r = 2$, often quoted for a strange attractor, all
    orbits that we followed end on a cycle of two.)

    **Arguments**: `epsilon`, the strength of the kicks, 0.3; `nu`, the turn between kicks, 400/3; `r`, the damping, 3.

    **Good values**: `epsilon=0.3, nu=400/3, r=3` chaotic; `epsilon=5, nu=0.25, r=2` chaotic, milder;
    `epsilon=5, nu=0.2, r=2` period 2; `epsilon=0.1, nu=0.2, r=2` an invariant circle.
    """

    epsilon: Any = param(0.3)
    nu: Any = param(400 / 3)
    r: Any = param(3.0)

    card: ClassVar = Card(
        title="Zaslavsky map",
        equation=(
            r"x_{n+1} = x_n + \nu (1 + \mu y_n) + \epsilon \nu \mu \cos(2 \pi x_n) \pmod{1},\ "
            r"y_{n+1} = e^{-r} (y_n + \epsilon \cos(2 \pi x_n)),\ \mu = \frac{1 - e^{-r}}{r}"
        ),
        field="physics",
        cite=("zaslavsky1978", "grassberger1983measuring"),
        variables=("x", "y"),
        state=(0.51681, 0.014435),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={
            "chaotic": {"epsilon": 0.3, "nu": 400 / 3, "r": 3.0},
            "mildly chaotic": {"epsilon": 5.0, "nu": 0.25, "r": 2.0},
            "period 2": {"epsilon": 5.0, "nu": 0.2, "r": 2.0},
            "invariant circle": {"epsilon": 0.1, "nu": 0.2, "r": 2.0},
        },
        known={
            "determinant": Known(math.exp(-3), Source.EXACT, "exp(-r)", 1e-12),
            "lyapunov_sum": Known(-3.0, Source.EXACT, "-r", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        mu = -jnp.expm1(-self.r) / self.r
        kick = self.epsilon * jnp.cos(2 * jnp.pi * x)
        return jnp.mod(x + self.nu * (1 + mu * (y + kick)), 1.0), jnp.exp(-self.r) * (y + kick)
