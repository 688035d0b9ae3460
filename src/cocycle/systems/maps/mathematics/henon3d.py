"""The three-dimensional Henon map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Henon3D"]


class Henon3D(Map):
    r"""Henon's map in three dimensions, with an attractor like Lorenz's and as wild.

    $$x_{n+1} = y_n, \quad y_{n+1} = z_n, \quad z_{n+1} = M_1 + B x_n + M_2 y_n - z_n^2$$

    Near $(M_1, M_2, B) = (1/4, 1, 1)$, where a fixed point has the multipliers (-1, -1, 1), attractors are born that
    look like the Lorenz attractor seen through a stroboscope; the default parameters are one of the published examples
    [@gonchenko2005].

    **Arguments**: `M1` 0; `M2` 0.85; `B`, the factor by which volumes shrink, 0.7.

    **Good values**: `M2=0.85` chaotic (`B=0.7`); `M2=0.815` weakly chaotic; `M2=0.6` fixed point.
    """

    M1: Any = param(0.0)
    M2: Any = param(0.85)
    B: Any = param(0.7)

    card: ClassVar = Card(
        title="Three-dimensional Henon map",
        equation=r"x_{n+1} = y_n,\ y_{n+1} = z_n,\ z_{n+1} = M_1 + B x_n + M_2 y_n - z_n^2",
        field="mathematics",
        cite=("gonchenko2005",),
        variables=("x", "y", "z"),
        state=(0.14363, 0.62198, 0.19926),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "polynomial"}),
        presets={"chaotic": {"M2": 0.85}, "weakly chaotic": {"M2": 0.815}, "fixed point": {"M2": 0.6}},
        known={
            "determinant": Known(0.7, Source.EXACT, "B", 1e-14),
            "fixed_points": Known(
                ((0.0,) * 3, (0.55,) * 3), Source.EXACT, "x = y = z, 0 and M2 + B - 1, with M1 = 0", 1e-14
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y, z = x
        return y, z, self.M1 + self.B * x + self.M2 * y - z * z
