"""The replicator equation."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Flow, Known, Source, Status, param

__all__ = ["Replicator"]

_RPS = ((0.0, -1.0, 1.0), (1.0, 0.0, -1.0), (-1.0, 1.0, 0.0))


class Replicator(Flow):
    r"""The replicator equation: in a large population, strategies that earn more than the mean become more frequent.

    $$\dot x_i = x_i \left(f_i - \frac{\sum_j x_j f_j}{\sum_j x_j}\right), \quad f_i = \sum_j A_{ij} x_j$$

    `x` are the frequencies, with sum 1 (the sum of any start is conserved), `A` the payoffs
    [@taylor1978; @hofbauer1998]. In rock-paper-scissors, the default, every motion is a closed curve $x_0 x_1 x_2 = $
    const around the even mixture; with winnings `a` and losses `b` it spirals in for $a > b$ and out, to a cycle of
    longer and longer visits to the corners, for $a < b$ (Zeeman). In hawk and dove, with value `V` below cost `C`, the
    fraction $V/C$ of hawks is stable; in the prisoner's dilemma everybody defects in the end. Four strategies may be
    chaotic.

    **Arguments**: `A`: the payoffs, shape `(n, n)`: `A[i, j]` is what `i` earns against `j`.

    **Good values**: the presets `rock-paper-scissors`, `attracting`, `repelling` (rock-paper-scissors with other
    winnings), `hawk-dove` (V = 2, C = 3), `prisoner's dilemma` (cooperate, defect).
    """

    A: Any = param(_RPS)

    card: ClassVar = Card(
        title="Replicator equation",
        equation=(r"\dot x_i = x_i (f_i - \frac{\sum_j x_j f_j}{\sum_j x_j}),\ f_i = \sum_j A_{ij} x_j"),
        field="economics",
        cite=("taylor1978", "hofbauer1998"),
        variables=("x",),
        period=11.5,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous"}),
        presets={
            "rock-paper-scissors": {"A": _RPS},
            "attracting": {"A": ((0.0, -1.0, 2.0), (2.0, 0.0, -1.0), (-1.0, 2.0, 0.0))},
            "repelling": {"A": ((0.0, -2.0, 1.0), (1.0, 0.0, -2.0), (-2.0, 1.0, 0.0))},
            "hawk-dove": {"A": ((-0.5, 2.0), (0.0, 1.0))},
            "prisoner's dilemma": {"A": ((3.0, 0.0), (5.0, 1.0))},
        },
        known={
            "fixed_points": Known(
                ((1 / 3, 1 / 3, 1 / 3), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
                Source.EXACT,
                "the even mixture and the pure strategies",
                1e-14,
            ),
            "symmetry": Known((2, 3, 1), Source.EXACT, "rock beats scissors beats paper beats rock", 1e-14),
            "lyapunov": Known((0.0, 0.0, 0.0), Source.EXACT, "closed curves in the plane", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if jnp.ndim(self.A) != 2 or self.A.shape[0] != self.A.shape[1]:
            raise CocycleError(f"Replicator: A must have shape (n, n); got {jnp.shape(self.A)}.")

    def default_state(self):
        weight = jnp.arange(1.0, 1.0 + self.A.shape[0])
        return weight / jnp.sum(weight)

    def vector_field(self, t, x):
        del t
        f = self.A @ x
        return x * (f - jnp.dot(x, f) / jnp.sum(x))

    def invariants(self, x):
        return {"sum": jnp.sum(x)}
