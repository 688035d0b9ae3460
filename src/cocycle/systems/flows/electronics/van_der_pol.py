"""The van der Pol oscillator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["VanDerPol"]


class VanDerPol(Flow):
    r"""The van der Pol oscillator: damping that is negative for small and positive for large amplitudes.

    $$\dot x = v, \quad \dot v = \mu (1 - x^2)\, v - x$$

    One limit cycle attracts all starts but the origin, for every $\mu > 0$. Small `mu`: nearly a circle of radius 2
    with period $2\pi(1 + \mu^2/16)$; large `mu`: relaxation oscillations of period about $(3 - 2\ln 2)\mu$, and stiff:
    take an implicit solver beyond `mu` about 100 [@vanderpol1926].

    At `mu=1` the period is 6.66328686 [@andersen1982].

    **Arguments**: `mu`, the nonlinearity, 1.

    **Good values**: `mu=1` smooth; `mu=10` relaxation; `mu=0` harmonic.
    """

    mu: Any = param(1.0)

    card: ClassVar = Card(
        title="Van der Pol oscillator",
        equation=r"\dot x = v,\ \dot v = \mu (1 - x^2) v - x",
        field="electronics",
        cite=("vanderpol1926", "andersen1982"),
        variables=("x", "v"),
        state=(2.0086, 0.0),
        period=6.6633,
        dt=0.1,
        transient=50.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial", "electronics"}),
        presets={"relaxation": {"mu": 10.0}, "harmonic": {"mu": 0.0}},
        known={
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2), Source.EXACT, "odd", 1e-13),
            "period": Known(6.6632868593, Source.PAPER, "andersen1982, series at mu = 1", 1e-6),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, v = x
        return v, self.mu * (1 - x * x) * v - x
