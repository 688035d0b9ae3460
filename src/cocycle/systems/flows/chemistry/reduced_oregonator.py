"""The two-variable Oregonator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ReducedOregonator"]


def _steady() -> float:
    # x^2 + (f + q - 1) x - q (1 + f) = 0 at the defaults
    q = 0.0008
    return (-q + (q * q + 8 * q) ** 0.5) / 2


class ReducedOregonator(Flow):
    r"""Tyson's two-variable Oregonator: the Belousov-Zhabotinsky reaction with bromide eliminated.

    $$\epsilon \dot x = x (1 - x) - f z \frac{x - q}{x + q}, \quad \dot z = x - z$$

    `x` is the scaled concentration of bromous acid and `z` that of the oxidised catalyst; bromide follows both at
    once, $y = f z/(q + x)$ [@tyson1980]. Between two Hopf bifurcations in `f` the reaction oscillates; outside it is
    steady, and excitable near the ends.

    **Arguments**: `epsilon` 0.04 and `q` 0.0008: ratios of rate constants; `f` 1, the bromide returned for each
    catalyst ion.

    **Good values**: `f=1` relaxation oscillation; `f=3` excitable; `f=0.4` steady, the catalyst oxidised.
    """

    epsilon: Any = param(0.04)
    q: Any = param(0.0008)
    f: Any = param(1.0)

    card: ClassVar = Card(
        title="Two-variable Oregonator",
        equation=r"\epsilon \dot x = x (1 - x) - f z \frac{x - q}{x + q},\ \dot z = x - z",
        field="chemistry",
        cite=("tyson1980",),
        variables=("x", "z"),
        state=(0.000820948, 0.0633852),
        period=5.75,
        dt=0.05,
        transient=50.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "fast-slow"}),
        presets={"oscillating": {"f": 1.0}, "excitable": {"f": 3.0}, "oxidised": {"f": 0.4}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (_steady(), _steady())),
                Source.EXACT,
                "the origin; x = z from x^2 + (f + q - 1) x = q (1 + f)",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, z = x
        return (x * (1 - x) - self.f * z * (x - self.q) / (x + self.q)) / self.epsilon, x - z
