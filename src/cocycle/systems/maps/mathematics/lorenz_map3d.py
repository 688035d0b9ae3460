"""Lorenz's three-dimensional map."""

from typing import ClassVar

from cocycle.core import Card, Known, Map, Source, Status

__all__ = ["LorenzMap3D"]


class LorenzMap3D(Map):
    r"""Lorenz's map of three variables that conserves volumes and is chaotic all the same.

    $$x_{n+1} = x_n y_n - z_n, \quad y_{n+1} = x_n, \quad z_{n+1} = y_n$$

    A sea in a bounded region of space. From (0.5, 0.5, -1) the exponents are $\pm 0.07456$ and 0
    [@sprott2003, appendix A]; orbits stick to islands, so that averages converge slowly.

    **Arguments**: none.
    """

    card: ClassVar = Card(
        title="Lorenz's three-dimensional map",
        equation=r"x_{n+1} = x_n y_n - z_n,\ y_{n+1} = x_n,\ z_{n+1} = y_n",
        field="mathematics",
        cite=("sprott2003",),
        variables=("x", "y", "z"),
        state=(0.5, 0.5, -1.0),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "polynomial"}),
        known={
            "determinant": Known(-1.0, Source.EXACT, "volume-preserving, orientation-reversing", 1e-13),
            "fixed_points": Known(((0.0,) * 3, (2.0,) * 3), Source.EXACT, "x = y = z, x^2 = 2 x", 1e-14),
            "lyapunov": Known((0.07456, 0.0, -0.07456), Source.PAPER, "sprott2003, appendix A", 1e-2),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y, z = x
        return x * y - z, x, y
