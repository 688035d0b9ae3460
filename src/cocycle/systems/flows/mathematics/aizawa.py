"""Langford's flow, known as the Aizawa attractor."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Aizawa"]

_ANGLE = math.acos(1.5 * 0.6 / 0.95**1.5) / 3
_FIXED = tuple((0.0, 0.0, 2 * 0.95**0.5 * math.cos(_ANGLE - 2 * math.pi * k / 3)) for k in range(3))


class Aizawa(Flow):
    r"""Langford's flow, often called Aizawa's: a torus breaks up where Hopf meets hysteresis.

    $$\dot x = (z - \beta) x - \omega y, \quad \dot y = \omega x + (z - \beta) y, \quad \dot z = \lambda + \alpha z -
    \frac{z^3}{3} - (x^2 + y^2) (1 + \rho z) + \varepsilon z x^3$$

    `x`, `y` are a Hopf mode, `z` goes through a hysteresis; for $\varepsilon = 0$ the flow does not change under
    rotation about `z`, and the motion is on a two-torus [@langford1984]. The axis is invariant and carries three fixed
    points at the defaults.

    **Arguments**: `alpha` 0.95, `beta` 0.7, `lam` 0.6 ($\lambda$), `omega` 3.5, `rho` 0.25; `eps` 0.1 breaks the
    symmetry.

    **Good values**: `eps=0.1` chaotic; `eps=0` quasi-periodic.
    """

    alpha: Any = param(0.95)
    beta: Any = param(0.7)
    lam: Any = param(0.6)
    omega: Any = param(3.5)
    rho: Any = param(0.25)
    eps: Any = param(0.1)

    card: ClassVar = Card(
        title="Aizawa (Langford)",
        equation=(
            r"\dot x = (z - \beta) x - \omega y,\ "
            r"\dot y = \omega x + (z - \beta) y,\ "
            r"\dot z = \lambda + \alpha z - \frac{z^3}{3} - (x^2 + y^2) (1 + \rho z) + \varepsilon z x^3"
        ),
        symbols={r"\lambda": "lam", r"\varepsilon": "eps"},
        field="mathematics",
        cite=("langford1984",),
        variables=("x", "y", "z"),
        state=(-0.17387, 0.23223, 0.3225),
        period=1.8,
        dt=0.018,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"eps": 0.1}, "two-torus": {"eps": 0.0}},
        known={"fixed_points": Known(_FIXED, Source.EXACT, "x = y = 0, z^3 - 3 alpha z - 3 lam = 0", 1e-12)},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        growth = z - self.beta
        radius = x * x + y * y
        dz = self.lam + self.alpha * z - z**3 / 3 - radius * (1 + self.rho * z) + self.eps * z * x**3
        return growth * x - self.omega * y, self.omega * x + growth * y, dz
