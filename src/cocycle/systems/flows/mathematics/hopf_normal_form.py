"""The normal form of the Hopf bifurcation."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HopfNormalForm"]


class HopfNormalForm(Flow):
    r"""The Hopf normal form: a limit cycle is born from a focus.

    $$\dot x = \mu x - \omega y + (a x - b y) (x^2 + y^2), \quad \dot y = \omega x + \mu y + (b x + a y) (x^2 + y^2)$$

    In polar coordinates $\dot r = \mu r + a r^3, \dot\theta = \omega + b r^2$ [@guckenheimer1983, section 3.4]. For $a
    < 0$ (supercritical) there is for $\mu > 0$ the stable cycle $r = \sqrt{-\mu/a}$ of frequency $\omega - b \mu/a$,
    with exponents 0 and $-2 \mu$; for $a > 0$ (subcritical) an unstable cycle for $\mu < 0$. It is also called the
    Stuart-Landau oscillator.

    **Arguments**: `mu` 1, distance from the bifurcation; `omega` 1, frequency; `a` -1, saturation; `b` 0, shear (how
    the frequency depends on the amplitude).

    **Good values**: `mu=1` cycle; `mu=-1` fixed point; `b=-2` the cycle with shear.
    """

    mu: Any = param(1.0)
    omega: Any = param(1.0)
    a: Any = param(-1.0)
    b: Any = param(0.0)

    card: ClassVar = Card(
        title="Hopf normal form",
        equation=(
            r"\dot x = \mu x - \omega y + (a x - b y) (x^2 + y^2),\ "
            r"\dot y = \omega x + \mu y + (b x + a y) (x^2 + y^2)"
        ),
        field="mathematics",
        cite=("guckenheimer1983",),
        variables=("x", "y"),
        state=(1.0, 0.0),
        period=2 * math.pi,
        dt=0.06,
        transient=10.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"cycle": {"mu": 1.0}, "fixed point": {"mu": -1.0}, "sheared": {"b": -2.0}},
        known={
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-12),
            "symmetry": Known((-2, 1), Source.EXACT, "(x, y) -> (-y, x), one of all rotations", 1e-12),
            "lyapunov": Known((0.0, -2.0), Source.EXACT, "0 and -2 mu, on the cycle", 1e-3),
            "bifurcation:mu": Known(0.0, Source.EXACT, "Hopf of the origin", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        r = x * x + y * y
        return self.mu * x - self.omega * y + (self.a * x - self.b * y) * r, self.omega * x + self.mu * y + (
            self.b * x + self.a * y
        ) * r
