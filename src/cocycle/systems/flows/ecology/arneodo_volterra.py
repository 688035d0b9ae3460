"""The Arneodo-Coullet-Tresser Volterra system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ArneodoVolterra"]


class ArneodoVolterra(Flow):
    r"""Arneodo, Coullet and Tresser's three species of Volterra type, with a strange attractor.

    $$\dot x = x [\frac12 (1 - x) + \frac12 (1 - y) + \frac{1}{10} (1 - z)], \quad
    \dot y = y [-\frac12 (1 - x) - \frac{1}{10} (1 - y) + \frac{1}{10} (1 - z)], \quad
    \dot z = z [\alpha (1 - x) + \frac{1}{10} (1 - y) + \frac{1}{10} (1 - z)]$$

    `x`, `y`, `z` are scaled numbers; the state of coexistence is (1, 1, 1) for every $\alpha$. It loses stability at
    $\alpha = 21/22$; with growing $\alpha$ the limit cycle around it doubles its period into spiral chaos
    [@arneodo1980].

    **Arguments**: `alpha` 1.5: the effect of the first species on the third.

    **Good values**: `alpha=1.5` chaotic; `alpha=1.35` periodic; `alpha=0.9` steady.
    """

    alpha: Any = param(1.5)

    card: ClassVar = Card(
        title="Volterra system (Arneodo-Coullet-Tresser)",
        equation=(
            r"\dot x = x [\frac12 (1 - x) + \frac12 (1 - y) + \frac{1}{10} (1 - z)],\ "
            r"\dot y = y [-\frac12 (1 - x) - \frac{1}{10} (1 - y) + \frac{1}{10} (1 - z)],\ "
            r"\dot z = z [\alpha (1 - x) + \frac{1}{10} (1 - y) + \frac{1}{10} (1 - z)]"
        ),
        field="ecology",
        cite=("arneodo1980",),
        variables=("x", "y", "z"),
        state=(0.771934, 1.90614, 0.0110071),
        period=19.7,
        dt=0.2,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"alpha": 1.5}, "periodic": {"alpha": 1.35}, "steady": {"alpha": 0.9}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), Source.EXACT, "empty; coexistence", 1e-15),
            "bifurcation:alpha": Known(21 / 22, Source.EXACT, "Hopf of the coexistence, by Routh and Hurwitz", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            x * (0.5 * (1 - x) + 0.5 * (1 - y) + 0.1 * (1 - z)),
            y * (-0.5 * (1 - x) - 0.1 * (1 - y) + 0.1 * (1 - z)),
            z * (self.alpha * (1 - x) + 0.1 * (1 - y) + 0.1 * (1 - z)),
        )
