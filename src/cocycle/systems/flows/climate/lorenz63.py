"""Lorenz's 1963 convection model."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Lorenz63"]

_WING = (8 / 3 * 27) ** 0.5


class Lorenz63(Flow):
    r"""Lorenz's three-mode model of convection: the standard example of a chaotic flow.

    $$\dot x = \sigma (y - x), \quad \dot y = x (\rho - z) - y, \quad \dot z = x y - \beta z$$

    `x` is the speed of the rolls, `y` and `z` the horizontal and vertical temperature differences. The origin loses
    stability at $\rho = 1$ and the two steady rolls at
    $\rho = \sigma(\sigma+\beta+3)/(\sigma-\beta-1) \approx 24.74$ [@lorenz1963]; from about 24.06 on there is a chaotic
    attractor, up to 24.74 beside the stable rolls, interrupted by windows of periodic motion for larger $\rho$.

    **Arguments**

    - `sigma`: the Prandtl number, 10.
    - `rho`: the Rayleigh number relative to the onset of convection, 28.
    - `beta`: the aspect ratio of the rolls, 8/3.

    Exponents in [@sprott2003, appendix A].

    **Good values**: `rho=28` chaotic; `rho=160` periodic; `rho=14` settles on a steady roll.
    """

    sigma: Any = param(10.0)
    rho: Any = param(28.0)
    beta: Any = param(8 / 3)

    card: ClassVar = Card(
        title="Lorenz 1963",
        equation=r"\dot x = \sigma (y - x),\ \dot y = x (\rho - z) - y,\ \dot z = x y - \beta z",
        field="climate",
        cite=("lorenz1963", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-3.2836, 2.1006, 28.867),
        period=0.75,
        dt=0.01,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial", "geophysics"}),
        presets={
            "chaotic": {"rho": 28.0},
            "periodic": {"rho": 160.0},
            "fixed point": {"rho": 14.0},
        },
        known={
            "divergence": Known(-(10 + 1 + 8 / 3), Source.EXACT, "-(sigma + 1 + beta)", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_WING, _WING, 27.0), (-_WING, -_WING, 27.0)),
                Source.EXACT,
                "x = y = +-sqrt(beta (rho - 1)), z = rho - 1",
                1e-12,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known((0.9056, 0.0, -14.5723), Source.PAPER, "sprott2003, appendix A", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.sigma * (y - x), x * (self.rho - z) - y, x * y - self.beta * z
