"""Rayleigh's oscillator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["RayleighOscillator"]


class RayleighOscillator(Flow):
    r"""Rayleigh's maintained vibration, of a violin string or a reed: the friction is negative for slow motion.

    $$\dot x = v, \quad \dot v = \mu \left(1 - \frac{v^2}{3}\right) v - x$$

    One limit cycle attracts all starts but the origin, for every $\mu > 0$ [@rayleigh1883]. The velocity `v` alone
    obeys van der Pol's equation, so the period is the same: 6.66328686 at `mu=1` [@andersen1982].

    **Arguments**: `mu`, strength of the friction, 1.

    **Good values**: `mu=1` smooth; `mu=8` relaxation; `mu=0` harmonic.
    """

    mu: Any = param(1.0)

    card: ClassVar = Card(
        title="Rayleigh oscillator",
        equation=r"\dot x = v,\ \dot v = \mu (1 - \frac{v^2}{3}) v - x",
        field="physics",
        cite=("rayleigh1883", "andersen1982"),
        variables=("x", "v"),
        state=(2.01144, 0.72825),
        period=6.6633,
        dt=0.06,
        transient=50.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"smooth": {"mu": 1.0}, "relaxation": {"mu": 8.0}, "harmonic": {"mu": 0.0}},
        known={
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2), Source.EXACT, "odd", 1e-13),
            "period": Known(6.6632868593, Source.PAPER, "andersen1982, series at mu = 1, for van der Pol", 1e-6),
            "bifurcation:mu": Known(0.0, Source.EXACT, "Hopf bifurcation of the origin", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, v = x
        return v, self.mu * (1 - v * v / 3) * v - x
