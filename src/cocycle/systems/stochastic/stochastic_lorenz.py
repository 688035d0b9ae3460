"""Lorenz's convection with noise."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["StochasticLorenz"]

_WING = (8 / 3 * 27) ** 0.5


class StochasticLorenz(StochasticFlow):
    r"""Lorenz's 1963 model with multiplicative noise: the random attractor of stochastic climate dynamics.

    $$dx = s (y - x)\,dt + \sigma x\,dW, \quad dy = (r x - y - x z)\,dt + \sigma y\,dW, \quad
    dz = (-b z + x y)\,dt + \sigma z\,dW$$

    One and the same noise acts on all variables (Ito). Paths under one realisation of the noise gather on a set that
    moves and changes with time, the random attractor; with a positive exponent it carries a random measure as fine as
    the noise-free attractor [@chekroun2011]. The variables are those of `Lorenz63`.

    **Arguments**: `s` 10 Prandtl number; `r` 28 Rayleigh number; `b` 8/3; `sigma` 0.3 strength of the noise.

    **Good values**: `sigma=0.3` as in [@chekroun2011]; `sigma=0` Lorenz's model.
    """

    s: Any = param(10.0)
    r: Any = param(28.0)
    b: Any = param(8 / 3)
    sigma: Any = param(0.3)

    card: ClassVar = Card(
        title="Stochastic Lorenz model",
        equation=(
            r"dx = s (y - x)\,dt + \sigma x\,dW,\ dy = (r x - y - x z)\,dt + \sigma y\,dW,\ "
            r"dz = (-b z + x y)\,dt + \sigma z\,dW"
        ),
        field="climate",
        cite=("chekroun2011",),
        variables=("x", "y", "z"),
        state=(-3.2836, 2.1006, 28.867),
        period=0.75,
        dt=0.005,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"noisy": {"sigma": 0.3}, "noise-free": {"sigma": 0.0}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_WING, _WING, 27.0), (-_WING, -_WING, 27.0)),
                Source.EXACT,
                "x = y = +-sqrt(b (r - 1)), z = r - 1, of the drift",
                1e-12,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def drift(self, t, x):
        del t
        x, y, z = x
        return self.s * (y - x), x * (self.r - z) - y, x * y - self.b * z

    def diffusion(self, t, x):
        del t
        return self.sigma * x[:, None]
