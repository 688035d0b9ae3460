"""Gissinger's model of the reversals of a magnetic field."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["GissingerDynamo"]


def _steady(sign: int) -> tuple[float, float, float]:
    V = (0.119 * 0.1) ** 0.5
    Q = sign * (0.1 * (V + 0.9) / V) ** 0.5
    return Q, -V * Q / 0.1, -V


class GissingerDynamo(Flow):
    r"""Gissinger's model of the reversals of the Earth's magnetic field: two field modes and a symmetry-breaking flow.

    $$\dot Q = \mu Q - V D, \quad \dot D = -\nu D + V Q, \quad \dot V = \Gamma - V + Q D$$

    `Q` and `D` are the quadrupole and the dipole of the field, `V` the part of the flow that couples them
    [@gissinger2012]. The state without field, $(0, 0, \Gamma)$, loses stability in a Hopf bifurcation at
    $\mu = \nu$ where $\Gamma > \nu$; in the chaotic regime the dipole reverses at irregular intervals.

    **Arguments**: `mu` growth of the quadrupole 0.119; `nu` decay of the dipole 0.1; `Gamma` forcing of the flow 0.9.

    **Good values**: `mu=0.119` chaotic; `mu=0.09` no field.
    """

    mu: Any = param(0.119)
    nu: Any = param(0.1)
    Gamma: Any = param(0.9)

    card: ClassVar = Card(
        title="Gissinger dynamo",
        equation=r"\dot Q = \mu Q - V D,\ \dot D = -\nu D + V Q,\ \dot V = \Gamma - V + Q D",
        field="physics",
        cite=("gissinger2012",),
        variables=("Q", "D", "V"),
        state=(-0.47915, 1.5678, -0.27205),
        period=9.4,
        dt=0.09,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"mu": 0.119}, "no field": {"mu": 0.09}},
        known={
            "divergence": Known(0.119 - 0.1 - 1, Source.EXACT, "mu - nu - 1", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.9), _steady(1), _steady(-1)),
                Source.EXACT,
                "no field; V = -sqrt(mu nu), Q^2 = nu (|V| + Gamma) / |V|, D = V Q / nu",
                1e-12,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "reversal of the field", 1e-12),
            "bifurcation:mu": Known(0.1, Source.EXACT, "nu: Hopf bifurcation of the state without field", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        Q, D, V = x
        return self.mu * Q - V * D, -self.nu * D + V * Q, self.Gamma - V + Q * D
