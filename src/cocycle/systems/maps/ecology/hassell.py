"""Hassell's map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Hassell"]

_B = 6.0
_LAM = 50.0


class Hassell(Map):
    r"""Hassell's model of insects that compete: from contest (`b = 1`) to scramble (`b` large).

    $$x_{n+1} = \frac{\lambda x_n}{(1 + x_n)^b}$$

    Numbers in units of $1/a$ of the original [@hassell1975]. With `b = 1` it is the curve of Beverton and Holt, whose
    fixed point $\lambda - 1$ attracts everything. In general the fixed point $\lambda^{1/b} - 1$ is stable as long as
    $b (1 - \lambda^{-1/b}) < 2$; beyond it periods double, up to chaos. Field data lie nearly all on the stable side
    [@hassell1976].

    **Arguments**: `lam`, the growth factor $\lambda$ of a small population, 50; `b`, the kind of competition, 6.

    **Good values**: `lam=50, b=6` chaotic; `b=3.5` period 2; `b=1` and `b=2` fixed point.
    """

    lam: Any = param(_LAM)
    b: Any = param(_B)

    card: ClassVar = Card(
        title="Hassell map",
        equation=r"x_{n+1} = \frac{\lambda x_n}{(1 + x_n)^b}",
        symbols={"\\lambda": "lam"},
        field="ecology",
        cite=("hassell1975", "hassell1976"),
        variables=("x",),
        state=(0.5,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={
            "chaotic": {"lam": 50.0, "b": 6.0},
            "period 4": {"lam": 50.0, "b": 4.5},
            "period 2": {"lam": 50.0, "b": 3.5},
            "fixed point": {"lam": 50.0, "b": 2.0},
        },
        known={
            "fixed_points": Known(((0.0,), (_LAM ** (1 / _B) - 1,)), Source.EXACT, "0 and lam^(1/b) - 1", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.lam * x * (1 + x) ** (-self.b)
