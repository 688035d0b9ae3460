"""Logit dynamics."""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Flow, Known, Source, Status, param

__all__ = ["LogitDynamics"]

_A = ((0.0, -2.0, 1.0), (1.0, 0.0, -2.0), (-2.0, 1.0, 0.0))


class LogitDynamics(Flow):
    r"""Smoothed best response: the population moves towards a softened best reply to itself.

    $$\dot x_i = \frac{e^{\beta f_i}}{\sum_j e^{\beta f_j}} - x_i, \quad f_i = \sum_j A_{ij} x_j$$

    `x` are the frequencies of the strategies (the sum tends to 1), `A` the payoffs, `beta` the rationality: 0 plays at
    random, infinity plays the best reply [@fudenberg1998; @hofbauer2007]. In rock-paper-scissors with winnings `a` and
    larger losses `b` the even mixture gives way to a limit cycle in a Hopf bifurcation at $\beta = 6/(b - a)$.

    **Arguments**: `A`: the payoffs, shape `(n, n)`, rock-paper-scissors with a = 1 and b = 2; `beta` 20.

    **Good values**: `beta=20` a limit cycle; `beta=3` the even mixture is stable.
    """

    A: Any = param(_A)
    beta: Any = param(20.0)

    card: ClassVar = Card(
        title="Logit dynamics",
        equation=r"\dot x_i = \frac{e^{\beta f_i}}{\sum_j e^{\beta f_j}} - x_i,\ f_i = \sum_j A_{ij} x_j",
        field="economics",
        cite=("fudenberg1998", "hofbauer2007"),
        variables=("x",),
        period=1.74,
        dt=0.02,
        transient=50.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"cycle": {"beta": 20.0}, "mixed": {"beta": 3.0}},
        known={
            "fixed_points": Known(((1 / 3, 1 / 3, 1 / 3),), Source.EXACT, "the even mixture", 1e-14),
            "symmetry": Known((2, 3, 1), Source.EXACT, "rock beats scissors beats paper beats rock", 1e-13),
            "bifurcation:beta": Known(6.0, Source.EXACT, "6 / (b - a): Hopf bifurcation of the even mixture", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if jnp.ndim(self.A) != 2 or self.A.shape[0] != self.A.shape[1]:
            raise CocycleError(f"LogitDynamics: A must have shape (n, n); got {jnp.shape(self.A)}.")

    def default_state(self):
        n = self.A.shape[0]
        return (1 + 0.445 * jnp.cos(2 * jnp.pi * jnp.arange(n) / n - 2.02)) / n

    def vector_field(self, t, x):
        del t
        return jax.nn.softmax(self.beta * (self.A @ x)) - x
