"""The Hopf normal form with noise."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["StochasticHopf"]


def _variance(alpha: float, a: float, sigma: float) -> float:
    # of each variable: half the mean of u = r^2, whose density exp((alpha u - a u^2 / 2) / sigma^2), u > 0, is a
    # truncated Gaussian
    mean, width = alpha / a, sigma / math.sqrt(a)
    z = mean / width
    above = 0.5 * (1 + math.erf(z / math.sqrt(2)))
    return 0.5 * (mean + width * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / above)


class StochasticHopf(StochasticFlow):
    r"""The normal form of the Hopf bifurcation with additive noise: a noisy limit cycle.

    $$dx = [\alpha x - \beta y - (a x - b y)(x^2 + y^2)]\,dt + \sigma\,dW_1, \quad
    dy = [\beta x + \alpha y - (b x + a y)(x^2 + y^2)]\,dt + \sigma\,dW_2$$

    The stationary density is proportional to $e^{(2 \alpha r^2 - a r^4)/(2 \sigma^2)}$, $r^2 = x^2 + y^2$, whatever
    $\beta$ and the shear `b`; each variable has half the mean of $r^2$ as its variance. Weak shear lets all paths with
    the same noise meet; strong shear makes the largest exponent positive [@doan2018].

    **Arguments**: `alpha` 1 distance from the bifurcation; `beta` 5 angular velocity; `a` 1 nonlinear damping; `b` 0
    shear; `sigma` 0.5 strength of the noise.

    **Good values**: `b=0` synchronising; `b=10` noise-induced chaos.
    """

    alpha: Any = param(1.0)
    beta: Any = param(5.0)
    a: Any = param(1.0)
    b: Any = param(0.0)
    sigma: Any = param(0.5)

    card: ClassVar = Card(
        title="Stochastic Hopf normal form",
        equation=(
            r"dx = [\alpha x - \beta y - (a x - b y) (x^2 + y^2)]\,dt + \sigma\,dW_1,\ "
            r"dy = [\beta x + \alpha y - (b x + a y) (x^2 + y^2)]\,dt + \sigma\,dW_2"
        ),
        field="mathematics",
        cite=("doan2018",),
        variables=("x", "y"),
        state=(1.0, 0.0),
        period=2 * math.pi / 5,
        dt=0.005,
        transient=10.0,
        tags=frozenset({"autonomous", "polynomial", "synchronisation"}),
        presets={"synchronising": {"b": 0.0}, "chaotic": {"b": 10.0}},
        known={
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin, of the drift", 1e-14),
            "symmetry": Known((2, -1), Source.EXACT, "a quarter of a turn", 1e-13),
            "mean": Known((0.0, 0.0), Source.EXACT, "symmetry", 0.0),
            "variance": Known((_variance(1.0, 1.0, 0.5),) * 2, Source.EXACT, "half the mean of r^2", 0.0),
            "bifurcation:alpha": Known(0.0, Source.EXACT, "Hopf bifurcation of the origin without noise", 0.0),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def drift(self, t, x):
        del t
        x, y = x
        square = x * x + y * y
        dx = self.alpha * x - self.beta * y - (self.a * x - self.b * y) * square
        return dx, self.beta * x + self.alpha * y - (self.b * x + self.a * y) * square

    def diffusion(self, t, x):
        del t, x
        return self.sigma * jnp.eye(2)
