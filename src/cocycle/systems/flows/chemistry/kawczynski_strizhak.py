"""The Kawczynski-Strizhak oscillator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["KawczynskiStrizhak"]


class KawczynskiStrizhak(Flow):
    r"""Kawczynski and Strizhak's three-variable oscillator: mixed modes as in the Belousov-Zhabotinsky reaction.

    $$\dot x = \gamma (y - x^3 + 3 \mu x), \quad \dot y = -2 \mu x - y - z + \beta, \quad \dot z = \kappa (x - z)$$

    `x` is the fast autocatalytic variable, `y` and `z` follow it; small and large oscillations alternate
    [@strizhak1995]. At these constants the pattern of small and large ones repeats, with period 73.

    **Arguments**: `mu` 2.1, `gamma` 0.49, `kappa` 0.2, `beta` -0.4.
    """

    mu: Any = param(2.1)
    gamma: Any = param(0.49)
    kappa: Any = param(0.2)
    beta: Any = param(-0.4)

    card: ClassVar = Card(
        title="Kawczynski-Strizhak",
        equation=(r"\dot x = \gamma (y - x^3 + 3 \mu x),\ \dot y = -2 \mu x - y - z + \beta,\ \dot z = \kappa (x - z)"),
        field="chemistry",
        cite=("strizhak1995",),
        variables=("x", "y", "z"),
        state=(-1.19695, 5.61328, -1.17681),
        period=73.3,
        dt=0.2,
        transient=200.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.gamma * (y - x * x * x + 3 * self.mu * x),
            -2 * self.mu * x - y - z + self.beta,
            self.kappa * (x - z),
        )
