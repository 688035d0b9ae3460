"""The Hopfield network of Lewis and Glass."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HopfieldNetwork"]


_W = (
    (0, -1, 0, 0, -1, -1),
    (0, 0, 0, -1, -1, -1),
    (-1, -1, 0, 0, -1, 0),
    (-1, -1, -1, 0, 0, 0),
    (-1, -1, 0, -1, 0, 0),
    (0, -1, -1, -1, 0, 0),
)


class HopfieldNetwork(Flow):
    r"""A continuous network of Hopfield's kind with inhibition only: six neurons in chaos.

    $$\dot x_i = -x_i + \sum_j w_{ij} g(x_j) - \tau, \quad g(u) = \frac12 (1 + \tanh \epsilon u)$$

    $x_i$ is the input of neuron `i`, which is active where it is positive. For steep `g` the motion is close to that
    of a switching network; with three inhibitory inputs to each of six neurons it can be chaotic [@hopfield1984;
    @lewis1992].

    **Arguments**

    - `w`: weights, shape `(n, n)`; row `i` holds what neuron `i` receives. `tau` -1.5: the threshold; `epsilon` 25:
      the gain.
    """

    w: Any = param(_W)
    tau: Any = param(-1.5)
    epsilon: Any = param(25.0)

    card: ClassVar = Card(
        title="Hopfield network (Lewis-Glass)",
        equation=r"\dot x_i = -x_i + \sum_j w_{ij} g(x_j) - \tau,\ g(u) = \frac12 (1 + \tanh \epsilon u)",
        field="neuroscience",
        cite=("hopfield1984", "lewis1992"),
        variables=("x1", "x2", "x3", "x4", "x5", "x6"),
        state=(-0.289259, 0.502789, -0.00652743, -0.090777, 0.0225603, 0.31827),
        period=3.2,
        dt=0.02,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        known={
            "divergence": Known(-6.0, Source.EXACT, "six decay rates, no neuron inhibits itself", 1e-11),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        return -x + self.w @ ((1 + jnp.tanh(self.epsilon * x)) / 2) - self.tau
