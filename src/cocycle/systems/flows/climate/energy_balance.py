"""A climate of one temperature."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["EnergyBalance"]


def _equilibria() -> tuple[tuple[float], ...]:
    def gain(T):
        return 342 * (0.5 + 0.2 * math.tanh((T - 265) / 10)) - 0.62 * 5.67e-8 * T**4

    found = []
    for low, high in ((220.0, 250.0), (255.0, 270.0), (275.0, 300.0)):
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if gain(low) * gain(middle) > 0 else (low, middle)
        found.append((low,))
    return tuple(found)


class EnergyBalance(Flow):
    r"""The energy balance of the Earth with a feedback of ice: a warm climate, and a planet of snow.

    $$C \dot T = Q (1 - \alpha(T)) - \epsilon \sigma T^4,
    \quad \alpha(T) = \tfrac12 - \tfrac15 \tanh\frac{T - 265}{10}$$

    `T` is the mean temperature in kelvin, $\sigma$ the Stefan-Boltzmann constant. Ice makes the cold planet brighter:
    the albedo $\alpha$ falls from 0.7 to 0.3 where it melts. At the defaults there are two stable climates, 287 K and
    233 K, and an unstable one at 265 K [@kaper2013, chapter 2]; with less sun the warm one ends in a fold. The idea
    is that of Budyko and Sellers, whose models resolve the latitude [@budyko1969; @sellers1969].

    **Arguments**

    - `Q`: mean sunshine, 342 W/m^2. `epsilon`: emissivity, 0.62.
    - `C`: heat capacity, 9.3 W yr/(m^2 K), that of 70 m of water. It only sets the speed; time in years.

    **Good values**: `Q=342` two climates; `Q=300` snow only; `Q=460` warm only. The default state is 5 K above the
    threshold.
    """

    Q: Any = param(342.0)
    epsilon: Any = param(0.62)
    C: Any = param(9.3)

    card: ClassVar = Card(
        title="Energy balance",
        equation=(
            r"C \dot T = Q (1 - \alpha(T)) - \epsilon \sigma T^4,\ "
            r"\alpha(T) = \frac{1}{2} - \frac{1}{5} \tanh(\frac{T - 265}{10})"
        ),
        field="climate",
        cite=("budyko1969", "sellers1969", "kaper2013"),
        variables=("T",),
        units=("K",),
        state=(270.0,),
        period=30.0,
        dt=0.3,
        transient=200.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous"}),
        presets={"two climates": {"Q": 342.0}, "snow": {"Q": 300.0}, "warm": {"Q": 460.0}},
        known={"fixed_points": Known(_equilibria(), Source.EXACT, "the roots of the balance", 1e-11)},
        status=Status.VERIFIED,
    )

    @property
    def sigma(self) -> float:
        """The Stefan-Boltzmann constant, 5.67e-8 W/(m^2 K^4)."""
        return 5.67e-8

    def vector_field(self, t, x):
        del t
        (T,) = x
        albedo = 0.5 - 0.2 * jnp.tanh((T - 265) / 10)
        return ((self.Q * (1 - albedo) - self.epsilon * self.sigma * T**4) / self.C,)
