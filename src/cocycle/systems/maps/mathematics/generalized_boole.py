"""Boole's transformation and its relatives."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["GeneralizedBoole"]


class GeneralizedBoole(Map):
    r"""Boole's transformation of the whole line, scaled: it keeps a Cauchy distribution.

    $$x_{n+1} = \alpha \left(x_n - \frac{1}{x_n}\right)$$

    For $0 < \alpha < 1$ the invariant density is Cauchy's, of width $\sqrt{\alpha / (1 - \alpha)}$, and the exponent $2
    \ln(\sqrt\alpha + \sqrt{1 - \alpha})$ [@umeno2016]; at $\alpha = 1/2$ the map is $\cot\theta \mapsto \cot 2\theta$.
    At $\alpha = 1$, Boole's own, the measure is infinite and the exponent 0. Excursions are as large as Cauchy's tails.

    **Arguments**: `alpha`, the scale, 0.5.

    **Good values**: `alpha=0.5`, `alpha=0.9` chaotic.
    """

    alpha: Any = param(0.5)

    card: ClassVar = Card(
        title="Generalized Boole transformation",
        equation=r"x_{n+1} = \alpha (x_n - \frac{1}{x_n})",
        field="mathematics",
        cite=("umeno2016",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={"chaotic": {"alpha": 0.5}, "slow mixing": {"alpha": 0.9}},
        known={
            "symmetry": Known((-1,), Source.EXACT, "x -> -x", 1e-14),
            "lyapunov": Known((math.log(2),), Source.EXACT, "2 ln(sqrt(alpha) + sqrt(1 - alpha))", 2e-2),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.alpha * (x - 1 / x)
