"""Tuwankotta's model of regimes in the atmosphere."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["AtmosphericRegime"]


class AtmosphericRegime(Flow):
    r"""Tuwankotta's two oscillators with widely spaced frequencies: a normal form for ultra-low-frequency variability.

    $$\dot x = \mu_1 x + \sigma x y, \quad \dot y = \mu_2 y + \omega z + \alpha y z + \beta z^2 - \sigma x^2,
    \quad \dot z = \mu_2 z - \omega y - \alpha y^2 - \beta y z$$

    `x` is the amplitude of the fast oscillation, `y` and `z` the slow one. The quadratic terms conserve the energy
    $x^2 + y^2 + z^2$; growth $\mu_1 > 0$ of the one and damping $\mu_2 < 0$ of the other keep the motion going
    [@tuwankotta2006].

    **Arguments**: `mu1` 0.05, `mu2` -0.01; `omega` 3, the slow frequency; `alpha` -2, `beta` -5, `sigma` 1.1, the
    nonlinear terms.
    """

    alpha: Any = param(-2.0)
    beta: Any = param(-5.0)
    mu1: Any = param(0.05)
    mu2: Any = param(-0.01)
    omega: Any = param(3.0)
    sigma: Any = param(1.1)

    card: ClassVar = Card(
        title="Tuwankotta's atmospheric regimes",
        equation=r"\dot x = \mu_1 x + \sigma x y,\ \dot y = \mu_2 y + \omega z + \alpha y z + \beta z^2 - \sigma x^2,\ "
        r"\dot z = \mu_2 z - \omega y - \alpha y^2 - \beta y z",
        field="climate",
        cite=("tuwankotta2006",),
        variables=("x", "y", "z"),
        state=(0.1076, 0.12457, 0.4258),
        period=90.0,
        dt=0.9,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"mu1": 0.05}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-11),
            "symmetry": Known((-1, 2, 3), Source.EXACT, "(x, y, z) -> (-x, y, z)", 1e-12),
        },
        status=Status.DISPUTED,
        reason="The parameters come from a collection; the paper was not at hand.",
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        turn = self.omega + self.alpha * y + self.beta * z
        return self.mu1 * x + self.sigma * x * y, self.mu2 * y + turn * z - self.sigma * x * x, self.mu2 * z - turn * y
