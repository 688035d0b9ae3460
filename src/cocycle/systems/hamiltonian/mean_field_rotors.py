"""Antoni and Ruffo's rotors in their mean field."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, HamiltonianFlow, Known, Source, Status, param
from cocycle.systems.networks._phases import order_parameter

from ._names import canonical

__all__ = ["MeanFieldRotors"]


class MeanFieldRotors(HamiltonianFlow):
    r"""The Hamiltonian mean field (HMF) model: rotors, each coupled to all others, without friction.

    $$H = \sum_i \tfrac12 p_i^2 + \frac{\epsilon}{2 n} \sum_i \sum_j [1 - \cos(q_i - q_j)]$$

    `q` are angles, not wrapped. With the order parameter $M = |\frac1n \sum_j e^{i q_j}|$ the potential energy is
    $\tfrac12 n \epsilon (1 - M^2)$. In equilibrium a large attractive system ($\epsilon = 1$) is clustered below the
    energy $3/4$ per rotor, the temperature $1/2$, and homogeneous above [@antoni1995]. It relaxes very slowly.

    **Arguments**: `n` number of rotors, 10, static; `epsilon` coupling, 1, positive attracts.

    **Good values**: `epsilon=1` chaotic, clustered; `epsilon=-1` repulsive.
    """

    n: int = eqx.field(default=10, static=True)
    epsilon: Any = param(1.0)

    card: ClassVar = Card(
        title="Hamiltonian mean field model",
        equation=(r"H = \sum_i \tfrac12 p_i^2 + \frac{\epsilon}{2 n} \sum_i \sum_j [1 - \cos(q_i - q_j)]"),
        field="physics",
        cite=("antoni1995",),
        variables=("q", "p"),
        unbounded=("q",),
        period=8.0,
        dt=0.08,
        transient=0.0,
        tags=frozenset(
            {"chaotic", "hyperchaotic", "conservative", "autonomous", "network", "phases", "synchronisation"}
        ),
        presets={"attractive": {"epsilon": 1.0}, "repulsive": {"epsilon": -1.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0,) * 20,), Source.EXACT, "all aligned, at rest", 1e-14),
            "symmetry": Known((*range(2, 11), 1, *range(12, 21), 11), Source.EXACT, "any permutation", 1e-12),
            "reversor": Known((*range(1, 11), *range(-11, -21, -1)), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"MeanFieldRotors needs at least 2 rotors; got n={self.n}.")

    @property
    def variables(self):
        return canonical(self.n)

    def default_state(self):
        i = jnp.arange(self.n, dtype=jnp.result_type(float))
        p = 1.2 * jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)
        return jnp.concatenate([jnp.sin(1.0 + 5.0 * i + 0.3 * i**2), p - jnp.mean(p)])

    def order_parameter(self, x):
        r"""$M = |\frac1n \sum_j e^{i q_j}|$, between 0 (homogeneous) and 1 (all aligned)."""
        q, _ = jnp.split(x, 2)
        return order_parameter(q)

    def hamiltonian(self, q, p):
        square = jnp.mean(jnp.cos(q)) ** 2 + jnp.mean(jnp.sin(q)) ** 2
        return 0.5 * jnp.sum(p * p) + 0.5 * self.n * self.epsilon * (1 - square)

    def invariants(self, x):
        return {"momentum": jnp.sum(jnp.split(x, 2)[1])}
