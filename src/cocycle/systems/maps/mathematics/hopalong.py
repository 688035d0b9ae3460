"""Martin's map, hopalong."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Hopalong"]


class Hopalong(Map):
    r"""Barry Martin's map, called hopalong: areas are conserved, and orbits draw wallpaper.

    $$x_{n+1} = y_n - \operatorname{sgn}(x_n) \sqrt{|b x_n - c|}, \quad y_{n+1} = a - x_n$$

    Published by Dewdney [@dewdney1986]. Orbits wander outwards slowly, from one chain of islands to the next.

    **Arguments**: `a` 0.4; `b` 1; `c` 0.

    **Good values**: `a=0.4` a sea with islands; `a=1, b=4, c=60` wanders far.
    """

    a: Any = param(0.4)
    b: Any = param(1.0)
    c: Any = param(0.0)

    card: ClassVar = Card(
        title="Hopalong (Martin map)",
        equation=r"x_{n+1} = y_n - \operatorname{sgn}(x_n) \sqrt{|b x_n - c|},\ y_{n+1} = a - x_n",
        field="mathematics",
        cite=("dewdney1986",),
        variables=("x", "y"),
        state=(-3.789, 2.0474),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "piecewise"}),
        presets={"sea": {"a": 0.4}, "wallpaper": {"a": 1.0, "b": 4.0, "c": 60.0}},
        known={"determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-13)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return y - jnp.sign(x) * jnp.sqrt(jnp.abs(self.b * x - self.c)), self.a - x
