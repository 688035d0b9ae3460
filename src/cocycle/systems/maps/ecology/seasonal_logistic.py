"""A logistic population with a bad season, from year to year."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["SeasonalLogistic"]

_GROWTH = math.exp(0.5 * 2.0)


class SeasonalLogistic(Map):
    r"""Logistic growth in the good season and deaths in the bad one, integrated over a year: exact.

    $$x_{n+1} = \frac{G z}{1 + (G - 1) z}, \quad z = e^{-\lambda \theta T} x_n, \quad G = e^{r (1 - \theta) T}$$

    of $\dot x = -\lambda x$ in the first part $\theta$ of the year `T` and $\dot x = r x (1 - x)$ in the rest
    [@hsu2012]. The population lives on if and only if $r (1 - \theta) > \lambda \theta$: the critical
    duration of the bad season is $\theta^* = r / (r + \lambda)$, the simplest case of the sharp seasonal threshold
    [@ji2018].

    **Arguments**: `theta` 0.5 the bad part of the year; `T` 1 the year; `r` 2 growth and `lam` 1 deaths, per year.

    **Good values**: `theta=0.5` lives; `theta=0.8` dies out.
    """

    theta: Any = param(0.5)
    T: Any = param(1.0)
    r: Any = param(2.0)
    lam: Any = param(1.0)

    card: ClassVar = Card(
        title="Logistic growth with seasons",
        equation=(r"x_{n+1} = \frac{G z}{1 + (G - 1) z},\ z = e^{-\lambda \theta T} x_n,\ G = e^{r (1 - \theta) T}"),
        symbols={r"\lambda": "lam"},
        field="ecology",
        cite=("hsu2012", "ji2018"),
        variables=("x",),
        state=((_GROWTH * math.exp(-0.5) - 1) / ((_GROWTH - 1) * math.exp(-0.5)),),
        dt=1.0,
        transient=50.0,
        tags=frozenset({"fixed-point", "dissipative"}),
        presets={"lives": {"theta": 0.5}, "dies out": {"theta": 0.8}},
        known={
            "fixed_points": Known(
                ((0.0,), ((_GROWTH * math.exp(-0.5) - 1) / ((_GROWTH - 1) * math.exp(-0.5)),)),
                Source.EXACT,
                "0 and (G e^{-lam theta T} - 1) / ((G - 1) e^{-lam theta T})",
                1e-13,
            ),
            "lyapunov": Known((-0.5,), Source.EXACT, "at the positive one: minus the log of G e^{-lam theta T}", 1e-9),
            "bifurcation:theta": Known(2 / 3, Source.EXACT, "r / (r + lam): transcritical, extinction above", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        z = jnp.exp(-self.lam * self.theta * self.T) * x
        growth = jnp.exp(self.r * (1 - self.theta) * self.T)
        return growth * z / (1 + (growth - 1) * z)
