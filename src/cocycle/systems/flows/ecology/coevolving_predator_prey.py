"""Predator and evolving prey."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["CoevolvingPredatorPrey"]


class CoevolvingPredatorPrey(Flow):
    r"""Gilpin and Feldman's predator and prey with a trait that evolves as fast as the populations change.

    $$\dot x = x (\frac{a_1 c}{1 + b_1 c} - d_1 - \frac{a_3 y}{1 + b_2 x}), \quad
    \dot y = y (\frac{a_2 x}{1 + b_2 x} - d_2), \quad
    \dot c = v (d_1 (2 k_2 c - 4 k_4 c^3) - \frac{a_1 k_1 c x}{1 + b_1 c})$$

    `x` counts the prey, `y` the predators, `c` is the mean trait of the prey, which climbs a fitness landscape that
    changes with their number; at times selection is stabilising, at times disruptive [@gilpin2017].

    **Arguments**: `a1` 2.5, `b1` 6, `d1` 0.16: growth and death of the prey; `a3` 0.4, `a2` 0.05, `b2` 1.333, `d2`
    0.004: predation and predators; `k1` 6, `k2` 9, `k4` 9: the landscape; `v` 1/3: the speed of evolution.
    """

    a1: Any = param(2.5)
    a2: Any = param(0.05)
    a3: Any = param(0.4)
    b1: Any = param(6.0)
    b2: Any = param(1.333)
    d1: Any = param(0.16)
    d2: Any = param(0.004)
    k1: Any = param(6.0)
    k2: Any = param(9.0)
    k4: Any = param(9.0)
    v: Any = param(1 / 3)

    card: ClassVar = Card(
        title="Coevolving predator and prey (Gilpin-Feldman)",
        equation=(
            r"\dot x = x (\frac{a_1 c}{1 + b_1 c} - d_1 - \frac{a_3 y}{1 + b_2 x}),\ "
            r"\dot y = y (\frac{a_2 x}{1 + b_2 x} - d_2),\ "
            r"\dot c = v (d_1 (2 k_2 c - 4 k_4 c^3) - \frac{a_1 k_1 c x}{1 + b_1 c})"
        ),
        field="ecology",
        cite=("gilpin2017",),
        variables=("x", "y", "c"),
        state=(9.76554e-05, 0.525485, 0.707072),
        period=120.0,
        dt=0.5,
        transient=2000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, c = x
        growth = self.a1 * c / (1 + self.b1 * c)
        landscape = self.d1 * (2 * self.k2 * c - 4 * self.k4 * c * c * c)
        return (
            x * (growth - self.d1 - self.a3 * y / (1 + self.b2 * x)),
            y * (self.a2 * x / (1 + self.b2 * x) - self.d2),
            self.v * (landscape - self.k1 * growth * x),
        )
