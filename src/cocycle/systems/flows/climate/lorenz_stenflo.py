"""Stenflo's model of acoustic gravity waves."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LorenzStenflo"]

_K = 1 + 1.5 / 4
_X = (0.7 * (26 - _K) / _K) ** 0.5


class LorenzStenflo(Flow):
    r"""The Lorenz-Stenflo equations: waves of a rotating atmosphere, Lorenz's system with one variable more.

    $$\dot x = \sigma (y - x) + s w, \quad \dot y = r x - x z - y, \quad \dot z = x y - b z,
    \quad \dot w = -x - \sigma w$$

    `x`, `y` and `z` as in Lorenz's system, `w` stands for the rotation [@stenflo1996]; without it, at $s = 0$, the
    first three are Lorenz's. The origin loses stability at $r = 1 + s/\sigma^2$, where two fixed points appear:
    $z = r - 1 - s/\sigma^2$, $x^2 = bz/(1 + s/\sigma^2)$, $y = x(1 + s/\sigma^2)$, $w = -x/\sigma$ [@zhou1997].

    **Arguments**: `sigma` the Prandtl number, 2; `s` the rotation number, 1.5; `r` the Rayleigh number, 26; `b` the
    aspect ratio, 0.7.

    **Good values**: `r=26` chaotic; `r=5` settles on a fixed point.
    """

    sigma: Any = param(2.0)
    s: Any = param(1.5)
    r: Any = param(26.0)
    b: Any = param(0.7)

    card: ClassVar = Card(
        title="Lorenz-Stenflo",
        equation=r"\dot x = \sigma (y - x) + s w,\ \dot y = r x - x z - y,\ "
        r"\dot z = x y - b z,\ \dot w = -x - \sigma w",
        field="climate",
        cite=("stenflo1996", "zhou1997"),
        variables=("x", "y", "z", "w"),
        state=(2.6037, 5.7944, 17.66, 0.024979),
        period=1.8,
        dt=0.02,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"r": 26.0}, "fixed point": {"r": 5.0}},
        known={
            "divergence": Known(-5.7, Source.EXACT, "-(2 sigma + 1 + b)", 1e-11),
            "fixed_points": Known(
                ((0.0,) * 4, (_X, _X * _K, 26 - _K, -_X / 2), (-_X, -_X * _K, 26 - _K, _X / 2)),
                Source.EXACT,
                "z = r - k, x^2 = b z / k, y = k x, w = -x / sigma, with k = 1 + s / sigma^2",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3, -4), Source.EXACT, "(x, y, z, w) -> (-x, -y, z, -w)", 1e-12),
            "bifurcation:r": Known(_K, Source.EXACT, "the origin loses stability, 1 + s / sigma^2", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return self.sigma * (y - x) + self.s * w, self.r * x - x * z - y, x * y - self.b * z, -x - self.sigma * w
