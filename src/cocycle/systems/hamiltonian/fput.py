"""The chain of Fermi, Pasta, Ulam and Tsingou."""

import math
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, HamiltonianFlow, Known, Source, Status, param

from ._names import canonical

__all__ = ["FPUT"]


class FPUT(HamiltonianFlow):
    r"""Masses on nonlinear springs between two walls: the numerical experiment that did not thermalise.

    $$H = \sum_{i=1}^{n} \tfrac12 p_i^2 + \sum_{i=0}^{n} \left[\tfrac12 d_i^2 + \tfrac{\alpha}{3} d_i^3
    + \tfrac{\beta}{4} d_i^4\right], \quad d_i = q_{i+1} - q_i, \quad q_0 = q_{n+1} = 0$$

    Without nonlinearity the modes $\sin\frac{\pi k i}{n + 1}$ have the frequencies $2 \sin\frac{\pi k}{2 (n + 1)}$.
    Started in the lowest mode, the nonlinear chain hands energy to a few others and then back almost completely,
    instead of sharing it among all [@fermi1955]; at high energy it is chaotic. `mode_energies` gives the (harmonic)
    energies of the modes.

    **Arguments**: `n` number of moving masses, 31, static; `alpha` 0.25 and `beta` 0: the quadratic and cubic parts of
    the springs' force; `amplitude` of the lowest mode in the default state, 1.

    **Good values**: the presets `alpha`, `beta` (both nearly recurrent), `linear`, and `chaotic`: strong springs.
    """

    n: int = eqx.field(default=31, static=True)
    alpha: Any = param(0.25)
    beta: Any = param(0.0)
    amplitude: Any = param(1.0)

    card: ClassVar = Card(
        title="Fermi-Pasta-Ulam-Tsingou chain",
        equation=(
            r"H = \sum_{i=1}^{n} \tfrac12 p_i^2 + \sum_{i=0}^{n} [\tfrac12 (q_{i+1} - q_i)^2 "
            r"+ \tfrac{\alpha}{3} (q_{i+1} - q_i)^3 + \tfrac{\beta}{4} (q_{i+1} - q_i)^4],\ q_0 = 0,\ q_{n+1} = 0"
        ),
        field="physics",
        cite=("fermi1955",),
        variables=("q", "p"),
        period=math.pi / math.sin(math.pi / 64),
        dt=0.5,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous", "polynomial", "network"}),
        presets={
            "alpha": {"alpha": 0.25, "beta": 0.0},
            "beta": {"alpha": 0.0, "beta": 0.3},
            "linear": {"alpha": 0.0, "beta": 0.0},
            "chaotic": {"alpha": 0.0, "beta": 1.0, "amplitude": 10.0},
        },
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0,) * 62,), Source.EXACT, "rest", 1e-14),
            "symmetry": Known((*range(-31, 0), *range(-62, -31)), Source.EXACT, "q_i -> -q_(n+1-i), p likewise", 1e-12),
            "reversor": Known((*range(1, 32), *range(-32, -63, -1)), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def __check_init__(self):
        if self.n < 1:
            raise CocycleError(f"FPUT needs at least one mass; got n={self.n}.")

    @property
    def variables(self):
        return canonical(self.n)

    def default_state(self):
        i = jnp.arange(1, self.n + 1)
        return jnp.concatenate([self.amplitude * jnp.sin(jnp.pi * i / (self.n + 1)), jnp.zeros(self.n)])

    def hamiltonian(self, q, p):
        wall = jnp.zeros(1, q.dtype)
        d = jnp.diff(jnp.concatenate([wall, q, wall]))
        return 0.5 * jnp.sum(p * p) + jnp.sum(d * d * (0.5 + d * (self.alpha / 3 + self.beta / 4 * d)))

    def mode_energies(self, x):
        """The harmonic energies of the modes, lowest first, shape `(n,)`."""
        q, p = jnp.split(x, 2)
        k = jnp.arange(1, self.n + 1)
        modes = jnp.sqrt(2 / (self.n + 1)) * jnp.sin(jnp.pi * jnp.outer(k, k) / (self.n + 1))
        omega = 2 * jnp.sin(jnp.pi * k / (2 * (self.n + 1)))
        return 0.5 * ((modes @ p) ** 2 + (omega * (modes @ q)) ** 2)
