"""The Yu-Wang flow with a hyperbolic cosine."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["YuWangCosh"]

_SIDE = math.acosh(30 * 2.5 / 2) ** 0.5


class YuWangCosh(Flow):
    r"""The flow of Yu and Wang with a hyperbolic cosine: as `YuWang`, but the wings at $x y < 0$ count as well.

    $$\dot x = a (y - x), \quad \dot y = b x - c x z, \quad \dot z = \cosh(x y) - d z$$

    The form with the exponential is that of [@yu2012exponential]; this one is named after the same authors in
    collections of attractors. The fixed points are $(0, 0, 1/d)$ and, for $b d > c$,
    $x = y = \pm\sqrt{\operatorname{arcosh}(b d/c)}, z = b/c$.

    **Arguments**: `a` 10, `b` 30, `c` 2, `d` 2.5.

    **Good values**: `b=30` chaotic; `b=0.5` fixed point.
    """

    a: Any = param(10.0)
    b: Any = param(30.0)
    c: Any = param(2.0)
    d: Any = param(2.5)

    card: ClassVar = Card(
        title="Yu-Wang with a hyperbolic cosine",
        equation=r"\dot x = a (y - x),\ \dot y = b x - c x z,\ \dot z = \cosh(x y) - d z",
        field="mathematics",
        cite=("yu2012exponential",),
        variables=("x", "y", "z"),
        state=(0.51574, 1.5612, 19.798),
        period=1.16,
        dt=0.01,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"b": 30.0}, "fixed point": {"b": 0.5}},
        known={
            "divergence": Known(-12.5, Source.EXACT, "-(a + d)", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.4), (_SIDE, _SIDE, 15.0), (-_SIDE, -_SIDE, 15.0)),
                Source.EXACT,
                "(0, 0, 1/d) and x = y = +-sqrt(arcosh(b d/c)), z = b/c",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * (y - x), self.b * x - self.c * x * z, jnp.cosh(x * y) - self.d * z
