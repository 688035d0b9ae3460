"""Games that change their environment."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["CommonsFeedback"]


class CommonsFeedback(Flow):
    r"""A game with feedback from the environment: cooperators restore the commons, and plenty invites defectors.

    $$\epsilon \dot x = x (1 - x) [d_0 + (d_1 - d_0) x] (1 - 2 n), \quad \dot n = n (1 - n) [(1 + \theta) x - 1]$$

    `x` is the fraction of cooperators, `n` the state of the environment, between 0 (depleted) and 1 (replete). Payoffs
    favour defection by the same amounts when replete as cooperation when depleted ($d_0 = P - S$ against defectors,
    $d_1 = T - R$ against cooperators, both positive), and all motions are closed curves around $x = 1/(1 + \theta)$,
    $n = 1/2$ [@weitz2016].

    **Arguments**: `theta` 2 ratio of restoring to degrading; `d0` 1 and `d1` 2 the differences of payoffs; `epsilon`
    0.5 time scale of the strategies.

    **Good values**: `epsilon=0.5` fast strategies; `epsilon=2` slow ones.
    """

    theta: Any = param(2.0)
    d0: Any = param(1.0)
    d1: Any = param(2.0)
    epsilon: Any = param(0.5)

    card: ClassVar = Card(
        title="Game with environmental feedback",
        equation=(
            r"\epsilon \dot x = x (1 - x) (d_0 + (d_1 - d_0) x) (1 - 2 n),\ \dot n = n (1 - n) ((1 + \theta) x - 1)"
        ),
        field="economics",
        cite=("weitz2016",),
        variables=("x", "n"),
        state=(0.6, 0.5),
        period=7.0,
        dt=0.07,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial"}),
        presets={"fast": {"epsilon": 0.5}, "slow": {"epsilon": 2.0}},
        known={
            "fixed_points": Known(
                ((1 / 3, 0.5), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)),
                Source.EXACT,
                "the centre x = 1/(1 + theta), n = 1/2, and the corners",
                1e-14,
            ),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "closed curves", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, n = x
        gain = self.d0 + (self.d1 - self.d0) * x
        return x * (1 - x) * gain * (1 - 2 * n) / self.epsilon, n * (1 - n) * ((1 + self.theta) * x - 1)

    def invariants(self, x):
        x, n = x
        # partial fractions of ((1 + theta) x - 1) / (x (1 - x) (d0 + (d1 - d0) x))
        gain = self.d0 + (self.d1 - self.d0) * x
        own = -jnp.log(x) / self.d0 - self.theta / self.d1 * jnp.log(1 - x)
        return {"first integral": jnp.log(n * (1 - n)) - self.epsilon * (own + self._rest() * jnp.log(gain))}

    def _rest(self):
        return 1 / self.d0 + self.theta / self.d1
