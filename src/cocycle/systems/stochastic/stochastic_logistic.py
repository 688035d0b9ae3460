"""A logistic population in a random environment."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["StochasticLogistic"]


class StochasticLogistic(StochasticFlow):
    r"""Logistic growth in a random environment.

    $$dx = r x \left(1 - \frac{x}{K}\right) dt + \sigma x\,dW$$

    For $\sigma^2 < 2 r$ (Ito) the stationary law is a gamma law with mean $K (1 - \sigma^2 / (2 r))$ and variance
    $\frac{\sigma^2}{2 r} K$ times the mean; stronger noise means extinction [@dennis1984]. The Lyapunov exponent is
    $-(r - \sigma^2/2)$: populations in the same environment become equal.

    **Arguments**: `r` growth rate 1; `K` capacity 1; `sigma` strength of the noise 0.5.

    **Good values**: `sigma=0.5` persists; `sigma=1.6` dies out.
    """

    r: Any = param(1.0)
    K: Any = param(1.0)
    sigma: Any = param(0.5)

    card: ClassVar = Card(
        title="Stochastic logistic growth",
        equation=r"dx = r x (1 - \frac{x}{K})\,dt + \sigma x\,dW",
        field="ecology",
        cite=("dennis1984",),
        variables=("x",),
        state=(0.875,),
        period=1.0,
        dt=0.005,
        transient=20.0,
        tags=frozenset({"autonomous", "polynomial"}),
        presets={"persistent": {"sigma": 0.5}, "extinction": {"sigma": 1.6}},
        known={
            "fixed_points": Known(((0.0,), (1.0,)), Source.EXACT, "0 and K, of the drift", 1e-14),
            "mean": Known((0.875,), Source.EXACT, "K (1 - sigma^2 / (2 r))", 0.0),
            "variance": Known((0.875 * 0.125,), Source.EXACT, "K sigma^2 / (2 r) times the mean", 0.0),
            "lyapunov": Known((-0.875,), Source.EXACT, "-(r - sigma^2 / 2)", 2e-2),
            "bifurcation:sigma": Known(2**0.5, Source.EXACT, "sqrt(2 r): extinction", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def drift(self, t, x):
        del t
        return self.r * x * (1 - x / self.K)

    def diffusion(self, t, x):
        del t
        return self.sigma * x[:, None]
