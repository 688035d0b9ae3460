"""Three unlike neurons in a row."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["ChialvoRulkovChain"]


class ChialvoRulkovChain(Map):
    r"""A short heterogeneous chain: a Rulkov neuron between two Chialvo neurons, coupled both ways.

    $$x_1' = x_1^2 e^{y_1 - x_1} + k + \sigma_1 (x_2 - x_1), \quad
    x_2' = \frac{\alpha}{1 + x_2^2} + y_2 + \sigma_1 (x_1 - x_2) + \sigma_2 (x_3 - x_2), \quad
    x_3' = x_3^2 e^{y_3 - x_3} + k + \sigma_2 (x_2 - x_3)$$

    with $y_i' = a y_i - b x_i + c$ at the ends and $y_2' = y_2 - \mu (x_2 - \rho)$ in the middle. Several attractors
    coexist, and period doublings, folds and Neimark-Sacker bifurcations of the fixed point are found [@ghosh2024].

    **Arguments**: `a` 0.89, `b` 0.6, `c` 0.28, `k` 0.04 of Chialvo's neurons; `alpha` 4.1, `mu` 0.001, `rho` -1 of
    Rulkov's; couplings `sigma1` 0.02 and `sigma2` 0.02.

    **Good values**: `sigma1=sigma2=0.02` weak; 0 uncoupled.
    """

    a: Any = param(0.89)
    b: Any = param(0.6)
    c: Any = param(0.28)
    k: Any = param(0.04)
    alpha: Any = param(4.1)
    mu: Any = param(0.001)
    rho: Any = param(-1.0)
    sigma1: Any = param(0.02)
    sigma2: Any = param(0.02)

    card: ClassVar = Card(
        title="Chialvo-Rulkov chain",
        equation=(
            r"x_1' = x_1^2 e^{y_1 - x_1} + k + \sigma_1 (x_2 - x_1),\ "
            r"x_2' = \frac{\alpha}{1 + x_2^2} + y_2 + \sigma_1 (x_1 - x_2) + \sigma_2 (x_3 - x_2),\ "
            r"x_3' = x_3^2 e^{y_3 - x_3} + k + \sigma_2 (x_2 - x_3),\ "
            r"y_1' = a y_1 - b x_1 + c,\ y_2' = y_2 - \mu (x_2 - \rho),\ y_3' = a y_3 - b x_3 + c"
        ),
        symbols={r"\sigma_1": "sigma1", r"\sigma_2": "sigma2"},
        field="neuroscience",
        cite=("ghosh2024",),
        variables=("x1", "x2", "x3", "y1", "y2", "y3"),
        state=(0.2, -1.0, 0.9, 0.9, -2.9, 0.4),
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"chaotic", "dissipative", "network", "fast-slow"}),
        presets={"weak": {"sigma1": 0.02, "sigma2": 0.02}, "uncoupled": {"sigma1": 0.0, "sigma2": 0.0}},
        status=Status.DISPUTED,
        reason=(
            "Written from the paper's abstract and introduction; which neuron sits where, the form of Rulkov's map and "
            "the parameter values could not be read."
        ),
    )

    def step(self, n, x):
        del n
        x, y = jnp.split(x, 2)
        first, middle, last = x
        left, right = self.sigma1 * (middle - first), self.sigma2 * (middle - last)
        ends = x * x * jnp.exp(y - x) + self.k
        slow = self.a * y - self.b * x + self.c
        spike = self.alpha / (1 + middle * middle) + y[1] - left - right
        current = y[1] - self.mu * (middle - self.rho)
        return ends[0] + left, spike, ends[2] + right, slow[0], current, slow[2]
