"""The Bogdanov map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Bogdanov"]


class Bogdanov(Map):
    r"""A planar map that shadows the Bogdanov-Takens normal form: Hopf circles, locking and chaos in one family.

    $$y_{n+1} = y_n + \epsilon y_n + k x_n (x_n - 1) + \mu x_n y_n, \quad x_{n+1} = x_n + y_{n+1}$$

    The determinant is $1 + \epsilon + \mu x$: at $\epsilon = \mu = 0$ areas are conserved and the map is Henon's
    quadratic one in other variables; the origin is then a centre for $0 < k < 4$ and (1, 0) a saddle. With
    $\epsilon > 0$ the origin is unstable, and with $\mu < 0$ a circle around it attracts [@arrowsmith1993].

    **Arguments**: `epsilon` linear growth 0; `k` the kick 1.2; `mu` nonlinear damping 0.

    **Good values**: the default, circles around a centre; `epsilon=0.005, mu=-0.2` an attracting circle;
    `epsilon=0.01, mu=-0.1` locked to a cycle of 27.
    """

    epsilon: Any = param(0.0)
    k: Any = param(1.2)
    mu: Any = param(0.0)

    card: ClassVar = Card(
        title="Bogdanov map",
        equation=r"y_{n+1} = y_n + \epsilon y_n + k x_n (x_n - 1) + \mu x_n y_n,\ x_{n+1} = x_n + y_{n+1}",
        field="mathematics",
        cite=("arrowsmith1993",),
        variables=("x", "y"),
        state=(0.2, 0.1),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "polynomial"}),
        presets={
            "conservative": {"epsilon": 0.0, "mu": 0.0},
            "invariant circle": {"epsilon": 0.005, "mu": -0.2},
            "period 27": {"epsilon": 0.01, "mu": -0.1},
            "fixed point": {"epsilon": -0.1, "mu": 0.0},
        },
        known={
            "determinant": Known(1.0, Source.EXACT, "1 + epsilon + mu x, with epsilon = mu = 0", 1e-13),
            "fixed_points": Known(((0.0, 0.0), (1.0, 0.0)), Source.EXACT, "y = 0, x (x - 1) = 0", 1e-14),
            "bifurcation:epsilon": Known(
                0.0, Source.EXACT, "Neimark-Sacker of the origin: |multiplier|^2 = 1 + epsilon", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        y = y + self.epsilon * y + self.k * x * (x - 1) + self.mu * x * y
        return x + y, y
