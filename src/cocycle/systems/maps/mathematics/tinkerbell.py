"""The Tinkerbell map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Tinkerbell"]


class Tinkerbell(Map):
    r"""Squaring a complex number with a linear part: an attractor shaped like the fairy's flight.

    $$x_{n+1} = x_n^2 - y_n^2 + a x_n + b y_n, \quad y_{n+1} = 2 x_n y_n + c x_n + d y_n$$

    Close by lie the edge of its basin and the saddle at the origin, from which starts escape to infinity
    [@nusse1998]. Exponents in [@sprott2003, appendix A].

    **Arguments**: the linear part, `a` 0.9, `b` -0.6, `c` 2, `d` 0.5. (`b` = -0.6013 is as common.)

    **Good values**: `a=0.9` chaotic; `a=0.6` weakly chaotic; `a=0.3` an invariant circle.
    """

    a: Any = param(0.9)
    b: Any = param(-0.6)
    c: Any = param(2.0)
    d: Any = param(0.5)

    card: ClassVar = Card(
        title="Tinkerbell map",
        equation=r"x_{n+1} = x_n^2 - y_n^2 + a x_n + b y_n,\ y_{n+1} = 2 x_n y_n + c x_n + d y_n",
        field="mathematics",
        cite=("nusse1998", "sprott2003"),
        variables=("x", "y"),
        state=(-0.074737, -0.43656),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "polynomial"}),
        presets={"chaotic": {"a": 0.9}, "weakly chaotic": {"a": 0.6}, "invariant circle": {"a": 0.3}},
        known={
            "lyapunov": Known((0.18997, -0.52091), Source.PAPER, "sprott2003, appendix A", 5e-4),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return x * x - y * y + self.a * x + self.b * y, 2 * x * y + self.c * x + self.d * y
