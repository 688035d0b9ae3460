"""The map of Gumowski and Mira."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["GumowskiMira"]


class GumowskiMira(Map):
    r"""Gumowski and Mira's map, from the motion of particles in an accelerator: shapes like wings and sea creatures.

    $$x_{n+1} = y_n + a (1 - b y_n^2) y_n + f(x_n), \quad y_{n+1} = -x_n + f(x_{n+1}), \quad
    f(x) = \mu x + \frac{2 (1 - \mu) x^2}{1 + x^2}$$

    At `a = 0` areas are conserved; a small `a` drives small amplitudes and, for $b y^2 > 1$, damps large ones
    [@gumowski1980].

    **Arguments**: `a` 0.008; `b` 0.05; `mu` -0.496, the rotation near the origin, by $\arccos\mu$ a step.

    **Good values**: `mu=-0.496` weakly chaotic; `mu=-0.7` chaotic; `mu=-0.5` period 3; `a=0` conservative.
    """

    a: Any = param(0.008)
    b: Any = param(0.05)
    mu: Any = param(-0.496)

    card: ClassVar = Card(
        title="Gumowski-Mira map",
        equation=(
            r"x_{n+1} = y_n + a (1 - b y_n^2) y_n + f(x_n),\ y_{n+1} = -x_n + f(x_{n+1}),\ "
            r"f(x) = \mu x + \frac{2 (1 - \mu) x^2}{1 + x^2}"
        ),
        field="physics",
        cite=("gumowski1980",),
        variables=("x", "y"),
        state=(12.668, 7.0606),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={
            "weakly chaotic": {"mu": -0.496},
            "chaotic": {"mu": -0.7},
            "period 3": {"mu": -0.5},
            "conservative": {"a": 0.0},
        },
        known={"fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-14)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x

        def f(x):
            return self.mu * x + 2 * (1 - self.mu) * x * x / (1 + x * x)

        new = y + self.a * (1 - self.b * y * y) * y + f(x)
        return new, -x + f(new)
