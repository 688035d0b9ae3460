"""The Ornstein-Uhlenbeck process."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["OrnsteinUhlenbeck"]


class OrnsteinUhlenbeck(StochasticFlow):
    r"""The Ornstein-Uhlenbeck process: linear decay and white noise, the continuous-time AR(1).

    $$dx = \theta\,(\mu - x)\,dt + \sigma\,dW$$

    Gaussian and Markov. From $x_0$ the mean is $\mu + (x_0 - \mu) e^{-\theta t}$ and the variance
    $\frac{\sigma^2}{2\theta}(1 - e^{-2\theta t})$; when stationary the correlation is $e^{-\theta |s|}$
    [@uhlenbeck1930].

    **Arguments**: `theta` rate of decay, 1; `mu` mean, 0; `sigma` strength of the noise, 1.
    """

    theta: Any = param(1.0)
    mu: Any = param(0.0)
    sigma: Any = param(1.0)

    card: ClassVar = Card(
        title="Ornstein-Uhlenbeck",
        equation=r"dx = \theta (\mu - x)\,dt + \sigma\,dW",
        field="physics",
        cite=("uhlenbeck1930",),
        variables=("x",),
        state=(0.5,),
        period=6.2832,
        dt=0.1,
        transient=10.0,
        tags=frozenset({"stochastic", "linear", "autonomous", "physics"}),
        known={
            "divergence": Known(-1.0, Source.EXACT, "-theta, of the drift", 1e-13),
            "fixed_points": Known(((0.0,),), Source.EXACT, "mu, of the drift", 1e-14),
            "mean": Known((0.0,), Source.EXACT, "mu", 0.0),
            "variance": Known((0.5,), Source.EXACT, "sigma^2 / (2 theta)", 0.0),
            "lyapunov": Known((-1.0,), Source.EXACT, "-theta", 1e-9),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def drift(self, t, x):
        del t
        return self.theta * (self.mu - x)

    def diffusion(self, t, x):
        del t, x
        return jnp.reshape(self.sigma, (1, 1))
