"""Goodwin's growth cycle."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["GoodwinCycle"]


class GoodwinCycle(Flow):
    r"""Goodwin's growth cycle: wages and employment as predator and prey.

    $$\dot v = v [\frac{1 - u}{\sigma} - \alpha - \beta], \quad \dot u = u (\rho v - \alpha - \gamma)$$

    `u` is the share of wages in the product, `v` the rate of employment; time in years [@goodwin1967]. All orbits are
    closed, around $u = 1 - (\alpha + \beta) \sigma$, $v = (\alpha + \gamma)/\rho$, level lines of $\rho v + u/\sigma
    - (\alpha + \gamma) \ln v - (1/\sigma - \alpha - \beta) \ln u$.

    **Arguments**: `alpha` 0.02 growth of productivity and `beta` 0.01 of the labour force; `sigma` 3 capital per
    product; `gamma` 0.9 and `rho` 1: how wages respond to employment.
    """

    alpha: Any = param(0.02)
    beta: Any = param(0.01)
    sigma: Any = param(3.0)
    gamma: Any = param(0.9)
    rho: Any = param(1.0)

    card: ClassVar = Card(
        title="Goodwin growth cycle",
        equation=r"\dot v = v [\frac{1 - u}{\sigma} - \alpha - \beta],\ \dot u = u (\rho v - \alpha - \gamma)",
        field="economics",
        cite=("goodwin1967",),
        variables=("v", "u"),
        state=(0.95, 0.9),
        period=11.9,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial"}),
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (0.92, 0.91)),
                Source.EXACT,
                "v = (alpha + gamma) / rho, u = 1 - (alpha + beta) sigma",
                1e-13,
            ),
        },
        status=Status.VERIFIED,
    )

    def invariants(self, x):
        """The conserved quantity `V`, by name."""
        v, u = x
        profit = 1 / self.sigma - self.alpha - self.beta
        return {"V": self.rho * v + u / self.sigma - (self.alpha + self.gamma) * jnp.log(v) - profit * jnp.log(u)}

    def vector_field(self, t, x):
        del t
        v, u = x
        return v * ((1 - u) / self.sigma - self.alpha - self.beta), u * (self.rho * v - self.alpha - self.gamma)
