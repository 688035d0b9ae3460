"""Births and deaths."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Source, Status, param

from ._gillespie import Reactions

__all__ = ["BirthDeath"]


class BirthDeath(Reactions):
    r"""Molecules (or individuals) that come at a constant rate and die one by one: the simplest jump process.

    $$x \to x + 1 \text{ at the rate } k, \qquad x \to x - 1 \text{ at the rate } \gamma x$$

    The stationary law is a Poisson law with mean $k/\gamma$; the correlation decays as $e^{-\gamma |s|}$
    [@gardiner2009, section 11.1.4]. A step of the map is the exact process over the time `dt` [@gillespie1977].

    **Arguments**: `k` rate of birth 10; `gamma` rate of death 1; `dt` length of a step, 0.1.

    **Good values**: `k=10` ten on average; `k=1000` nearly Gaussian.
    """

    k: Any = param(10.0)
    gamma: Any = param(1.0)
    dt: Any = param(0.1)

    card: ClassVar = Card(
        title="Birth-death process",
        equation=r"x \to x + 1 \text{ at the rate } k,\ x \to x - 1 \text{ at the rate } \gamma x",
        field="chemistry",
        cite=("gardiner2009", "gillespie1977"),
        variables=("x",),
        units=("molecules",),
        state=(10.0,),
        dt=0.1,
        transient=10.0,
        tags=frozenset({"autonomous"}),
        presets={"few": {"k": 10.0}, "many": {"k": 1000.0}},
        known={
            "mean": Known((10.0,), Source.EXACT, "k / gamma", 0.0),
            "variance": Known((10.0,), Source.EXACT, "k / gamma: a Poisson law", 0.0),
        },
        status=Status.VERIFIED,
    )
    stoichiometry: ClassVar = ((1,), (-1,))

    def propensities(self, x):
        return self.k, self.gamma * x[0]
