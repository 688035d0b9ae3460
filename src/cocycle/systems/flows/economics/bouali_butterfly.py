"""Bouali's butterfly."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["BoualiButterfly"]


class BoualiButterfly(Flow):
    r"""Bouali's butterfly: cycles of the Lotka-Volterra kind, driven to and fro by a third variable that creeps.

    $$\dot x = \alpha x (1 - y) - \beta z, \quad \dot y = -\gamma y (1 - x^2), \quad \dot z = \mu x$$

    With $z = 0$ the plane is that of prey and predators, with closed orbits around $(\pm 1, 1)$; the feedback through
    `z` makes them chaotic, with changes from one side to the other [@bouali2013]. The exponents found are a pair of
    opposite sign: this is no attractor but a chaotic sea with tori, as of a conservative flow (the mean divergence is
    0), and what is seen depends on the start. Bouali reports such overlapping "attractors". From (1, 0.1, 0.02) and
    from (3, 1, 0.05) we find a torus.

    **Arguments**: `alpha` 3, `beta` 2.2, `gamma` 1; `mu`, the speed of the third variable, 0.004.

    **Good values**: `mu=0.004` chaotic.
    """

    alpha: Any = param(3.0)
    beta: Any = param(2.2)
    gamma: Any = param(1.0)
    mu: Any = param(0.004)

    card: ClassVar = Card(
        title="Bouali's butterfly",
        equation=(r"\dot x = \alpha x (1 - y) - \beta z,\ \dot y = -\gamma y (1 - x^2),\ \dot z = \mu x"),
        field="economics",
        cite=("bouali2013",),
        variables=("x", "y", "z"),
        state=(-0.79392257, 1.3617589, -0.030578888),
        period=7.68,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={"chaotic": {"mu": 0.004}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, 2, -3), Source.EXACT, "(x, y, z) -> (-x, y, -z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.alpha * x * (1 - y) - self.beta * z,
            -self.gamma * y * (1 - x * x),
            self.mu * x,
        )
