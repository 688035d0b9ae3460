"""Bazykin's predator and prey."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Bazykin"]


class Bazykin(Flow):
    r"""Bazykin's predator and prey, both of which also compete among themselves.

    $$\dot x = x - \frac{x y}{1 + \alpha x} - \epsilon x^2, \quad
    \dot y = -\gamma y + \frac{x y}{1 + \alpha x} - \delta y^2$$

    `x` and `y` are scaled numbers of prey and predators. The model is a standard example of codimension-two
    bifurcations of equilibria and cycles in the plane of $\alpha$ and $\delta$ [@bazykin1998; @kuznetsov2004].

    **Arguments**: `alpha` 0.3 satiation and `gamma` 1 death of the predators; `epsilon` 0.01 and `delta` 0.1
    competition among prey and among predators.

    **Good values**: `delta=0.1` oscillates; `delta=0.5` steady.
    """

    alpha: Any = param(0.3)
    gamma: Any = param(1.0)
    epsilon: Any = param(0.01)
    delta: Any = param(0.1)

    card: ClassVar = Card(
        title="Bazykin",
        equation=(
            r"\dot x = x - \frac{x y}{1 + \alpha x} - \epsilon x^2,\ "
            r"\dot y = -\gamma y + \frac{x y}{1 + \alpha x} - \delta y^2"
        ),
        field="ecology",
        cite=("bazykin1998", "kuznetsov2004"),
        variables=("x", "y"),
        state=(41.0098, 19.0069),
        period=17.1,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"delta": 0.1}, "steady": {"delta": 0.5}},
        known={
            "fixed_points": Known(((0.0, 0.0), (100.0, 0.0)), Source.EXACT, "empty; prey alone at 1 / epsilon", 1e-11),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        eaten = x * y / (1 + self.alpha * x)
        return x - eaten - self.epsilon * x * x, eaten - self.gamma * y - self.delta * y * y
