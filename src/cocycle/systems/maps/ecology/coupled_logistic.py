"""Two species in competition, each a logistic map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["CoupledLogistic"]


class CoupledLogistic(Map):
    r"""Two logistic species that compete unequally: the standard test of methods that look for causes.

    $$x_{n+1} = x_n (r_x - r_x x_n - b_{xy} y_n), \quad y_{n+1} = y_n (r_y - r_y y_n - b_{yx} x_n)$$

    `x` acts on `y` more than the reverse; correlations between the two come and go though the coupling is constant
    [@sugihara2012].

    **Arguments**: growth `r_x` 3.8 and `r_y` 3.5; `b_xy` 0.02, what `y` does to `x`; `b_yx` 0.1, what `x` does to `y`.

    **Good values**: the default, chaotic; `b_xy=0` one way.
    """

    r_x: Any = param(3.8)
    r_y: Any = param(3.5)
    b_xy: Any = param(0.02)
    b_yx: Any = param(0.1)

    card: ClassVar = Card(
        title="Coupled logistic maps",
        equation=(r"x_{n+1} = x_n (r_x - r_x x_n - b_{xy} y_n),\ y_{n+1} = y_n (r_y - r_y y_n - b_{yx} x_n)"),
        field="ecology",
        cite=("sugihara2012",),
        variables=("x", "y"),
        state=(0.94619, 0.79638),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "polynomial"}),
        presets={"chaotic": {"b_xy": 0.02, "b_yx": 0.1}, "one way": {"b_xy": 0.0, "b_yx": 0.32}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (1 - 1 / 3.8, 0.0), (0.0, 1 - 1 / 3.5)), Source.EXACT, "one species alone, 1 - 1/r", 1e-14
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return (
            x * (self.r_x - self.r_x * x - self.b_xy * y),
            y * (self.r_y - self.r_y * y - self.b_yx * x),
        )
