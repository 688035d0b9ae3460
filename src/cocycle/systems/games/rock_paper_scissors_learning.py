"""Two players who learn rock-paper-scissors."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["RockPaperScissorsLearning"]


class RockPaperScissorsLearning(Flow):
    r"""Two players learn to play rock-paper-scissors against each other, with a zero sum: Hamiltonian chaos.

    $$\dot x_i = x_i \left[(A y)_i - x \cdot A y\right], \quad \dot y_i = y_i \left[(B x)_i - y \cdot B x\right]$$

    `x` and `y` are the two players' probabilities of rock, paper and scissors; the third of each is one minus the other
    two and not part of the state. A win pays 1, a loss -1, and a tie $\epsilon$ to the first and $-\epsilon$ to the
    second player. The sum $\ln(x_1 x_2 x_3 y_1 y_2 y_3)$ is conserved. For $\epsilon = 0$ the game is integrable, else
    many starts are chaotic [@sato2002].

    **Arguments**: `epsilon` payoff of a tie to the first player, 0.5.

    **Good values**: `epsilon=0.5` chaotic; `epsilon=0` quasi-periodic.
    """

    epsilon: Any = param(0.5)

    card: ClassVar = Card(
        title="Learning rock-paper-scissors",
        equation=(
            r"\dot x_1 = x_1 (f_1 - \bar f),\ \dot x_2 = x_2 (f_2 - \bar f),\ "
            r"\dot y_1 = y_1 (g_1 - \bar g),\ \dot y_2 = y_2 (g_2 - \bar g),\ "
            r"f_1 = \epsilon y_1 - y_2 + y_3,\ f_2 = \epsilon y_2 - y_3 + y_1,\ f_3 = \epsilon y_3 - y_1 + y_2,\ "
            r"g_1 = -\epsilon x_1 - x_2 + x_3,\ g_2 = -\epsilon x_2 - x_3 + x_1,\ g_3 = -\epsilon x_3 - x_1 + x_2,\ "
            r"\bar f = x_1 f_1 + x_2 f_2 + x_3 f_3,\ \bar g = y_1 g_1 + y_2 g_2 + y_3 g_3,\ "
            r"x_3 = 1 - x_1 - x_2,\ y_3 = 1 - y_1 - y_2"
        ),
        field="economics",
        cite=("sato2002",),
        variables=("x1", "x2", "y1", "y2"),
        state=(0.5, 0.01, 0.5, 0.25),
        period=15.7,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={"chaotic": {"epsilon": 0.5}, "integrable": {"epsilon": 0.0}},
        known={
            "fixed_points": Known(
                ((1 / 3, 1 / 3, 1 / 3, 1 / 3), (1.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 0.0)),
                Source.EXACT,
                "the Nash equilibrium, and pure strategies",
                1e-14,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = self._strategies(x)
        f = self.epsilon * y - jnp.roll(y, -1) + jnp.roll(y, 1)
        g = -self.epsilon * x - jnp.roll(x, -1) + jnp.roll(x, 1)
        dx, dy = x * (f - jnp.dot(x, f)), y * (g - jnp.dot(y, g))
        return jnp.concatenate([dx[:2], dy[:2]])

    def _strategies(self, state):
        x, y = state[:2], state[2:]
        return jnp.concatenate([x, 1 - jnp.sum(x, keepdims=True)]), jnp.concatenate([y, 1 - jnp.sum(y, keepdims=True)])

    def invariants(self, x):
        x, y = self._strategies(x)
        return {"log product": jnp.sum(jnp.log(x)) + jnp.sum(jnp.log(y))}
