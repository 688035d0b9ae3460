"""The Stuart-Landau oscillator under delayed feedback."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["DelayedStuartLandau"]

_R = (0.005) ** 0.5


class DelayedStuartLandau(DelayFlow):
    r"""A cycle that repels, born from a subcritical Hopf bifurcation, held by feedback of the difference to the past.

    $$\dot z = (\lambda + i + (1 + i \gamma) |z|^2) z + b_0 e^{i\beta} (z_\tau - z), \quad z_\tau = z(t - \tau), \quad
    z = x + i y$$

    For $\lambda < 0$ there is a cycle $|z|^2 = -\lambda$ of period $2 \pi / (1 - \gamma\lambda)$. With the delay equal
    to that period the feedback vanishes on it, and stabilises it although it has an odd number of unstable
    multipliers: a counterexample to the rule that this cannot be [@fiedler2007].

    **Arguments**: `lam` $\lambda$ -0.005; `gamma` -10; feedback of strength `b0` 0.04 and phase `beta` $\pi/4$; `tau`,
    the delay, by default the period of the cycle.

    **Good values**: `b0=0.04` periodic; `b0=0.2` the cycle attracts faster. Too weak a feedback, as `b0=0.01`, lets go.
    """

    lam: Any = param(-0.005)
    gamma: Any = param(-10.0)
    b0: Any = param(0.04)
    beta: Any = param(math.pi / 4)
    tau: Any = param(2 * math.pi / (1 - 10 * 0.005))

    card: ClassVar = Card(
        title="Stuart-Landau oscillator with delayed feedback",
        equation=(
            r"\dot x = (\lambda + s) x - (1 + \gamma s) y + b_0 (u \cos\beta - v \sin\beta),\ "
            r"\dot y = (\lambda + s) y + (1 + \gamma s) x + b_0 (u \sin\beta + v \cos\beta),\ "
            r"s = x^2 + y^2,\ u = x(t - \tau) - x,\ v = y(t - \tau) - y"
        ),
        symbols={"\\lambda": "lam"},
        field="physics",
        cite=("fiedler2007",),
        variables=("x", "y"),
        state=(_R, 0.0),
        period=2 * math.pi / (1 - 10 * 0.005),
        dt=2 * math.pi / (1 - 10 * 0.005) / 100,
        transient=1000.0,
        tags=frozenset({"periodic", "autonomous", "delay", "polynomial"}),
        presets={"periodic": {"b0": 0.04}, "strong feedback": {"b0": 0.2}},
        known={
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def history(self, t):
        # on the cycle, so that the feedback vanishes from the start
        r, turn = jnp.sqrt(jnp.abs(self.lam)), 1 - self.gamma * self.lam
        return r * jnp.stack([jnp.cos(turn * t), jnp.sin(turn * t)])

    def vector_field(self, t, x, delayed):
        del t
        x, y = x
        u, v = delayed[0, 0] - x, delayed[0, 1] - y
        s = x * x + y * y
        c, d = jnp.cos(self.beta), jnp.sin(self.beta)
        return (
            (self.lam + s) * x - (1 + self.gamma * s) * y + self.b0 * (u * c - v * d),
            (self.lam + s) * y + (1 + self.gamma * s) * x + self.b0 * (u * d + v * c),
        )
