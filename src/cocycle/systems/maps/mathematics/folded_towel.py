"""Rossler's folded towel."""

from typing import Any, ClassVar

from cocycle.core import Card, Map, Status, param

__all__ = ["FoldedTowel"]


class FoldedTowel(Map):
    r"""Rossler's folded towel: hyperchaos in a map of three variables, the first example.

    $$x_{n+1} = a x_n (1 - x_n) - b (y_n + c)(1 - 2 z_n), \quad
    y_{n+1} = d \left[(y_n + c)(1 - 2 z_n) - 1\right](1 - e x_n), \quad z_{n+1} = f z_n (1 - z_n) + g y_n$$

    Two logistic maps, coupled through a thin direction: two exponents are positive [@rossler1979].

    **Arguments**: the growth rates `a` 3.8 and `f` 3.78 of the two logistic maps; `b` 0.05, `c` 0.35, `d` 0.1, `e` 1.9
    and `g` 0.2 couple them.

    **Good values**: `a=3.8` hyperchaotic; `a=3.5` chaotic.
    """

    a: Any = param(3.8)
    b: Any = param(0.05)
    c: Any = param(0.35)
    d: Any = param(0.1)
    e: Any = param(1.9)
    f: Any = param(3.78)
    g: Any = param(0.2)

    card: ClassVar = Card(
        title="Folded towel map",
        equation=(
            r"x_{n+1} = a x_n (1 - x_n) - b (y_n + c) (1 - 2 z_n),\ "
            r"y_{n+1} = d ((y_n + c) (1 - 2 z_n) - 1) (1 - e x_n),\ z_{n+1} = f z_n (1 - z_n) + g y_n"
        ),
        field="mathematics",
        cite=("rossler1979",),
        variables=("x", "y", "z"),
        state=(0.9532, 0.0052156, 0.60891),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "polynomial"}),
        presets={"hyperchaotic": {"a": 3.8}, "chaotic": {"a": 3.5}},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y, z = x
        u = (y + self.c) * (1 - 2 * z)
        return (
            self.a * x * (1 - x) - self.b * u,
            self.d * (u - 1) * (1 - self.e * x),
            self.f * z * (1 - z) + self.g * y,
        )
