"""Heston's model of stochastic volatility."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["Heston"]


class Heston(StochasticFlow):
    r"""Heston's model of a share: its price has a random variance, which returns to a mean.

    $$dS = \mu S\,dt + \sqrt{v}\, S\,dW_1, \quad
    dv = \kappa (\theta - v)\,dt + \xi \sqrt{v}\,(\rho\,dW_1 + \sqrt{1 - \rho^2}\,dW_2)$$

    `S` is the price, `v` its instantaneous variance, a Cox-Ingersoll-Ross process: in the long run its mean is $\theta$
    and its variance $\theta \xi^2 / (2 \kappa)$. A negative correlation $\rho$ makes falling prices more volatile
    [@heston1993]. A numerical step that overshoots $v = 0$ meets $\sqrt{\max(v, 0)}$ and is pulled back.

    **Arguments**: `mu` 0.02 growth rate of the mean price; `kappa` 2 rate of return; `theta` 0.04 mean variance; `xi`
    0.3 volatility of the variance; `rho` -0.7 correlation. Time is in years.

    **Good values**: `rho=-0.7` skewed returns; `rho=0` symmetric ones.
    """

    mu: Any = param(0.02)
    kappa: Any = param(2.0)
    theta: Any = param(0.04)
    xi: Any = param(0.3)
    rho: Any = param(-0.7)

    card: ClassVar = Card(
        title="Heston model",
        equation=(
            r"dS = \mu S\,dt + s S\,dW_1,\ dv = \kappa (\theta - v)\,dt + \xi s \rho\,dW_1 + "
            r"\xi s \sqrt{1 - \rho^2}\,dW_2,\ s = \sqrt{\max(v, 0)}"
        ),
        field="economics",
        cite=("heston1993",),
        variables=("S", "v"),
        units=("price", "1/year"),
        unbounded=("S",),
        state=(1.0, 0.04),
        period=1.0,
        dt=1 / 252,
        transient=0.0,
        tags=frozenset({"autonomous"}),
        presets={"skewed": {"rho": -0.7}, "symmetric": {"rho": 0.0}},
        known={
            "fixed_points": Known(((0.0, 0.04),), Source.EXACT, "no price, v = theta, of the drift", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def drift(self, t, x):
        del t
        price, v = x
        return self.mu * price, self.kappa * (self.theta - v)

    def diffusion(self, t, x):
        del t
        price, v = x
        root = jnp.where(v > 0, jnp.sqrt(jnp.where(v > 0, v, 1.0)), 0.0)
        own, other = self.xi * root * self.rho, self.xi * root * jnp.sqrt(1 - self.rho**2)
        return jnp.stack([jnp.stack([price * root, jnp.zeros_like(root)]), jnp.stack([own, other])])
