"""Phase oscillators that feel each other in pairs, triples and fours."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

from ._phases import check_frequencies, lorentzian, order_parameter, scattered

__all__ = ["HigherOrderKuramoto"]


class HigherOrderKuramoto(Flow):
    r"""Kuramoto's oscillators with all-to-all coupling in pairs, triples and fours: sudden synchronisation.

    $$\dot\theta_i = \omega_i + \frac{K_1}{n} \sum_j \sin(\theta_j - \theta_i)
    + \frac{K_2}{n^2} \sum_j \sum_l \sin(2\theta_j - \theta_l - \theta_i)
    + \frac{K_3}{n^3} \sum_j \sum_l \sum_m \sin(\theta_j + \theta_l - \theta_m - \theta_i)$$

    For a large population with Lorentzian frequencies of half-width $\Delta$ the order parameter obeys
    $\dot r = -\Delta r + \tfrac12 (K_1 + K_{2+3} r^2) (1 - r^2) r$ with $K_{2+3} = K_2 + K_3$ [@skardal2020], by the
    ansatz of [@ott2008]. Incoherence loses its stability at $K_1 = 2\Delta$, backwards where $K_{2+3} > 2\Delta$;
    then synchrony exists down to the fold at $K_1 = \sqrt{8 \Delta K_{2+3}} - K_{2+3}$, even with repulsive pairs.
    Phases are not wrapped.

    **Arguments**

    - `omega`: natural frequencies, shape `(n,)`; the default is the 20 quantiles of a Lorentzian of half-width 0.5.
    - `K1` 0.5, `K2` 2, `K3` 2: the couplings of pairs, triples and fours.

    **Good values**, with the default frequencies: `K1=0.5, K2=K3=2` bistable, at rest or in step depending on the
    start; `K2=K3=0` Kuramoto's model; `K1=-0.5, K2=K3=5` in step though pairs repel.
    """

    omega: Any = param(lorentzian(20, 0.5))
    K1: Any = param(0.5)
    K2: Any = param(2.0)
    K3: Any = param(2.0)

    card: ClassVar = Card(
        title="Higher-order Kuramoto",
        equation=(
            r"\dot\theta_i = \omega_i + \frac{K_1}{n} \sum_j \sin(\theta_j - \theta_i) "
            r"+ \frac{K_2}{n^2} \sum_j \sum_l \sin(2 \theta_j - \theta_l - \theta_i) "
            r"+ \frac{K_3}{n^3} \sum_j \sum_l \sum_m \sin(\theta_j + \theta_l - \theta_m - \theta_i)"
        ),
        symbols={"n": "dim"},
        field="physics",
        cite=("skardal2020", "ott2008"),
        variables=("theta",),
        unbounded=("theta",),
        period=2 * math.pi,
        dt=0.05,
        transient=100.0,
        tags=frozenset({"autonomous", "network", "phases", "synchronisation"}),
        presets={
            "bistable": {"K1": 0.5, "K2": 2.0, "K3": 2.0},
            "pairwise": {"K1": 2.0, "K2": 0.0, "K3": 0.0},
            "repulsive pairs": {"K1": -0.5, "K2": 5.0, "K3": 5.0},
        },
        known={"mean_velocity": Known(0.0, Source.EXACT, "all couplings are antisymmetric in sum", 1e-12)},
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        check_frequencies("HigherOrderKuramoto", self.omega)

    @classmethod
    def lorentzian(cls, n: int, width: float = 0.5, **couplings: Any) -> "HigherOrderKuramoto":
        """`n` oscillators whose frequencies are the quantiles of a Lorentzian of half-width `width` around 0."""
        return cls(omega=lorentzian(n, width), **couplings)

    def default_state(self):
        return scattered(self.omega.shape[0], 0.5)

    def order_parameter(self, x):
        r"""$r = |\frac1n \sum_j e^{i\theta_j}|$, between 0 (incoherent) and 1 (in phase)."""
        return order_parameter(x)

    def vector_field(self, t, x):
        del t
        z, second = jnp.mean(jnp.exp(1j * x)), jnp.mean(jnp.exp(2j * x))
        field = self.K1 * z + self.K2 * second * jnp.conj(z) + self.K3 * z * z * jnp.conj(z)
        return self.omega + jnp.imag(field * jnp.exp(-1j * x))
