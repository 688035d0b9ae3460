"""Toda's lattice."""

import math
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, HamiltonianFlow, Known, Source, Status, param

from ._names import canonical

__all__ = ["Toda"]


class Toda(HamiltonianFlow):
    r"""Toda's ring of particles with exponential springs: nonlinear, and yet integrable.

    $$H = \sum_i \left[\tfrac12 p_i^2 + \frac{a}{b} \left(e^{-b (q_{i+1} - q_i)} - 1\right)
    + a (q_{i+1} - q_i)\right]$$

    The linear terms cancel round the ring. There are `n` independent integrals in involution
    [@henon1974; @flaschka1974]: the traces of the powers of a symmetric matrix $L$ with diagonal $b p_i / 2$ and
    $L_{i,i+1} = \tfrac12 \sqrt{a b}\, e^{-b (q_{i+1} - q_i)/2}$; among them are total momentum and energy. All
    exponents vanish. Three particles, in suitable coordinates, are a star in a potential of which Henon and Heiles's is
    the cubic truncation.

    **Arguments**: `n` number of particles, 3, at least 3, static; `a` 1 and `b` 1 (both positive): the strength and the
    inverse range of the force [@toda1967].
    """

    n: int = eqx.field(default=3, static=True)
    a: Any = param(1.0)
    b: Any = param(1.0)

    card: ClassVar = Card(
        title="Toda lattice",
        equation=(r"H = \sum_i [\tfrac12 p_i^2 + \frac{a}{b} (e^{-b (q_{i+1} - q_i)} - 1) + a (q_{i+1} - q_i)]"),
        field="physics",
        cite=("toda1967", "henon1974", "flaschka1974"),
        variables=("q", "p"),
        period=2 * math.pi / 3**0.5,
        dt=0.04,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous", "network"}),
        presets={"three": {"n": 3}, "twelve": {"n": 12}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0,) * 6,), Source.EXACT, "equal distances, at rest", 1e-14),
            "symmetry": Known((2, 3, 1, 5, 6, 4), Source.EXACT, "shift by one particle", 1e-12),
            "reversor": Known((1, 2, 3, -4, -5, -6), Source.EXACT, "t -> -t with p -> -p", 1e-12),
            "lyapunov": Known((0.0,) * 6, Source.EXACT, "integrable", 1e-2),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def __check_init__(self):
        if self.n < 3:
            raise CocycleError(f"Toda needs at least 3 particles, or neighbours coincide; got n={self.n}.")

    @property
    def variables(self):
        return canonical(self.n)

    def default_state(self):
        i = jnp.arange(self.n, dtype=jnp.result_type(float))
        p = jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)
        return jnp.concatenate([jnp.zeros(self.n), p - jnp.mean(p)])

    def hamiltonian(self, q, p):
        gap = jnp.roll(q, -1) - q
        return jnp.sum(0.5 * p * p + self.a / self.b * jnp.expm1(-self.b * gap) + self.a * gap)

    def invariants(self, x):
        q, p = jnp.split(x, 2)
        gap = jnp.roll(q, -1) - q
        side = jnp.diag(0.5 * jnp.sqrt(self.a * self.b) * jnp.exp(-0.5 * self.b * gap))
        lax = jnp.diag(0.5 * self.b * p) + jnp.roll(side, 1, axis=1) + jnp.roll(side, 1, axis=1).T
        found, power = {}, lax
        for k in range(1, self.n + 1):
            found[f"trace {k}"] = jnp.trace(power)
            power = power @ lax
        return found
