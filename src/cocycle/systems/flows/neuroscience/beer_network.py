"""Beer's recurrent network."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["BeerNetwork"]


class BeerNetwork(Flow):
    r"""Beer's network of three continuous-time neurons, with a chaotic attractor.

    $$\tau_i \dot y_i = -y_i + \sum_j w_{ij} S(y_j + \theta_j), \quad S(u) = \frac{1}{1 + e^{-u}}$$

    $y_i$ is the state of neuron `i`, $\theta_j$ a bias and $w_{ij}$ the weight from neuron `j` to `i`. Such small
    networks show every simple kind of motion; the default was found by a search for chaos [@beer1995].

    **Arguments**

    - `tau`: time constants, shape `(n,)`.
    - `theta`: biases, shape `(n,)`.
    - `w`: weights, shape `(n, n)`; row `i` holds what neuron `i` receives.
    """

    tau: Any = param((1.0, 2.5, 1.0))
    theta: Any = param((-4.108, -2.787, -1.114))
    w: Any = param(((5.422, -0.018, 2.75), (-0.24, 4.59, 1.21), (0.535, -2.25, 3.885)))

    card: ClassVar = Card(
        title="Beer's recurrent network",
        equation=r"\tau_i \dot y_i = -y_i + \sum_j w_{ij} S(y_j + \theta_j),\ S(u) = \frac{1}{1 + e^{-u}}",
        field="neuroscience",
        cite=("beer1995",),
        variables=("y1", "y2", "y3"),
        state=(2.90545, 2.65127, 1.47679),
        period=34.0,
        dt=0.2,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        return (-x + self.w @ (1 / (1 + jnp.exp(-(x + self.theta))))) / self.tau
