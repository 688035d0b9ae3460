"""The discrete nonlinear Schroedinger equation."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, HamiltonianFlow, Known, Source, Status, param

from ._names import canonical

__all__ = ["DiscreteNLS"]


class DiscreteNLS(HamiltonianFlow):
    r"""The discrete nonlinear Schroedinger equation on a ring: self-trapping and discrete breathers.

    $$H = -\sum_i \left[C (q_i q_{i+1} + p_i p_{i+1}) + \tfrac{\gamma}{8} (q_i^2 + p_i^2)^2\right]$$

    With $\psi_i = (q_i + i p_i) / \sqrt2$ these are $i \dot\psi_i = -C (\psi_{i+1} + \psi_{i-1}) - \gamma |\psi_i|^2
    \psi_i$, the equations of coupled optical waveguides, or of a condensate in a lattice. Besides the energy the norm
    $\sum_i |\psi_i|^2$ is conserved; two sites are integrable, more are not [@eilbeck1985; @kevrekidis2009].

    **Arguments**: `n` number of sites, 8, at least 3, static; `C` coupling, 1; `gamma` nonlinearity, 1.

    **Good values**: `gamma=1` chaotic from the default state; `gamma=0` linear.
    """

    n: int = eqx.field(default=8, static=True)
    C: Any = param(1.0)
    gamma: Any = param(1.0)

    card: ClassVar = Card(
        title="Discrete nonlinear Schroedinger equation",
        equation=r"H = -\sum_i [C (q_i q_{i+1} + p_i p_{i+1}) + \tfrac{\gamma}{8} (q_i^2 + p_i^2)^2]",
        field="physics",
        cite=("eilbeck1985", "kevrekidis2009"),
        variables=("q", "p"),
        period=2.5,
        dt=0.025,
        transient=0.0,
        tags=frozenset({"chaotic", "hyperchaotic", "conservative", "autonomous", "polynomial", "network"}),
        presets={"nonlinear": {"gamma": 1.0}, "linear": {"gamma": 0.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0,) * 16,), Source.EXACT, "empty", 1e-14),
            "symmetry": Known((*range(2, 9), 1, *range(10, 17), 9), Source.EXACT, "shift by one site", 1e-12),
            "reversor": Known((*range(1, 9), *range(-9, -17, -1)), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 3:
            raise CocycleError(f"DiscreteNLS needs at least 3 sites, or neighbours coincide; got n={self.n}.")

    @property
    def variables(self):
        return canonical(self.n)

    def default_state(self):
        i = jnp.arange(self.n, dtype=jnp.result_type(float))
        phase = 2.0 + 3.0 * i + 0.7 * i**2
        return 1.5 * jnp.concatenate([jnp.sin(phase), jnp.cos(1.3 * phase)])

    def hamiltonian(self, q, p):
        density = q * q + p * p
        hop = q * jnp.roll(q, -1) + p * jnp.roll(p, -1)
        return -jnp.sum(self.C * hop + self.gamma / 8 * density * density)

    def invariants(self, x):
        return {"norm": 0.5 * jnp.sum(x * x)}
