"""The Oregonator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Oregonator"]


def _steady() -> float:
    # x^2 + (f + q - 1) x - q (1 + f) = 0 at the defaults
    q = 8e-4
    return (-q + (q * q + 8 * q) ** 0.5) / 2


class Oregonator(Flow):
    r"""Field and Noyes' Oregonator: the reduced mechanism of the Belousov-Zhabotinsky reaction.

    $$\epsilon \dot x = q y - x y + x (1 - x), \quad \delta \dot y = -q y - x y + f z, \quad \dot z = x - z$$

    `x`, `y`, `z` are the scaled concentrations of bromous acid, bromide and the oxidised catalyst, in Tyson's
    scaling. The scheme and its limit cycle are those of [@fieldnoyes1974], the constants those of [@tyson1985]. In
    the original variables $s = \sqrt{\delta/(\epsilon q)}$ and $w = s \epsilon$; the original constants ($s = 77.27$,
    $w = 0.161$, $q = 8.375 \cdot 10^{-6}$) need an implicit solver.

    **Arguments**: `epsilon` 0.04, `delta` 4e-4 and `q` 8e-4: ratios of rate constants; `f` 1, the bromide returned
    for each catalyst ion.

    **Good values**: `f=1` relaxation oscillation; `f=3` excitable; `f=0.4` steady, the catalyst oxidised.
    """

    epsilon: Any = param(0.04)
    delta: Any = param(4e-4)
    q: Any = param(8e-4)
    f: Any = param(1.0)

    card: ClassVar = Card(
        title="Oregonator",
        equation=r"\epsilon \dot x = q y - x y + x (1 - x),\ \delta \dot y = -q y - x y + f z,\ \dot z = x - z",
        field="chemistry",
        cite=("fieldnoyes1974", "tyson1985"),
        variables=("x", "y", "z"),
        state=(0.747803, 0.3025, 0.226882),
        period=5.76,
        dt=0.05,
        transient=50.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial", "fast-slow"}),
        presets={"oscillating": {"f": 1.0}, "excitable": {"f": 3.0}, "oxidised": {"f": 0.4}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_steady(), _steady() / (8e-4 + _steady()), _steady())),
                Source.EXACT,
                "the origin; x = z from x^2 + (f + q - 1) x = q (1 + f), y = f z / (q + x)",
                1e-9,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            (self.q * y - x * y + x * (1 - x)) / self.epsilon,
            (-self.q * y - x * y + self.f * z) / self.delta,
            x - z,
        )
