"""A particle in a double well, kicked by noise."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["DoubleWell"]


class DoubleWell(StochasticFlow):
    r"""An overdamped particle in a double well with white noise: rare jumps between two states.

    $$dx = (a x - b x^3)\,dt + \sigma\,dW = -V'(x)\,dt + \sigma\,dW, \quad V = -\tfrac12 a x^2 + \tfrac14 b x^4$$

    Its stationary density is proportional to $e^{-2V/\sigma^2}$. For weak noise the mean time from one well to the
    other is Kramers's, $\frac{2\pi}{\sqrt2\,a}\, e^{a^2 / (2 b \sigma^2)}$ [@kramers1940; @gardiner2009, section 5.5].

    **Arguments**: `a` 1 and `b` 1, the wells at $\pm\sqrt{a/b}$ with barrier $a^2/(4b)$; `sigma` 0.5, the noise.

    **Good values**: `sigma=0.5` a jump every 35 units of time or so; `sigma=0.3` rare; `sigma=1` no visible wells.
    """

    a: Any = param(1.0)
    b: Any = param(1.0)
    sigma: Any = param(0.5)

    card: ClassVar = Card(
        title="Double well",
        equation=r"dx = (a x - b x^3)\,dt + \sigma\,dW",
        field="physics",
        cite=("kramers1940", "gardiner2009"),
        variables=("x",),
        state=(1.0,),
        period=6.0,
        dt=0.1,
        transient=10.0,
        tags=frozenset({"stochastic", "bistable", "autonomous", "polynomial", "physics"}),
        presets={"rare": {"sigma": 0.3}, "single": {"sigma": 1.0}},
        known={
            "fixed_points": Known(((-1.0,), (0.0,), (1.0,)), Source.EXACT, "0 and +-sqrt(a/b), of the drift", 1e-14),
            "symmetry": Known((-1,), Source.EXACT, "odd drift", 1e-13),
            "mean": Known((0.0,), Source.EXACT, "symmetry", 0.0),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def drift(self, t, x):
        del t
        return x * (self.a - self.b * x * x)

    def diffusion(self, t, x):
        del t, x
        return jnp.reshape(self.sigma, (1, 1))
