"""Mass that jumps between neighbouring sites."""

from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, RandomMap, Status, param

__all__ = ["RandomAdvectionLattice"]


class RandomAdvectionLattice(RandomMap):
    r"""Random advection on a ring: again and again a random site passes a fixed part of its mass to a neighbour.

    $$u_i' = \epsilon u_i, \quad u_j' = u_j + (1 - \epsilon) u_i$$

    for one random site `i` and `j = i - 1` or `i + 1`, by a coin; `n` such transfers are one step. The mass is
    conserved. With $\epsilon = 0$ whole sites merge and all mass ends on one [@lepri2023]: these are coalescing
    walkers, of which a fraction $1/\sqrt{\pi t}$ is left after `t` steps on a long ring [@bramson1980]. With
    $\epsilon > 0$ there is a steady state. In it different sites have the product moment
    $\langle u_i u_j \rangle = C$ at any distance, and $\langle u_i^2 \rangle = C / \epsilon$, with
    $C = n m^2 / (n - 1 + 1/\epsilon)$ for a mean mass `m`: the balance of second moments is exact.

    **Arguments**

    - `n`: number of sites, 32, at least 3. Static.
    - `epsilon`: the part that stays, 0.25: 0 advection only, towards 1 ever more diffusion.

    **Good values**: `epsilon=0.25` steady; `epsilon=0` coalescing; `epsilon=0.02` rough.
    """

    n: int = eqx.field(default=32, static=True)
    epsilon: Any = param(0.25)

    card: ClassVar = Card(
        title="Random advection lattice",
        equation=(
            r"\text{for one random } i \text{ and } j = i \pm 1 \text{ at a time, } n \text{ times a step: } "
            r"u_i' = \epsilon u_i \text{ and } u_j' = u_j + (1 - \epsilon) u_i"
        ),
        field="physics",
        cite=("lepri2023", "bramson1980"),
        variables=("u",),
        dt=1.0,
        transient=2000.0,
        tags=frozenset({"network", "autonomous"}),
        presets={"steady": {"epsilon": 0.25}, "coalescing": {"epsilon": 0.0}, "rough": {"epsilon": 0.02}},
        status=Status.DISPUTED,
        reason=(
            "The rule follows the paper's abstract (mass is transferred deterministically between neighbouring random "
            "sites); its full text, with the exact split of the masses, was not at hand."
        ),
    )

    def __check_init__(self):
        if self.n < 3:
            raise CocycleError(f"RandomAdvectionLattice needs at least 3 sites; got n={self.n}.")

    def default_state(self):
        return jnp.ones(self.n)

    def mass(self, x):
        """The sum over all sites, conserved."""
        return jnp.sum(x)

    def step(self, n, x, key):
        del n
        where, coin = jax.random.split(key)
        sites = jax.random.randint(where, (self.n,), 0, self.n)
        targets = (sites + jnp.where(jax.random.bernoulli(coin, 0.5, (self.n,)), 1, -1)) % self.n

        def transfer(k, u):
            passed = (1 - self.epsilon) * u[sites[k]]
            return u.at[sites[k]].add(-passed).at[targets[k]].add(passed)

        return jax.lax.fori_loop(0, self.n, transfer, x)
