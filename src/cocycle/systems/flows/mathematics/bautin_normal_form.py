"""The normal form of the Bautin (generalised Hopf) bifurcation."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["BautinNormalForm"]


class BautinNormalForm(Flow):
    r"""The Bautin normal form: rest and oscillation coexist, cycles collide in pairs.

    $$\dot x = \beta_1 x - \omega y + x (\beta_2 - x^2 - y^2) (x^2 + y^2), \quad \dot y = \omega x + \beta_1 y + y
    (\beta_2 - x^2 - y^2) (x^2 + y^2)$$

    In polar coordinates $\dot r = r (\beta_1 + \beta_2 r^2 - r^4), \dot\theta = \omega$ [@kuznetsov2004, section 8.3].
    The origin has a Hopf bifurcation at $\beta_1 = 0$, supercritical for $\beta_2 < 0$. For $\beta_2 > 0$ a stable and
    an unstable cycle, $r^2 = (\beta_2 \pm \sqrt{\beta_2^2 + 4 \beta_1})/2$, annihilate at $\beta_1 = -\beta_2^2/4$;
    between the two thresholds the stable cycle and the stable origin coexist.

    **Arguments**: `beta1` -0.1, linear growth; `beta2` 1, its cubic correction; `omega` 1, frequency.

    **Good values**: `beta1=-0.1` bistable; `beta1=-0.3` rest only; `beta1=0.1` oscillation only.
    """

    beta1: Any = param(-0.1)
    beta2: Any = param(1.0)
    omega: Any = param(1.0)

    card: ClassVar = Card(
        title="Bautin normal form",
        equation=(
            r"\dot x = \beta_1 x - \omega y + x (\beta_2 - x^2 - y^2) (x^2 + y^2),\ "
            r"\dot y = \omega x + \beta_1 y + y (\beta_2 - x^2 - y^2) (x^2 + y^2)"
        ),
        field="mathematics",
        cite=("kuznetsov2004",),
        variables=("x", "y"),
        state=(0.94197, 0.0),
        period=2 * math.pi,
        dt=0.06,
        transient=20.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"bistable": {"beta1": -0.1}, "fixed point": {"beta1": -0.3}, "cycle": {"beta1": 0.1}},
        known={
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-12),
            "symmetry": Known((-2, 1), Source.EXACT, "(x, y) -> (-y, x), one of all rotations", 1e-12),
            "lyapunov": Known(
                (0.0, -(0.6**0.5) * (1 + 0.6**0.5)),
                Source.EXACT,
                "0 and 2 r^2 (beta2 - 2 r^2) = -q (beta2 + q), q^2 = beta2^2 + 4 beta1",
                1e-3,
            ),
            "bifurcation:beta1": Known(-0.25, Source.EXACT, "-beta2^2/4: the two cycles annihilate", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        r = x * x + y * y
        growth = self.beta1 + self.beta2 * r - r * r
        return growth * x - self.omega * y, self.omega * x + growth * y
