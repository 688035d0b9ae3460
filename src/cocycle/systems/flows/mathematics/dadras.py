"""The flow of Dadras and Momeni."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Dadras"]


class Dadras(Flow):
    r"""The flow of Dadras and Momeni: two, three or four scrolls by one parameter.

    $$\dot x = y - a x + b y z, \quad \dot y = c y - x z + z, \quad \dot z = d x y - h z$$

    The number of scrolls depends on `c`: two at 4.7, four at 3.9, three at 1.7 [@dadras2009].

    **Arguments**: `a` 3, `b` 2.7, `c` 4.7, `d` 2, `h` 9.

    **Good values**: `c=4.7`, `c=3.9` and `c=1.7` chaotic; `c=7` periodic.
    """

    a: Any = param(3.0)
    b: Any = param(2.7)
    c: Any = param(4.7)
    d: Any = param(2.0)
    h: Any = param(9.0)

    card: ClassVar = Card(
        title="Dadras-Momeni",
        equation=r"\dot x = y - a x + b y z,\ \dot y = c y - x z + z,\ \dot z = d x y - h z",
        field="mathematics",
        cite=("dadras2009",),
        variables=("x", "y", "z"),
        state=(7.5873, -2.787, -4.4219),
        period=1.18,
        dt=0.01,
        transient=30.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={
            "two scrolls": {"c": 4.7},
            "three scrolls": {"c": 1.7},
            "four scrolls": {"c": 3.9},
            "periodic": {"c": 7.0},
        },
        known={"divergence": Known(-7.3, Source.EXACT, "c - a - h", 1e-12)},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y - self.a * x + self.b * y * z, self.c * y - x * z + z, self.d * x * y - self.h * z
