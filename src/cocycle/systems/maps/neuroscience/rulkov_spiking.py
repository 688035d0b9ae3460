"""Rulkov's map of spiking and bursting neurons."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["RulkovSpiking"]


class RulkovSpiking(Map):
    r"""Rulkov's second map of a neuron, with sharp spikes of fixed height: rest, regular spikes, bursts.

    $$x_{n+1} = f(x_n, y_n), \quad y_{n+1} = y_n - \mu (x_n + 1) + \mu \sigma, \quad
    f(x, y) = \begin{cases} \alpha / (1 - x) + y & x \le 0 \\ \alpha + y & 0 < x < \alpha + y \\ -1 & x \ge \alpha + y
    \end{cases}$$

    `x` is the membrane potential, `y` a slow current. Every spike ends at -1, whatever came
    before, so that one direction is contracted to nothing. The neuron rests while $\sigma < 2 - \sqrt{\alpha/(1-\mu)}$;
    above, it fires, in bursts for large $\alpha$ and small $\sigma$ [@rulkov2002].

    **Arguments**: `alpha` 6; `sigma` 0.14, the rest level; `mu` 0.001.

    **Good values**: `alpha=6, sigma=0.14` bursts; `alpha=6, sigma=0.386` a cycle of 14; `alpha=4.5, sigma=0.14`
    chaotic; `alpha=4, sigma=-0.1` rest.
    """

    alpha: Any = param(6.0)
    sigma: Any = param(0.14)
    mu: Any = param(0.001)

    card: ClassVar = Card(
        title="Rulkov map (spiking-bursting)",
        equation=(
            r"x_{n+1} = f(x_n, y_n),\ y_{n+1} = y_n - \mu (x_n + 1) + \mu \sigma,\ "
            r"f(x, y) = \begin{cases} \frac{\alpha}{1 - x} + y & x \le 0 \\ \alpha + y & x < \alpha + y \\ -1 &"
            r" \text{otherwise} \end{cases}"
        ),
        field="neuroscience",
        cite=("rulkov2002",),
        variables=("x", "y"),
        state=(1.4275, -3.9839),
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"periodic", "piecewise", "fast-slow", "dissipative"}),
        presets={
            "bursts": {"alpha": 6.0, "sigma": 0.14},
            "slow bursts": {"alpha": 6.0, "sigma": -0.1},
            "chaotic": {"alpha": 4.5, "sigma": 0.14},
            "period 14": {"alpha": 6.0, "sigma": 0.386},
            "rest": {"alpha": 4.0, "sigma": -0.1},
        },
        known={
            "fixed_points": Known(
                ((-0.86, -0.86 - 6 / 1.86),), Source.EXACT, "x = sigma - 1, y = x - alpha / (1 - x)", 1e-12
            ),
            "bifurcation:sigma": Known(
                2 - (6 / 0.999) ** 0.5, Source.EXACT, "rest loses stability: alpha / (2 - sigma)^2 = 1 - mu", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        top = self.alpha + y
        slow = self.alpha / (1 - jnp.minimum(x, 0.0)) + y
        f = jnp.where(x <= 0, slow, jnp.where(x < top, top, -1.0))
        return f, y - self.mu * (x + 1) + self.mu * self.sigma
