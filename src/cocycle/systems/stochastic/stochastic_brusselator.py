"""Gillespie's Brusselator."""

from typing import Any, ClassVar

from cocycle.core import Card, Status, param

from ._gillespie import Reactions

__all__ = ["StochasticBrusselator"]


class StochasticBrusselator(Reactions):
    r"""The Brusselator, molecule by molecule: a chemical clock with noise from within.

    $$x \to x + 1: c_1, \quad (x, y) \to (x - 1, y + 1): c_2 x, \quad
    (x, y) \to (x + 1, y - 1): c_3 x (x - 1) y / 2, \quad x \to x - 1: c_4 x$$

    The rate equations rest at $x = c_1/c_4$, $y = 2 c_2 c_4/(c_1 c_3)$ and oscillate for
    $c_2 > c_4 + c_1^2 c_3 / (2 c_4^2)$. The default is the example of [@gillespie1977]: about 1000 and 2000 molecules
    at rest, and a noisy limit cycle around. A step of the map is the exact process over the time `dt`.

    **Arguments**: `c1` 5000, `c2` 50, `c3` 5e-5, `c4` 5, the rates; `dt` length of a step, 0.01.

    **Good values**: `c2=50` a noisy cycle; `c2=20` fluctuations about rest.
    """

    c1: Any = param(5000.0)
    c2: Any = param(50.0)
    c3: Any = param(5e-5)
    c4: Any = param(5.0)
    dt: Any = param(0.01)

    card: ClassVar = Card(
        title="Stochastic Brusselator",
        equation=(
            r"x \to x + 1 \text{ at the rate } c_1,\ (x, y) \to (x - 1, y + 1) \text{ at the rate } c_2 x,\ "
            r"(x, y) \to (x + 1, y - 1) \text{ at the rate } c_3 x (x - 1) y / 2,\ "
            r"x \to x - 1 \text{ at the rate } c_4 x"
        ),
        field="chemistry",
        cite=("gillespie1977",),
        variables=("x", "y"),
        units=("molecules", "molecules"),
        state=(1000.0, 2000.0),
        dt=0.01,
        transient=5.0,
        tags=frozenset({"autonomous", "polynomial"}),
        presets={"cycle": {"c2": 50.0}, "rest": {"c2": 20.0}},
        status=Status.VERIFIED,
    )
    stoichiometry: ClassVar = ((1, 0), (-1, 1), (1, -1), (-1, 0))

    def propensities(self, x):
        x, y = x
        return self.c1, self.c2 * x, self.c3 * x * (x - 1) * y / 2, self.c4 * x
