"""The Rosenzweig-MacArthur predator and prey."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["RosenzweigMacArthur"]


class RosenzweigMacArthur(Flow):
    r"""Rosenzweig and MacArthur's predator that gets satiated, and a prey with a limit: the paradox of enrichment.

    $$\dot x = r x (1 - \frac{x}{K}) - \frac{a x y}{1 + a h x}, \quad \dot y = \frac{e a x y}{1 + a h x} - m y$$

    `x` counts the prey, `y` the predators [@rosenzweig1963]. They coexist at $x^* = m/(a (e - m h))$ if $K > x^*$; at
    $K = 2 x^* + 1/(a h)$ this state loses stability in a supercritical Hopf bifurcation, so that enrichment of the
    prey makes the populations oscillate [@rosenzweig1971].

    **Arguments**: `r` 1 growth and `K` 3 capacity of the prey; `a` 1 rate of search, `h` 1 handling time, `e` 1
    conversion and `m` 0.4 death of the predators.

    **Good values**: `K=3` oscillates; `K=2` steady; `K=0.5` the predator dies out.
    """

    r: Any = param(1.0)
    K: Any = param(3.0)
    a: Any = param(1.0)
    h: Any = param(1.0)
    e: Any = param(1.0)
    m: Any = param(0.4)

    card: ClassVar = Card(
        title="Rosenzweig-MacArthur",
        equation=(
            r"\dot x = r x (1 - \frac{x}{K}) - \frac{a x y}{1 + a h x},\ "
            r"\dot y = \frac{e a x y}{1 + a h x} - m y"
        ),
        field="ecology",
        cite=("rosenzweig1963", "rosenzweig1971"),
        variables=("x", "y"),
        state=(1.98539, 1.29156),
        period=17.4,
        dt=0.1,
        transient=150.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"K": 3.0}, "steady": {"K": 2.0}, "extinct predator": {"K": 0.5}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (3.0, 0.0), (2 / 3, 35 / 27)),
                Source.EXACT,
                "empty; prey alone; x = m / (a (e - m h)), y = r (1 - x / K) (1 + a h x) / a",
                1e-13,
            ),
            "bifurcation:K": Known(7 / 3, Source.EXACT, "2 x + 1 / (a h), Hopf of the coexistence", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        eaten = self.a * x * y / (1 + self.a * self.h * x)
        return self.r * x * (1 - x / self.K) - eaten, self.e * eaten - self.m * y
