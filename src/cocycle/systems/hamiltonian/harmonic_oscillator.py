"""Harmonic oscillators."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, CocycleError, HamiltonianFlow, Known, Source, Status, param

from ._names import canonical

__all__ = ["HarmonicOscillator"]


class HarmonicOscillator(HamiltonianFlow):
    r"""One or more uncoupled harmonic oscillators of unit mass; two of them draw Lissajous figures.

    $$H = \sum_i \tfrac12 (p_i^2 + \omega_i^2 q_i^2)$$

    Each oscillator has the period $2\pi/\omega_i$ at every amplitude and keeps its own energy; the motion is periodic
    where the frequencies are commensurate, else it fills a torus [@landau1976, section 23].

    **Arguments**: `omega`: angular frequencies, shape `(n,)`, by default one, 1.

    **Good values**: `omega=(1, 2)` a closed figure; `omega=(1, sqrt(2))` quasi-periodic.
    """

    omega: Any = param((1.0,))

    card: ClassVar = Card(
        title="Harmonic oscillator",
        equation=r"H = \sum_i \tfrac12 (p_i^2 + \omega_i^2 q_i^2)",
        field="physics",
        cite=("landau1976",),
        variables=("q", "p"),
        period=2 * math.pi,
        dt=2 * math.pi / 100,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial"}),
        presets={
            "single": {"omega": (1.0,)},
            "lissajous": {"omega": (1.0, 2.0)},
            "quasi-periodic": {"omega": (1.0, math.sqrt(2))},
        },
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "rest", 1e-14),
            "symmetry": Known((-1, -2), Source.EXACT, "linear", 1e-13),
            "reversor": Known((1, -2), Source.EXACT, "t -> -t with p -> -p", 1e-13),
            "period": Known(2 * math.pi, Source.EXACT, "2 pi / omega", 1e-9),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "the Jacobian has eigenvalues +-i omega", 1e-9),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def __check_init__(self):
        if jnp.ndim(self.omega) != 1:
            raise CocycleError(f"HarmonicOscillator: omega must have shape (n,); got {jnp.shape(self.omega)}.")

    @property
    def variables(self):
        return canonical(self.omega.shape[0])

    def default_state(self):
        phase = jnp.arange(self.omega.shape[0], dtype=self.omega.dtype)
        return jnp.concatenate([jnp.cos(phase), self.omega * jnp.sin(phase)])

    def hamiltonian(self, q, p):
        return 0.5 * jnp.sum(p * p + (self.omega * q) ** 2)

    def invariants(self, x):
        q, p = jnp.split(x, 2)
        own = 0.5 * (p * p + (self.omega * q) ** 2)
        return {f"energy{i + 1}": own[i] for i in range(own.shape[0])}
