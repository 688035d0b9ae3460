"""Tyson's two-variable cell cycle."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["TysonCellCycle"]


class TysonCellCycle(Flow):
    r"""Tyson's two-variable model of the cell division cycle: excitable, or oscillating.

    $$\dot u = k_4 (v - u) (\alpha + u^2) - k_6 u, \quad \dot v = \kappa - k_6 u$$

    `u` is the fraction of active maturation factor (cdc2 with cyclin), `v` that of all cyclin; time in minutes. The
    steady state is $u = \kappa/k_6$. It is the reduction of a model of six reactions; where $k_6$ is small or large
    the cell rests, in between it divides periodically [@tyson1991].

    **Arguments**: `k4` 180 per minute, the autocatalytic activation; `alpha` 1e-4, the ratio of spontaneous to
    autocatalytic activation; `k6` 1 per minute, the breakdown of the active factor; `kappa` 0.015 per minute, the
    synthesis of cyclin.

    **Good values**: `k6=1` oscillates; `k6=3` rests, excitable.
    """

    k4: Any = param(180.0)
    k6: Any = param(1.0)
    kappa: Any = param(0.015)
    alpha: Any = param(1e-4)

    card: ClassVar = Card(
        title="Cell division cycle (Tyson)",
        equation=r"\dot u = k_4 (v - u) (\alpha + u^2) - k_6 u,\ \dot v = \kappa - k_6 u",
        field="biology",
        cite=("tyson1991",),
        variables=("u", "v"),
        state=(0.125967, 0.130932),
        period=35.6,
        dt=0.3,
        transient=200.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial", "fast-slow"}),
        presets={"oscillating": {"k6": 1.0}, "excitable": {"k6": 3.0}},
        known={
            "fixed_points": Known(
                ((0.015, 0.015 + 0.015 / (180 * (1e-4 + 0.015**2))),),
                Source.EXACT,
                "u = kappa / k6, v = u + k6 u / (k4 (alpha + u^2))",
                1e-13,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        u, v = x
        return self.k4 * (v - u) * (self.alpha + u * u) - self.k6 * u, self.kappa - self.k6 * u
