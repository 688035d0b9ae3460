"""Rucklidge's model of double convection."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Rucklidge"]


class Rucklidge(Flow):
    r"""Rucklidge's flow: convection in a vertical magnetic field, three modes.

    $$\dot x = -\kappa x + \lambda y - y z, \quad \dot y = x, \quad \dot z = -z + y^2$$

    Derived for convection in a magnetic field or in a rotating layer, in the limit of tall rolls [@rucklidge1992]. The
    fixed points are 0, a saddle for $\lambda > 0$, and the rolls $(0, \pm\sqrt\lambda, \lambda)$, which lose stability
    to oscillations at $\lambda = \kappa (\kappa + 1)/2$. Parameters and a largest exponent of 0.0643 in [@sprott2003,
    appendix A.5.15]; ours is three times as large.

    **Arguments**: `kappa` 2, damping; `lam` 6.7 ($\lambda$), driving.

    **Good values**: `lam=6.7` chaotic; `lam=3.3` periodic; `lam=2.5` steady rolls.
    """

    kappa: Any = param(2.0)
    lam: Any = param(6.7)

    card: ClassVar = Card(
        title="Rucklidge",
        equation=r"\dot x = -\kappa x + \lambda y - y z,\ \dot y = x,\ \dot z = -z + y^2",
        symbols={r"\lambda": "lam"},
        field="fluids",
        cite=("rucklidge1992", "sprott2003"),
        variables=("x", "y", "z"),
        state=(3.8222, 2.8015, 2.702),
        period=3.5,
        dt=0.03,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"lam": 6.7}, "periodic": {"lam": 3.3}, "fixed point": {"lam": 2.5}},
        known={
            "divergence": Known(-3.0, Source.EXACT, "-(kappa + 1)", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (0.0, 6.7**0.5, 6.7), (0.0, -(6.7**0.5), 6.7)),
                Source.EXACT,
                "0 and (0, +-sqrt(lam), lam)",
                1e-12,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "bifurcation:lam": Known(3.0, Source.EXACT, "kappa (kappa + 1)/2: Hopf of the rolls", 1e-12),
            "lyapunov": Known(
                (0.0643, 0.0, -3.0643),
                Source.PAPER,
                "sprott2003, appendix A.5.15",
                1e-4,
                disputed="we find 0.191 from seven starts",
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -self.kappa * x + self.lam * y - y * z, x, -z + y * y
