"""Chemical reactions as a jump process, by Gillespie's direct method."""

import abc
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import RandomMap

__all__ = ["Reactions"]


class Reactions(RandomMap):
    """A jump process over intervals of length `dt`: reaction `r` has the rate `propensities(x)[r]` and adds
    `stoichiometry[r]` to the state.

    The simulation is exact [@gillespie1977]: waiting times and reactions are drawn one by one. A step with more than
    `most` reactions is not finished and gives NaN. Counts jump, so the step has the derivative one with respect to the
    state and zero with respect to the rates.
    """

    stoichiometry: ClassVar[tuple[tuple[int, ...], ...]]
    most: ClassVar[int] = 1_000_000

    @abc.abstractmethod
    def propensities(self, x: Any) -> Any:
        """The rates of the reactions at the counts `x`: a tuple of scalars."""

    def step(self, n, x, key):
        del n
        frozen = jax.tree.map(jax.lax.stop_gradient, self)
        changes = jnp.asarray(np.array(self.stoichiometry, dtype=float))
        start = jnp.round(jax.lax.stop_gradient(x))  # counts

        def body(carry):
            y, t, i = carry
            rates = jnp.cumsum(jnp.maximum(jnp.stack(frozen.propensities(y)), 0.0))
            wait, which = jax.random.uniform(jax.random.fold_in(key, i), (2,))
            total = rates[-1]
            t = t - jnp.log1p(-wait) / jnp.where(total > 0, total, 1e-300)
            chosen = jnp.minimum(jnp.searchsorted(rates, which * total, side="right"), len(rates) - 1)
            return jnp.where(t < frozen.dt, y + changes[chosen], y), t, i + 1

        def unfinished(carry):
            _, t, i = carry
            return (t < frozen.dt) & (i < self.most)

        zero = jnp.zeros((), x.dtype)
        y, t, _ = jax.lax.while_loop(unfinished, body, (start, zero, 0))
        return x + jnp.where(t < frozen.dt, jnp.nan, y - start)
