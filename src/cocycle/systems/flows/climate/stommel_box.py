"""Stommel's two boxes of sea water."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["StommelBox"]


def _state(f: float) -> tuple[float, float]:
    return (1 / 6) / (1 / 6 + abs(f)), 1 / (1 + abs(f))


def _equilibria() -> tuple[tuple[float, float], ...]:
    # the flow f solves f / 5 = 2 x(f) - y(f); bisect between the signs
    def excess(f):
        x, y = _state(f)
        return 2 * x - y - f / 5

    found = []
    for low, high in ((-2.0, -0.5), (-0.5, -0.1), (0.1, 1.0)):
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if excess(low) * excess(middle) > 0 else (low, middle)
        found.append(_state(low))
    return tuple(found)


class StommelBox(Flow):
    r"""Stommel's two boxes: the overturning of the ocean has two stable states.

    $$\dot x = \delta (1 - x) - |f| x, \quad \dot y = 1 - y - |f| y, \quad \lambda f = R x - y$$

    `x` is the difference of salinity and `y` that of temperature between two vessels, relative to what the surroundings
    impose; the difference in density drives the flow `f` through the tubes between them. At the defaults there are
    two stable states, with $f \approx -1.07$ (driven by temperature) and $f \approx 0.22$ (by salinity), and between
    them a saddle, $f \approx -0.31$ [@stommel1961, figure 6].

    **Arguments**

    - `R`: how much more salinity changes the density than temperature does, 2.
    - `delta`: how much slower salinity adjusts than temperature, 1/6.
    - `lam`: $\lambda$, resistance of the tubes, 1/5.

    **Good values**: `lam=0.2` two stable states; `lam=1` only the one driven by salinity.
    """

    R: Any = param(2.0)
    delta: Any = param(1 / 6)
    lam: Any = param(0.2)

    card: ClassVar = Card(
        title="Stommel's two boxes",
        equation=r"\dot x = \delta (1 - x) - |f| x,\ \dot y = 1 - y - |f| y,\ f = \frac{R x - y}{\lambda}",
        symbols={r"\lambda": "lam"},
        field="climate",
        cite=("stommel1961",),
        variables=("x", "y"),
        state=(0.6, 0.9),
        period=6.0,
        dt=0.05,
        transient=50.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "piecewise"}),
        presets={"two states": {"lam": 0.2}, "one state": {"lam": 1.0}},
        known={
            "fixed_points": Known(_equilibria(), Source.EXACT, "x = delta/(delta + |f|), y = 1/(1 + |f|)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def flow(self, x):
        """The flow through the tubes, positive from the salty vessel at the bottom."""
        return (self.R * x[0] - x[1]) / self.lam

    def vector_field(self, t, x):
        del t
        f = jnp.abs(self.flow(x))
        x, y = x
        return self.delta * (1 - x) - f * x, 1 - y - f * y
