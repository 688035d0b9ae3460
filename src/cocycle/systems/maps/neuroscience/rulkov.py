"""Rulkov's map of a bursting neuron."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Rulkov"]


class Rulkov(Map):
    r"""Rulkov's two-variable map of a bursting neuron: a chaotic fast map switched on and off by a slow one.

    $$x_{n+1} = \frac{\alpha}{1 + x_n^2} + y_n, \quad y_{n+1} = y_n - \sigma x_n - \beta$$

    `x` is the membrane potential, `y` a slow current, $\sigma = \beta \ll 1$ [@rulkov2001].

    **Arguments**: `alpha` 4.3; `sigma` 0.001; `beta` 0.001.

    **Good values**: `alpha=4.3` chaotic bursts; `alpha=3` a regular slow oscillation; `alpha=1.9` rest.
    """

    alpha: Any = param(4.3)
    sigma: Any = param(0.001)
    beta: Any = param(0.001)

    card: ClassVar = Card(
        title="Rulkov map",
        equation=r"x_{n+1} = \frac{\alpha}{1 + x_n^2} + y_n,\ y_{n+1} = y_n - \sigma x_n - \beta",
        field="neuroscience",
        cite=("rulkov2001",),
        variables=("x", "y"),
        state=(-1.837, -2.8155),
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"chaotic", "dissipative", "neuroscience", "fast-slow"}),
        presets={"bursting": {"alpha": 4.3}, "oscillating": {"alpha": 3.0}, "quiet": {"alpha": 1.9}},
        known={
            "fixed_points": Known(((-1.0, -3.15),), Source.EXACT, "x = -beta/sigma, y = x - alpha / (1 + x^2)", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return self.alpha / (1 + x * x) + y, y - self.sigma * x - self.beta
