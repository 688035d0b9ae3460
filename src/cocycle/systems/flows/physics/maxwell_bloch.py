"""The Maxwell-Bloch equations of a single-mode laser."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MaxwellBloch"]


class MaxwellBloch(Flow):
    r"""A single-mode laser at resonance: Lorenz's equations, in the variables of optics.

    $$\dot E = \kappa (P - E), \quad \dot P = \gamma_1 (E D - P), \quad \dot D = \gamma_2 (r - D - (r - 1) E P)$$

    `E` is the field and `P` the polarisation, relative to their values when lasing, and `D` the inversion
    [@haken1975; @strogatz1994, exercise 3.3.2]. With $\sigma = \kappa/\gamma_1$ and $b = \gamma_2/\gamma_1$ it is
    Lorenz's system. Lasing begins at $r = 1$; in a bad cavity, $\sigma > b + 1$, it loses stability in a Hopf
    bifurcation at the second threshold $r = \sigma(\sigma+b+3)/(\sigma-b-1)$ [@haken1975], at the defaults 14.

    **Arguments**: `kappa` loss of the cavity, 2; `gamma1` and `gamma2` decay of polarisation and inversion, 1 and 1/4;
    `r` the pump relative to the threshold, 15. With these values the model stands for the chaotic NH3 laser
    [@huebner1989dimensions].

    **Good values**: `r=15` chaotic; `r=5` steady; `r=0.5` dark.
    """

    kappa: Any = param(2.0)
    gamma1: Any = param(1.0)
    gamma2: Any = param(0.25)
    r: Any = param(15.0)

    card: ClassVar = Card(
        title="Maxwell-Bloch laser",
        equation=(r"\dot E = \kappa (P - E),\ \dot P = \gamma_1 (E D - P),\ \dot D = \gamma_2 (r - D - (r - 1) E P)"),
        field="physics",
        cite=("haken1975", "strogatz1994", "huebner1989dimensions"),
        variables=("E", "P", "D"),
        state=(0.6506, 0.08046, 0.06462),
        period=3.6,
        dt=0.036,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"r": 15.0}, "steady": {"r": 5.0}, "dark": {"r": 0.5}},
        known={
            "divergence": Known(-3.25, Source.EXACT, "-(kappa + gamma1 + gamma2)", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 15.0), (1.0, 1.0, 1.0), (-1.0, -1.0, 1.0)), Source.EXACT, "dark, and lasing", 1e-13
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(E, P, D) -> (-E, -P, D)", 1e-12),
            "bifurcation:r": Known(
                2 * (2 + 0.25 + 3) / (2 - 0.25 - 1), Source.EXACT, "second threshold: Hopf of the lasing states", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        E, P, D = x
        return (
            self.kappa * (P - E),
            self.gamma1 * (E * D - P),
            self.gamma2 * (self.r - D - (self.r - 1) * E * P),
        )
