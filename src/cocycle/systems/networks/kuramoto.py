"""Kuramoto's model of synchronisation."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

from ._phases import check_frequencies, lorentzian, order_parameter, pull, scattered

__all__ = ["Kuramoto"]


class Kuramoto(Flow):
    r"""`n` phase oscillators, each pulled towards the mean field: the standard model of synchronisation.

    $$\dot\theta_i = \omega_i + \frac{K}{n} \sum_j \sin(\theta_j - \theta_i) = \omega_i + K r \sin(\psi - \theta_i),
    \quad r e^{i\psi} = \frac1n \sum_j e^{i\theta_j}$$

    For a large population with Lorentzian frequencies of half-width $\Delta$ the order parameter `r` grows from zero at
    $K_c = 2\Delta$, and then $r = \sqrt{1 - K_c/K}$ [@kuramoto1984; @strogatz2000]. A small one, weakly coupled, is
    chaotic at small rates. The mean of the velocities is always the mean of the frequencies. Phases are not wrapped.

    **Arguments**

    - `omega`: natural frequencies, shape `(n,)`; the default is the 20 quantiles of a Lorentzian of half-width 0.5,
      see `Kuramoto.lorentzian`.
    - `K`: the coupling, 2.

    **Good values**: with the default frequencies $K_c = 1$: `K=0.5` incoherent, `K=2` partly, `K=20` fully locked.
    """

    omega: Any = param(lorentzian(20, 0.5))
    K: Any = param(2.0)

    card: ClassVar = Card(
        title="Kuramoto",
        equation=r"\dot\theta_i = \omega_i + \frac{K}{n} \sum_j \sin(\theta_j - \theta_i)",
        symbols={"n": "dim"},
        field="physics",
        cite=("kuramoto1984", "strogatz2000"),
        variables=("theta",),
        unbounded=("theta",),
        period=2 * math.pi,
        dt=0.1,
        transient=100.0,
        tags=frozenset({"autonomous", "network", "phases", "synchronisation"}),
        presets={"incoherent": {"K": 0.5}, "partial": {"K": 2.0}, "locked": {"K": 20.0}},
        known={
            "mean_velocity": Known(0.0, Source.EXACT, "the mean of the frequencies", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        check_frequencies("Kuramoto", self.omega)

    @classmethod
    def lorentzian(cls, n: int, width: float = 0.5, K: float = 2.0) -> "Kuramoto":
        """`n` oscillators whose frequencies are the quantiles of a Lorentzian of half-width `width` around 0."""
        return cls(omega=lorentzian(n, width), K=K)

    def default_state(self):
        return scattered(self.omega.shape[0], jnp.pi)

    def order_parameter(self, x):
        r"""$r = |\frac1n \sum_j e^{i\theta_j}|$, between 0 (incoherent) and 1 (in phase)."""
        return order_parameter(x)

    def vector_field(self, t, x):
        del t
        return self.omega + self.K * pull(x)
