"""Noise in the expression of a gene."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Source, Status, param

from ._gillespie import Reactions

__all__ = ["GeneExpression"]


class GeneExpression(Reactions):
    r"""A gene is read into messengers and these into proteins, one molecule at a time: bursts of protein.

    $$m \to m + 1: k_m, \quad m \to m - 1: \gamma_m m, \quad p \to p + 1: k_p m, \quad p \to p - 1: \gamma_p p$$

    `m` counts messengers, `p` proteins. In the long run `m` has a Poisson law with mean $k_m / \gamma_m$; `p` has the
    mean $k_m k_p / (\gamma_m \gamma_p)$ and the larger variance mean times $1 + k_p / (\gamma_m + \gamma_p)$
    [@thattai2001]. A step of the map is the exact process over the time `dt` [@gillespie1977].

    **Arguments**: rates `k_m` 1 and `k_p` 5 of production, `gamma_m` 1 and `gamma_p` 0.1 of decay; `dt` length of a
    step, 1.

    **Good values**: `k_p=5` bursts of five; `k_p=0.1` nearly Poissonian.
    """

    k_m: Any = param(1.0)
    k_p: Any = param(5.0)
    gamma_m: Any = param(1.0)
    gamma_p: Any = param(0.1)
    dt: Any = param(1.0)

    card: ClassVar = Card(
        title="Two-stage gene expression",
        equation=(
            r"m \to m + 1 \text{ at the rate } k_m,\ m \to m - 1 \text{ at the rate } \gamma_m m,\ "
            r"p \to p + 1 \text{ at the rate } k_p m,\ p \to p - 1 \text{ at the rate } \gamma_p p"
        ),
        field="biology",
        cite=("thattai2001", "gillespie1977"),
        variables=("m", "p"),
        units=("molecules", "molecules"),
        state=(1.0, 50.0),
        dt=1.0,
        transient=100.0,
        tags=frozenset({"autonomous", "fast-slow"}),
        presets={"bursting": {"k_p": 5.0}, "quiet": {"k_p": 0.1}},
        known={
            "mean": Known((1.0, 50.0), Source.EXACT, "k_m / gamma_m and k_m k_p / (gamma_m gamma_p)", 0.0),
            "variance": Known(
                (1.0, 50.0 * (1 + 5 / 1.1)), Source.EXACT, "of p: the mean times 1 + k_p / (gamma_m + gamma_p)", 0.0
            ),
        },
        status=Status.VERIFIED,
    )
    stoichiometry: ClassVar = ((1, 0), (-1, 0), (0, 1), (0, -1))

    def propensities(self, x):
        m, p = x
        return self.k_m, self.gamma_m * m, self.k_p * m, self.gamma_p * p
