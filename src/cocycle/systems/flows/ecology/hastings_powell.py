"""The Hastings-Powell food chain."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HastingsPowell"]


_X = 0.4 / (5 - 3 * 0.4)


class HastingsPowell(Flow):
    r"""Hastings and Powell's food chain of three species: chaos on a teacup.

    $$\dot x = x (1 - x) - \frac{a_1 x y}{1 + b_1 x}, \quad
    \dot y = \frac{a_1 x y}{1 + b_1 x} - \frac{a_2 y z}{1 + b_2 y} - d_1 y, \quad
    \dot z = \frac{a_2 y z}{1 + b_2 y} - d_2 z$$

    `x`, `y`, `z` are resource, consumer and top predator, scaled; the predator is slow. As $b_1$ grows from 2 the
    cycles double their period into chaos [@hastings1991]. Without the predator, resource and consumer meet at $x =
    d_1/(a_1 - b_1 d_1)$, $y = (1 - x)(1 + b_1 x)/a_1$.

    **Arguments**: `a1` 5, `b1` 3, `d1` 0.4: the consumer; `a2` 0.1, `b2` 2, `d2` 0.01: the predator.

    **Good values**: `b1=3` chaotic; `b1=2.2` periodic; `b1=1.8` steady.
    """

    a1: Any = param(5.0)
    a2: Any = param(0.1)
    b1: Any = param(3.0)
    b2: Any = param(2.0)
    d1: Any = param(0.4)
    d2: Any = param(0.01)

    card: ClassVar = Card(
        title="Hastings-Powell",
        equation=(
            r"\dot x = x (1 - x) - \frac{a_1 x y}{1 + b_1 x},\ "
            r"\dot y = \frac{a_1 x y}{1 + b_1 x} - \frac{a_2 y z}{1 + b_2 y} - d_1 y,\ "
            r"\dot z = \frac{a_2 y z}{1 + b_2 y} - d_2 z"
        ),
        field="ecology",
        cite=("hastings1991",),
        variables=("x", "y", "z"),
        state=(0.890696, 0.0960039, 7.59677),
        period=125.0,
        dt=0.5,
        transient=2000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "fast-slow"}),
        presets={"chaotic": {"b1": 3.0}, "periodic": {"b1": 2.2}, "steady": {"b1": 1.8}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (_X, (1 - _X) * (1 + 3 * _X) / 5, 0.0)),
                Source.EXACT,
                "empty; resource alone; resource and consumer",
                1e-13,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        first = self.a1 * x * y / (1 + self.b1 * x)
        second = self.a2 * y * z / (1 + self.b2 * y)
        return x * (1 - x) - first, first - second - self.d1 * y, second - self.d2 * z
