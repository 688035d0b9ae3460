"""Opinions of people who listen only to those who nearly agree with them."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, Map, Source, Status, param

__all__ = ["HegselmannKrause"]


class HegselmannKrause(Map):
    r"""Bounded confidence: everyone takes the mean of all opinions closer than `epsilon` to their own.

    $$x_i' = \frac{\sum_j H(\epsilon - |x_j - x_i|)\, x_j}{\sum_j H(\epsilon - |x_j - x_i|)}$$

    with `H` the Heaviside function, one at zero. The order of opinions is kept, the range never grows, and after
    finitely many steps nothing moves: consensus for wide confidence, camps further apart than $\epsilon$ for narrow
    [@hegselmann2002].

    **Arguments**: `n` people, 40, static, who start evenly spread over $[0, 1]$; `epsilon` confidence, 0.15.

    **Good values**: `epsilon=0.15` camps; `epsilon=0.3` consensus; `epsilon=0.01` nobody moves.
    """

    n: int = eqx.field(default=40, static=True)
    epsilon: Any = param(0.15)

    card: ClassVar = Card(
        title="Hegselmann-Krause opinions",
        equation=(
            r"x_i' = \frac{1}{n_i} \sum_{j,\, |x_j - x_i| \le \epsilon} x_j,\ "
            r"n_i = \sum_{j,\, |x_j - x_i| \le \epsilon} 1"
        ),
        field="economics",
        cite=("hegselmann2002",),
        variables=("x",),
        dt=1.0,
        transient=50.0,
        tags=frozenset({"fixed-point", "dissipative", "piecewise", "network", "synchronisation"}),
        presets={"camps": {"epsilon": 0.15}, "consensus": {"epsilon": 0.3}, "frozen": {"epsilon": 0.01}},
        known={
            "fixed_points": Known(
                ((0.5,) * 40, (0.2,) * 20 + (0.8,) * 20), Source.EXACT, "consensus; camps out of sight", 1e-14
            ),
            "symmetry": Known((*range(2, 41), 1), Source.EXACT, "any permutation", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"HegselmannKrause needs at least 2 people; got n={self.n}.")

    def default_state(self):
        return jnp.linspace(0.0, 1.0, self.n)

    def step(self, n, x):
        del n
        heard = jnp.where(jnp.abs(x[:, None] - x[None, :]) <= self.epsilon, 1.0, 0.0)
        return heard @ x / jnp.sum(heard, axis=1)
