"""Henon's area-preserving quadratic map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["HenonQuadratic"]

_A = math.acos(0.24)
_F = 2 * math.tan(_A / 2)


class HenonQuadratic(Map):
    r"""A rotation with a quadratic kick, to which every area-preserving quadratic map of the plane can be brought.

    $$x_{n+1} = x_n \cos\alpha - (y_n - x_n^2) \sin\alpha, \quad y_{n+1} = x_n \sin\alpha + (y_n - x_n^2) \cos\alpha$$

    Circles near the origin, islands further out, and a thin chaotic layer around them, from which orbits can escape
    [@henon1969]. Exponent of such a layer at $\cos\alpha = 0.24$ in [@sprott2003, appendix A].

    **Arguments**: `alpha`, the angle of rotation, $\arccos 0.24$.

    **Good values**: `cos(alpha)` 0.24, 0.4, -0.01, and others in [@henon1969].
    """

    alpha: Any = param(_A)

    card: ClassVar = Card(
        title="Henon's area-preserving quadratic map",
        equation=(
            r"x_{n+1} = x_n \cos\alpha - (y_n - x_n^2) \sin\alpha,\ y_{n+1} = x_n \sin\alpha + (y_n - x_n^2) \cos\alpha"
        ),
        field="mathematics",
        cite=("henon1969", "sprott2003"),
        variables=("x", "y"),
        state=(0.6, 0.13),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "polynomial"}),
        presets={"islands": {"alpha": _A}, "other islands": {"alpha": math.acos(0.4)}},
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0), (_F, _F * math.tan(_A / 2))),
                Source.EXACT,
                "0 and x = 2 tan(alpha/2), y = x tan(alpha/2)",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        c, s = jnp.cos(self.alpha), jnp.sin(self.alpha)
        w = y - x * x
        return x * c - w * s, x * s + w * c
