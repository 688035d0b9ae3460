"""Kuramoto's oscillators with noise."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

from ._phases import check_frequencies, lorentzian, order_parameter, pull, scattered

__all__ = ["NoisyKuramoto"]


class NoisyKuramoto(StochasticFlow):
    r"""Kuramoto's oscillators, kicked by independent noise.

    $$d\theta_i = \Bigl[\omega_i + \frac{K}{n} \sum_j \sin(\theta_j - \theta_i)\Bigr]\,dt + \sqrt{2 D}\,dW_i$$

    For many oscillators incoherence is stable up to $2 / K_c = \int \frac{D\, g(\omega)}{D^2 + \omega^2}\, d\omega$,
    with `g` the density of frequencies around zero [@sakaguchi1988; @strogatz1991]: $K_c = 2 (D + \Delta)$ for a
    Lorentzian of half-width $\Delta$, `2 D` for equal frequencies (`GloballyCoupledXY`). Phases are not wrapped.

    **Arguments**

    - `omega`: natural frequencies, shape `(n,)`; the default is the 50 quantiles of a Lorentzian of half-width 0.25.
    - `K`: coupling, 2. `D`: strength of the noise, 0.25.

    **Good values**, with $K_c = 1$: `K=2` partly in step; `K=0.5` incoherent.
    """

    omega: Any = param(lorentzian(50, 0.25))
    K: Any = param(2.0)
    D: Any = param(0.25)

    card: ClassVar = Card(
        title="Noisy Kuramoto",
        equation=r"d\theta_i = [\omega_i + \frac{K}{n} \sum_j \sin(\theta_j - \theta_i)]\,dt + \sqrt{2 D}\,dW_i",
        symbols={"n": "dim"},
        field="physics",
        cite=("sakaguchi1988", "strogatz1991"),
        variables=("theta",),
        unbounded=("theta",),
        period=2 * math.pi,
        dt=0.05,
        transient=50.0,
        tags=frozenset({"autonomous", "network", "phases", "synchronisation"}),
        presets={"partial": {"K": 2.0}, "incoherent": {"K": 0.5}},
        known={"mean_velocity": Known(0.0, Source.EXACT, "the mean of the frequencies", 1e-12)},
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def __check_init__(self):
        check_frequencies("NoisyKuramoto", self.omega)

    @classmethod
    def lorentzian(cls, n: int, width: float = 0.25, **parameters: Any) -> "NoisyKuramoto":
        """`n` oscillators whose frequencies are the quantiles of a Lorentzian of half-width `width` around 0."""
        return cls(omega=lorentzian(n, width), **parameters)

    def default_state(self):
        return scattered(self.omega.shape[0], jnp.pi)

    def order_parameter(self, x):
        r"""$r = |\frac1n \sum_j e^{i\theta_j}|$, between 0 (incoherent) and 1 (in phase)."""
        return order_parameter(x)

    def drift(self, t, x):
        del t
        return self.omega + self.K * pull(x)

    def diffusion(self, t, x):
        del t, x
        return jnp.sqrt(2 * self.D) * jnp.eye(self.omega.shape[0])
