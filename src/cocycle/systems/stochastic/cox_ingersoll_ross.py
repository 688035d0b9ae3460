"""The process of Cox, Ingersoll and Ross."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["CoxIngersollRoss"]


class CoxIngersollRoss(StochasticFlow):
    r"""A positive process that returns to its mean, with noise as the square root: a model of interest rates.

    $$dx = \kappa (\theta - x)\,dt + \sigma \sqrt{x}\,dW$$

    Stays positive, and never touches zero where $2 \kappa \theta \ge \sigma^2$ (Feller). Its stationary law is a gamma
    law with mean $\theta$ and variance $\theta \sigma^2 / (2 \kappa)$; its correlation decays as $e^{-\kappa |s|}$
    [@feller1951; @cox1985]. A numerical step that overshoots zero meets $\sqrt{\max(x, 0)}$ and is pulled back.

    **Arguments**: `kappa` rate of return 1; `theta` mean 0.5; `sigma` strength of the noise 0.5.

    **Good values**: `sigma=0.5` away from zero; `sigma=1.5` often at zero.
    """

    kappa: Any = param(1.0)
    theta: Any = param(0.5)
    sigma: Any = param(0.5)

    card: ClassVar = Card(
        title="Cox-Ingersoll-Ross process",
        equation=r"dx = \kappa (\theta - x)\,dt + \sigma \sqrt{\max(x, 0)}\,dW",
        field="economics",
        cite=("cox1985", "feller1951"),
        variables=("x",),
        state=(0.5,),
        period=2.0,
        dt=0.02,
        transient=10.0,
        tags=frozenset({"autonomous"}),
        presets={"positive": {"sigma": 0.5}, "touches zero": {"sigma": 1.5}},
        known={
            "fixed_points": Known(((0.5,),), Source.EXACT, "theta, of the drift", 1e-14),
            "mean": Known((0.5,), Source.EXACT, "theta", 0.0),
            "variance": Known((0.0625,), Source.EXACT, "theta sigma^2 / (2 kappa)", 0.0),
        },
        status=Status.VERIFIED,
    )

    def drift(self, t, x):
        del t
        return self.kappa * (self.theta - x)

    def diffusion(self, t, x):
        del t
        positive = x > 0
        root = jnp.where(positive, jnp.sqrt(jnp.where(positive, x, 1.0)), 0.0)
        return self.sigma * root[:, None]
