"""The complex Lorenz equations."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ComplexLorenz"]


class ComplexLorenz(Flow):
    r"""The complex Lorenz equations: a baroclinic wave with dispersion, or a detuned laser.

    $$\dot x = \sigma (y - x), \quad \dot y = (r_1 + i r_2 - z)\, x - (1 - i e)\, y, \quad
    \dot z = -b z + \operatorname{Re}(\bar x y)$$

    `x1`, `x2` and `y1`, `y2` are the real and imaginary parts of the complex amplitudes $x$ and $y$; `z` is real. Their
    common phase is free, which gives a second exponent of zero. The origin is stable for
    $r_1 < 1 + (e + r_2)(e - \sigma r_2)/(\sigma + 1)^2$; above, the amplitude is constant and the phase turns at the
    rate $\sigma(e + r_2)/(\sigma + 1)$, an exact limit cycle, until a torus and chaos follow [@fowler1982]. A laser has
    $e = -r_2$, its detuning.

    **Arguments**: `sigma` 2; `r1` 60 and `r2` 0.02 real and imaginary part of the forcing; `e` 0.06 dispersion; `b`
    0.8.

    **Good values**: `r1=60` chaotic; `r1=10` the limit cycle.
    """

    sigma: Any = param(2.0)
    r1: Any = param(60.0)
    r2: Any = param(0.02)
    e: Any = param(0.06)
    b: Any = param(0.8)

    card: ClassVar = Card(
        title="Complex Lorenz equations",
        equation=(
            r"\dot x_1 = \sigma (y_1 - x_1),\ \dot x_2 = \sigma (y_2 - x_2),\ "
            r"\dot y_1 = (r_1 - z) x_1 - r_2 x_2 - y_1 - e y_2,\ "
            r"\dot y_2 = (r_1 - z) x_2 + r_2 x_1 - y_2 + e y_1,\ \dot z = x_1 y_1 + x_2 y_2 - b z"
        ),
        field="physics",
        cite=("fowler1982",),
        variables=("x1", "x2", "y1", "y2", "z"),
        state=(-0.07189, -0.05842, 2.89337, -2.64235, 40.78671),
        period=1.09,
        dt=0.01,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"r1": 60.0}, "limit cycle": {"r1": 10.0}},
        known={
            "divergence": Known(-6.8, Source.EXACT, "-(2 sigma + 2 + b)", 1e-12),
            "fixed_points": Known(((0.0,) * 5,), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-2, 1, -4, 3, 5), Source.EXACT, "a quarter turn of the common phase", 1e-12),
            "bifurcation:r1": Known(
                1 + (0.06 + 0.02) * (0.06 - 2 * 0.02) / 3**2, Source.EXACT, "Hopf of the origin", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x1, x2, y1, y2, z = x
        return (
            self.sigma * (y1 - x1),
            self.sigma * (y2 - x2),
            (self.r1 - z) * x1 - self.r2 * x2 - y1 - self.e * y2,
            (self.r1 - z) * x2 + self.r2 * x1 - y2 + self.e * y1,
            x1 * y1 + x2 * y2 - self.b * z,
        )
