"""Lyness's map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Lyness"]


class Lyness(Map):
    r"""Lyness's recurrence: rational, with every positive start on a closed curve; for `a = 1` a cycle of five.

    $$x_{n+1} = y_n, \quad y_{n+1} = \frac{a + y_n}{x_n}$$

    For $a > 0$ and positive variables it conserves $(1 + x)(1 + y)(a + x + y) / (x y)$. With $a = 1$ every orbit
    repeats after five steps [@lyness1942].

    **Arguments**: `a`, 2.

    **Good values**: `a=2` quasi-periodic; `a=1` period 5.
    """

    a: Any = param(2.0)

    card: ClassVar = Card(
        title="Lyness map",
        equation=r"x_{n+1} = y_n,\ y_{n+1} = \frac{a + y_n}{x_n}",
        field="mathematics",
        cite=("lyness1942",),
        variables=("x", "y"),
        state=(1.0, 1.5),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative"}),
        presets={"quasi-periodic": {"a": 2.0}, "period 5": {"a": 1.0}},
        known={
            "fixed_points": Known(((2.0, 2.0), (-1.0, -1.0)), Source.EXACT, "x = y, x^2 - x - a = 0", 1e-14),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "integrable", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def invariants(self, x):
        x, y = x
        return {"curve": (1 + x) * (1 + y) * (self.a + x + y) / (x * y)}

    def step(self, n, x):
        del n
        x, y = x
        return y, (self.a + y) / x
