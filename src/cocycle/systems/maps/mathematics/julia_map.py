"""The quadratic map of the complex plane."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["JuliaMap"]

_TURN = math.pi * (5**0.5 - 1)
_SIEGEL = (
    math.cos(_TURN) / 2 - math.cos(2 * _TURN) / 4,
    math.sin(_TURN) / 2 - math.sin(2 * _TURN) / 4,
)


class JuliaMap(Map):
    r"""The quadratic map of the complex plane, $z \mapsto z^2 + c$, in real and imaginary part.

    $$x_{n+1} = x_n^2 - y_n^2 + c_r, \quad y_{n+1} = 2 x_n y_n + c_i$$

    For `c` in the Mandelbrot set the orbit of 0 stays bounded. In the main cardioid,
    $c = \tfrac12 e^{i\phi} r - \tfrac14 e^{2 i \phi} r^2$ with $r < 1$, a fixed point of multiplier $r e^{i\phi}$
    attracts. By default $r = 1$ and $\phi$ is the golden angle: no orbit near the fixed point is attracted, each turns
    around it for ever in a Siegel disk [@milnor2006, section 11]. Chaos is on the Julia set alone, which repels.

    **Arguments**: `c_r` -0.3905 and `c_i` -0.5868, the constant.

    **Good values**: the default, quasi-periodic; `c=-0.12+0.75i` period 3 (Douady's rabbit); `c=-1.05` period 2
    (near the basilica); `c=-0.2` fixed point.
    """

    c_r: Any = param(_SIEGEL[0])
    c_i: Any = param(_SIEGEL[1])

    card: ClassVar = Card(
        title="Quadratic complex map",
        equation=r"x_{n+1} = x_n^2 - y_n^2 + c_r,\ y_{n+1} = 2 x_n y_n + c_i",
        field="mathematics",
        cite=("milnor2006",),
        variables=("x", "y"),
        state=(-0.3, -0.1),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "polynomial"}),
        presets={
            "quasi-periodic": {"c_r": _SIEGEL[0], "c_i": _SIEGEL[1]},
            "period 3": {"c_r": -0.12, "c_i": 0.75},
            "period 2": {"c_r": -1.05, "c_i": 0.0},
            "fixed point": {"c_r": -0.2, "c_i": 0.0},
        },
        known={
            "fixed_points": Known(
                ((math.cos(_TURN) / 2, math.sin(_TURN) / 2), (1 - math.cos(_TURN) / 2, -math.sin(_TURN) / 2)),
                Source.EXACT,
                "e^(i phi) / 2, and 1 minus it",
                1e-14,
            ),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "the map is conjugate to a rotation in the Siegel disk", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return x * x - y * y + self.c_r, 2 * x * y + self.c_i
