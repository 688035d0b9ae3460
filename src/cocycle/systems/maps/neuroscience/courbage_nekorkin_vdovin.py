"""The neuron of Courbage, Nekorkin and Vdovin."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["CourbageNekorkinVdovin"]


class CourbageNekorkinVdovin(Map):
    r"""A neuron from FitzHugh and Nagumo's, cut linear, and a Lorenz map: chaotic bursts of chaotic spikes.

    $$x_{n+1} = x_n + F(x_n) - y_n - \beta \operatorname{H}(x_n - d), \quad y_{n+1} = y_n + \epsilon (x_n - J)$$

    $F$ is $-m_0 x$ up to $J_1 = a m_1 / (m_0 + m_1)$, $m_1 (x - a)$ up to $J_2 = (m_0 + a m_1) / (m_0 + m_1)$, and
    $-m_0 (x - 1)$ beyond. `x` is the potential, `y` the slow recovery, `J` the stimulus; for $J_1 < d < J_2$ the jump
    makes the fast map one of Lorenz's kind [@courbage2007].

    **Arguments**: the slopes `m0` 0.0864 and `m1` 0.65; the threshold `a` 0.2; `beta` 0.085 and `d` 0.235, size and
    place of the jump; `epsilon` 0.02, the slowness of the recovery; `J` 0.2.

    **Good values**: `J=0.2` chaotic; `J=0.15` rest; `CourbageNekorkinVdovin.preset("bursting")` slow chaotic bursts.
    """

    m0: Any = param(0.0864)
    m1: Any = param(0.65)
    a: Any = param(0.2)
    beta: Any = param(0.085)
    d: Any = param(0.235)
    epsilon: Any = param(0.02)
    J: Any = param(0.2)

    card: ClassVar = Card(
        title="Courbage-Nekorkin-Vdovin neuron",
        equation=(
            r"x_{n+1} = x_n + F(x_n) - y_n - \beta \operatorname{H}(x_n - d),\ y_{n+1} = y_n + \epsilon (x_n - J),\ "
            r"F(x) = \begin{cases} -m_0 x & x \le J_1 \\ m_1 (x - a) & x < J_2 \\ -m_0 (x - 1) & \text{otherwise}"
            r" \end{cases},\ J_1 = \frac{a m_1}{m_0 + m_1},\ J_2 = \frac{m_0 + a m_1}{m_0 + m_1}"
        ),
        field="neuroscience",
        cite=("courbage2007",),
        variables=("x", "y"),
        state=(0.20997, -0.016735),
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"chaotic", "dissipative", "piecewise", "fast-slow"}),
        presets={
            "chaotic": {"J": 0.2},
            "bursting": {"m0": 0.864, "beta": 0.4, "d": 0.4, "epsilon": 0.002, "J": 0.13},
            "rest": {"J": 0.15},
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        first = self.a * self.m1 / (self.m0 + self.m1)
        second = (self.m0 + self.a * self.m1) / (self.m0 + self.m1)
        F = jnp.where(x <= first, -self.m0 * x, jnp.where(x < second, self.m1 * (x - self.a), -self.m0 * (x - 1)))
        return x + F - y - self.beta * jnp.where(x >= self.d, 1.0, 0.0), y + self.epsilon * (x - self.J)
