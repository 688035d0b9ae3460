"""The flow of Yu and Wang, with an exponential of a product."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["YuWang"]

_SIDE = math.log(50.0) ** 0.5


class YuWang(Flow):
    r"""The flow of Yu and Wang: Lorenz's shape with an exponential in place of a product.

    $$\dot x = a (y - x), \quad \dot y = b x - c x z, \quad \dot z = e^{x y} - d z$$

    [@yu2012exponential]. The fixed points are $(0, 0, 1/d)$ and, for $b d > c$, $x = y = \pm\sqrt{\ln(b d/c)}, z =
    b/c$.

    **Arguments**: `a` 10, `b` 40, `c` 2, `d` 2.5.

    **Good values**: `b=40` chaotic; `b=8` periodic; `b=5` fixed point.
    """

    a: Any = param(10.0)
    b: Any = param(40.0)
    c: Any = param(2.0)
    d: Any = param(2.5)

    card: ClassVar = Card(
        title="Yu-Wang",
        equation=r"\dot x = a (y - x),\ \dot y = b x - c x z,\ \dot z = e^{x y} - d z",
        field="mathematics",
        cite=("yu2012exponential",),
        variables=("x", "y", "z"),
        state=(1.1021, 1.0928, 24.333),
        period=0.56,
        dt=0.005,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"b": 40.0}, "periodic": {"b": 8.0}, "fixed point": {"b": 5.0}},
        known={
            "divergence": Known(-12.5, Source.EXACT, "-(a + d)", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.4), (_SIDE, _SIDE, 20.0), (-_SIDE, -_SIDE, 20.0)),
                Source.EXACT,
                "(0, 0, 1/d) and x = y = +-sqrt(ln(b d/c)), z = b/c",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * (y - x), self.b * x - self.c * x * z, jnp.exp(x * y) - self.d * z
