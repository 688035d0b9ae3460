"""Two players who learn, and forget."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["CoupledReplicator"]


class CoupledReplicator(Flow):
    r"""Two players learn rock-paper-scissors and forget: reinforcement learning (Q-learning) in continuous time.

    $$\dot x_i = x_i \left[(A y)_i - x \cdot A y - \alpha_x \Big(\ln x_i - \sum_j x_j \ln x_j\Big)\right]$$

    and the same for `y` with `B` and $\alpha_y$. `x` and `y` are the players' probabilities of rock, paper and
    scissors; the third of each is one minus the other two and not part of the state. A win pays 1, a loss -1, a tie
    $\epsilon_x$ and $\epsilon_y$. Loss of memory, $\alpha$, pulls each player towards the even mixture, and the state
    space contracts at the rate $2 (\alpha_x + \alpha_y)$ in the coordinates $\ln(x_1/x_3), \ln(x_2/x_3)$. One finds
    fixed points, limit cycles and chaos [@sato2003; @tuyls2003].

    **Arguments**: `epsilon_x` 0.5 and `epsilon_y` -0.3 payoffs of a tie; `alpha_x` 0.01 and `alpha_y` 0.01 rates of
    forgetting.

    **Good values**: the presets `chaotic`, `cycle`, `mixed` (strong forgetting).
    """

    epsilon_x: Any = param(0.5)
    epsilon_y: Any = param(-0.3)
    alpha_x: Any = param(0.01)
    alpha_y: Any = param(0.01)

    card: ClassVar = Card(
        title="Coupled replicator equations",
        equation=(
            r"\dot x_1 = x_1 (f_1 - \bar f),\ \dot x_2 = x_2 (f_2 - \bar f),\ "
            r"\dot y_1 = y_1 (g_1 - \bar g),\ \dot y_2 = y_2 (g_2 - \bar g),\ "
            r"f_1 = \epsilon_x y_1 - y_2 + y_3 - \alpha_x \ln x_1,\ "
            r"f_2 = \epsilon_x y_2 - y_3 + y_1 - \alpha_x \ln x_2,\ "
            r"f_3 = \epsilon_x y_3 - y_1 + y_2 - \alpha_x \ln x_3,\ "
            r"g_1 = \epsilon_y x_1 - x_2 + x_3 - \alpha_y \ln y_1,\ "
            r"g_2 = \epsilon_y x_2 - x_3 + x_1 - \alpha_y \ln y_2,\ "
            r"g_3 = \epsilon_y x_3 - x_1 + x_2 - \alpha_y \ln y_3,\ "
            r"\bar f = x_1 f_1 + x_2 f_2 + x_3 f_3,\ \bar g = y_1 g_1 + y_2 g_2 + y_3 g_3,\ "
            r"x_3 = 1 - x_1 - x_2,\ y_3 = 1 - y_1 - y_2"
        ),
        field="economics",
        cite=("sato2003", "tuyls2003"),
        variables=("x1", "x2", "y1", "y2"),
        state=(0.0326, 0.0301, 0.0228, 0.0349),
        period=21.0,
        dt=0.1,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={
            "chaotic": {"epsilon_y": -0.3},
            "cycle": {"epsilon_y": -0.4},
            "mixed": {"alpha_x": 0.5, "alpha_y": 0.5},
        },
        known={
            "fixed_points": Known(((1 / 3, 1 / 3, 1 / 3, 1 / 3),), Source.EXACT, "the even mixture", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = (jnp.concatenate([v, 1 - jnp.sum(v, keepdims=True)]) for v in (x[:2], x[2:]))
        f = self.epsilon_x * y - jnp.roll(y, -1) + jnp.roll(y, 1) - self.alpha_x * jnp.log(x)
        g = self.epsilon_y * x - jnp.roll(x, -1) + jnp.roll(x, 1) - self.alpha_y * jnp.log(y)
        dx, dy = x * (f - jnp.dot(x, f)), y * (g - jnp.dot(y, g))
        return jnp.concatenate([dx[:2], dy[:2]])
