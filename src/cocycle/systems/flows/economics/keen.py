"""Keen's model of private debt."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Keen"]


_PROFIT = (math.log(0.165 + 0.0065) + 5) / 20
_DEBT = (0.165 - _PROFIT) / 0.045
_WORK = 1 - (0.04**3 / (1 - 0.04**2) / (0.025 + 0.04 / (1 - 0.04**2))) ** 0.5


class Keen(Flow):
    r"""Keen's extension of the growth cycle by private debt: a stable growth, or a collapse.

    $$\dot\omega = \omega (\frac{\phi_1}{(1 - \lambda)^2} - \phi_0 - \alpha), \quad
    \dot\lambda = \lambda (\frac{k}{\nu} - \alpha - \beta - \delta), \quad
    \dot d = d (r - \frac{k}{\nu} + \delta) + k - 1 + \omega, \quad
    k = \kappa_0 + \kappa_1 e^{\kappa_2 (1 - \omega - r d)}$$

    $\omega$ is the share of wages, $\lambda$ the rate of employment and `d` the private debt in years of the product;
    `k` is the investment share, which grows with the profit [@keen1995]. With the constants of [@grasselli2012] the
    state of growth, (0.8361, 0.9686, 0.0702), is stable; so is a collapse, with debt growing without limit, which a
    large initial debt leads to.

    **Arguments**

    - `alpha` 0.025, `beta` 0.02: growth of productivity and of the labour force; `delta` 0.01: depreciation, per
      year.
    - `nu` 3: capital per product; `r` 0.03: interest.
    - `phi0` $0.04/(1 - 0.04^2)$, `phi1` $0.04^3/(1 - 0.04^2)$: how wages respond to employment.
    - `kappa0` -0.0065, `kappa1` $e^{-5}$, `kappa2` 20: how investment responds to profit.
    """

    alpha: Any = param(0.025)
    beta: Any = param(0.02)
    delta: Any = param(0.01)
    nu: Any = param(3.0)
    r: Any = param(0.03)
    phi0: Any = param(0.04 / (1 - 0.04**2))
    phi1: Any = param(0.04**3 / (1 - 0.04**2))
    kappa0: Any = param(-0.0065)
    kappa1: Any = param(math.exp(-5))
    kappa2: Any = param(20.0)

    card: ClassVar = Card(
        title="Keen's debt cycle",
        equation=(
            r"\dot\omega = \omega (\frac{\phi_1}{(1 - \lambda)^2} - \phi_0 - \alpha),\ "
            r"\dot\lambda = \lambda (\frac{k}{\nu} - \alpha - \beta - \delta),\ "
            r"\dot d = d (r - \frac{k}{\nu} + \delta) + k - 1 + \omega,\ "
            r"k = \kappa_0 + \kappa_1 e^{\kappa_2 (1 - \omega - r d)}"
        ),
        field="economics",
        cite=("keen1995", "grasselli2012"),
        variables=("omega", "lam", "d"),
        state=(0.75, 0.75, 0.1),
        period=3.21,
        dt=0.03,
        transient=150.0,
        symbols={"\\lambda": "lam"},
        tags=frozenset({"fixed-point", "dissipative", "autonomous"}),
        known={
            "fixed_points": Known(
                ((1 - _PROFIT - 0.03 * _DEBT, _WORK, _DEBT),),
                Source.EXACT,
                "investment nu (alpha + beta + delta), debt (k - profit) / (alpha + beta)",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        omega, lam, d = x
        invested = self.kappa0 + self.kappa1 * jnp.exp(self.kappa2 * (1 - omega - self.r * d))
        return (
            omega * (self.phi1 / ((1 - lam) * (1 - lam)) - self.phi0 - self.alpha),
            lam * (invested / self.nu - self.alpha - self.beta - self.delta),
            d * (self.r - invested / self.nu + self.delta) + invested - 1 + omega,
        )
