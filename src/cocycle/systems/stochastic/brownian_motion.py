"""Brownian motion with drift."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["BrownianMotion"]


class BrownianMotion(StochasticFlow):
    r"""Brownian motion (the Wiener process) with drift: the basic process with independent increments.

    $$dx = \mu\,dt + \sigma\,dW$$

    Gaussian, with mean $x_0 + \mu t$ and variance $\sigma^2 t$; self-similar without drift
    [@gardiner2009, section 3.8.1].

    **Arguments**: `mu` drift, 0; `sigma` strength of the noise, 1.

    **Good values**: `mu=0` the Wiener process; `mu=1` with drift.
    """

    mu: Any = param(0.0)
    sigma: Any = param(1.0)

    card: ClassVar = Card(
        title="Brownian motion",
        equation=r"dx = \mu\,dt + \sigma\,dW",
        field="physics",
        cite=("gardiner2009",),
        variables=("x",),
        unbounded=("x",),
        state=(0.0,),
        period=1.0,
        dt=0.01,
        transient=0.0,
        tags=frozenset({"autonomous"}),
        presets={"wiener": {"mu": 0.0}, "drift": {"mu": 1.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "constant drift", 1e-14),
            "lyapunov": Known((0.0,), Source.EXACT, "differences of paths are constant", 1e-12),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def drift(self, t, x):
        del t
        return self.mu * jnp.ones_like(x)

    def diffusion(self, t, x):
        del t, x
        return jnp.reshape(self.sigma, (1, 1))
