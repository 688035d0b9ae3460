"""Schloegl's bistable reaction, molecule by molecule."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Source, Status, param

from ._gillespie import Reactions

__all__ = ["Schlogl"]


def _moments(k1: float, k2: float, k3: float, k4: float) -> tuple[float, float]:
    # one variable, jumps by one: detailed balance gives the stationary law as a product of birth / death rates
    logs, log = [0.0], 0.0
    for x in range(1000):
        birth = k1 * x * (x - 1) / 2 + k3
        death = k2 * (x + 1) * x * (x - 1) / 6 + k4 * (x + 1)
        log += math.log(birth / death)
        logs.append(log)
    top = max(logs)
    weight = [math.exp(v - top) for v in logs]
    total = sum(weight)
    mean = sum(x * w for x, w in enumerate(weight)) / total
    return mean, sum((x - mean) ** 2 * w for x, w in enumerate(weight)) / total


_MEAN, _VARIANCE = _moments(0.12, 1.6e-3, 50.0, 3.5)


class Schlogl(Reactions):
    r"""Schloegl's autocatalytic reaction, molecule by molecule: two states, and jumps between them.

    $$A + 2 X \rightleftharpoons 3 X, \quad B \rightleftharpoons X$$

    with the rates $k_1 x (x - 1) / 2$ and $k_2 x (x - 1)(x - 2) / 6$ of the first reaction and its reverse, $k_3$ and
    $k_4 x$ of the second; the constant amounts of `A` and `B` are part of $k_1$ and $k_3$ [@schlogl1972]. By default
    there are two likely states, near 20 and 140 molecules. The stationary law is a product of ratios of rates, so its
    moments are exact sums. A step of the map is the exact process over the time `dt` [@gillespie1977].

    **Arguments**: `k1` 0.12, `k2` 1.6e-3, `k3` 50, `k4` 3.5, the rates; `dt` length of a step, 0.2.

    **Good values**: the presets `bistable`; `large`, four times as many molecules and hardly ever a jump; `monostable`.
    """

    k1: Any = param(0.12)
    k2: Any = param(1.6e-3)
    k3: Any = param(50.0)
    k4: Any = param(3.5)
    dt: Any = param(0.2)

    card: ClassVar = Card(
        title="Schloegl's reaction",
        equation=(
            r"x \to x + 1 \text{ at the rate } \tfrac12 k_1 x (x - 1),\ "
            r"x \to x - 1 \text{ at the rate } \tfrac16 k_2 x (x - 1) (x - 2),\ "
            r"x \to x + 1 \text{ at the rate } k_3,\ x \to x - 1 \text{ at the rate } k_4 x"
        ),
        field="chemistry",
        cite=("schlogl1972", "gillespie1977"),
        variables=("x",),
        units=("molecules",),
        state=(20.0,),
        dt=0.2,
        transient=100.0,
        tags=frozenset({"autonomous", "polynomial"}),
        presets={
            "bistable": {"k4": 3.5},
            "large": {"k1": 0.03, "k2": 1e-4, "k3": 200.0},
            "monostable": {"k4": 6.0},
        },
        known={
            "mean": Known((_MEAN,), Source.EXACT, "the sum over the stationary law", 0.0),
            "variance": Known((_VARIANCE,), Source.EXACT, "the sum over the stationary law", 0.0),
        },
        status=Status.VERIFIED,
    )
    stoichiometry: ClassVar = ((1,), (-1,), (1,), (-1,))

    def propensities(self, x):
        x = x[0]
        pairs = x * (x - 1) / 2
        return self.k1 * pairs, self.k2 * pairs * (x - 2) / 3, self.k3, self.k4 * x
