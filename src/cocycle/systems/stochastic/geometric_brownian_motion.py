"""Geometric Brownian motion."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["GeometricBrownianMotion"]


class GeometricBrownianMotion(StochasticFlow):
    r"""Geometric Brownian motion: growth at a random rate, the price of a share in the theory of Black and Scholes.

    $$dx = \mu x\,dt + \sigma x\,dW$$

    Solved by $x(t) = x_0 \exp[(\mu - \sigma^2/2) t + \sigma W(t)]$ (Ito): the mean grows as $e^{\mu t}$, a typical path
    only as $e^{(\mu - \sigma^2/2) t}$, which is also the Lyapunov exponent [@black1973; @gardiner2009, section 4.4.2].

    **Arguments**: `mu` growth rate of the mean (1/year), 0.02; `sigma` volatility (1/sqrt(year)), 0.2.

    **Good values**: `mu=0.02` the mean grows but a typical path does not; `mu=0.05` nearly all paths grow in the end;
    `mu=0` nearly all decay, though the mean stays.
    """

    mu: Any = param(0.02)
    sigma: Any = param(0.2)

    card: ClassVar = Card(
        title="Geometric Brownian motion",
        equation=r"dx = \mu x\,dt + \sigma x\,dW",
        field="economics",
        cite=("black1973", "gardiner2009"),
        variables=("x",),
        units=("price",),
        unbounded=("x",),
        state=(1.0,),
        period=1.0,
        dt=1 / 252,
        transient=0.0,
        tags=frozenset({"autonomous"}),
        presets={"marginal": {"mu": 0.02}, "growing": {"mu": 0.05}, "decaying": {"mu": 0.0}},
        known={
            "fixed_points": Known(((0.0,),), Source.EXACT, "0 absorbs", 1e-14),
            "symmetry": Known((-1,), Source.EXACT, "linear", 1e-14),
            "lyapunov": Known((0.0,), Source.EXACT, "mu - sigma^2 / 2", 1e-6),
        },
        status=Status.VERIFIED,
    )

    def drift(self, t, x):
        del t
        return self.mu * x

    def diffusion(self, t, x):
        del t
        return self.sigma * x[:, None]
