"""The gingerbreadman map."""

from typing import ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status

__all__ = ["Gingerbreadman"]


class Gingerbreadman(Map):
    r"""A piecewise linear map that conserves areas: six-sided islands in a bounded chaotic sea.

    $$x_{n+1} = 1 - y_n + |x_n|, \quad y_{n+1} = x_n$$

    Around the fixed point (1, 1) every orbit of the hexagon has period six; the sea beyond it is bounded by polygons
    that no orbit crosses [@devaney1984]. Exponent of the sea in [@sprott2003, appendix A].

    **Arguments**: none.
    """

    card: ClassVar = Card(
        title="Gingerbreadman map",
        equation=r"x_{n+1} = 1 - y_n + |x_n|,\ y_{n+1} = x_n",
        field="mathematics",
        cite=("devaney1984", "sprott2003"),
        variables=("x", "y"),
        state=(0.5, 3.7),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "piecewise"}),
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-13),
            "fixed_points": Known(((1.0, 1.0),), Source.EXACT, "x = y = 1", 1e-14),
            "lyapunov": Known((0.07339, -0.07339), Source.PAPER, "sprott2003, appendix A", 3e-3),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return 1 - y + jnp.abs(x), x
