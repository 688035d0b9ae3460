"""The chemostat."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Chemostat"]


class Chemostat(Flow):
    r"""Monod's chemostat: bacteria in a continuous culture.

    $$\dot s = D (s_0 - s) - \frac{g x}{Y}, \quad \dot x = (g - D) x, \quad g = \frac{\mu s}{k + s}$$

    `s` is the nutrient and `x` the bacteria [@monod1950]. Above the dilution $D = \mu s_0/(k + s_0)$ they are washed
    out; below it they settle at $s = k D/(\mu - D)$, $x = Y (s_0 - s)$. On the invariant line $x + Y s = Y s_0$ the
    approach is without oscillation.

    **Arguments**: `D` 0.3 dilution; `s0` 1 supply; `mu` 1 maximum growth and `k` 0.5 half-saturation; `Y` 0.5 yield.

    **Good values**: `D=0.3` settles; `D=0.8` washes out.
    """

    D: Any = param(0.3)
    s0: Any = param(1.0)
    mu: Any = param(1.0)
    k: Any = param(0.5)
    Y: Any = param(0.5)

    card: ClassVar = Card(
        title="Chemostat",
        equation=r"\dot s = D (s_0 - s) - \frac{g x}{Y},\ \dot x = (g - D) x,\ g = \frac{\mu s}{k + s}",
        field="ecology",
        cite=("monod1950",),
        variables=("s", "x"),
        state=(0.9, 0.02),
        period=12.0,
        dt=0.1,
        transient=60.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous"}),
        presets={"settling": {"D": 0.3}, "washed out": {"D": 0.8}},
        known={
            "fixed_points": Known(
                ((1.0, 0.0), (0.15 / 0.7, 0.5 * (1 - 0.15 / 0.7))),
                Source.EXACT,
                "washout; s = k D / (mu - D), x = Y (s0 - s)",
                1e-13,
            ),
            "bifurcation:D": Known(2 / 3, Source.EXACT, "mu s0 / (k + s0), transcritical", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        s, x = x
        growth = self.mu * s / (self.k + s)
        return self.D * (self.s0 - s) - growth * x / self.Y, (growth - self.D) * x
