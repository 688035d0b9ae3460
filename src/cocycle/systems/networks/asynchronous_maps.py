"""Coupled maps, each by its own clock."""

from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, RandomMap, Status, param

__all__ = ["AsynchronousMaps"]


class AsynchronousMaps(RandomMap):
    r"""`n` logistic maps in their mean field that are not updated together but one at a time, in random order.

    $$x_i' = (1 - \epsilon)\, f(x_i) + \frac{\epsilon}{n} \sum_j f(x_j), \quad f(x) = r x (1 - x)$$

    for one random `i`, the others keep; `n` such updates are one step. Unlike the synchronous
    `GloballyCoupledMaps`, growing coupling undoes the cascade of period doublings, down to a common steady state
    [@abramson1998; @mehta2000]. With many units the mean field is constant in the end, and the common state
    $x^* = 1 - 1/r$ attracts where the single map $(1 - \epsilon) f(x) + \epsilon f(x^*)$ has it stable,
    $(1 - \epsilon) (r - 2) < 1$.

    **Arguments**

    - `n`: number of units, 32. Static.
    - `r`: growth, 4.
    - `epsilon`: coupling, 0.3.

    **Good values**, with `r=4`, for which the state becomes steady at $\epsilon = 1/2$: `epsilon=0.6` steady;
    `epsilon=0.3` disordered.
    """

    n: int = eqx.field(default=32, static=True)
    r: Any = param(4.0)
    epsilon: Any = param(0.3)

    card: ClassVar = Card(
        title="Asynchronous coupled maps",
        equation=(
            r"\text{for one random } i \text{ at a time, } n \text{ times a step: } "
            r"x_i' = (1 - \epsilon) f(x_i) + \frac{\epsilon}{n} \sum_j f(x_j),\ f(x) = r x (1 - x)"
        ),
        field="mathematics",
        cite=("abramson1998", "mehta2000"),
        variables=("x",),
        dt=1.0,
        transient=200.0,
        tags=frozenset({"dissipative", "polynomial", "network", "synchronisation"}),
        presets={"disordered": {"epsilon": 0.3}, "steady": {"epsilon": 0.6}},
        status=Status.DISPUTED,
        reason=(
            "The order of updates (random, with repetition) is taken from memory of the papers and their abstracts; "
            "their full texts were not at hand."
        ),
    )

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"AsynchronousMaps needs at least 2 units; got n={self.n}.")

    def default_state(self):
        i = jnp.arange(self.n)
        return 0.5 + 0.4 * jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)

    def step(self, n, x, key):
        del n

        def update(i, x):
            f = self.r * x * (1 - x)
            return x.at[order[i]].set((1 - self.epsilon) * f[order[i]] + self.epsilon * jnp.mean(f))

        order = jax.random.randint(key, (self.n,), 0, self.n)
        return jax.lax.fori_loop(0, self.n, update, x)
