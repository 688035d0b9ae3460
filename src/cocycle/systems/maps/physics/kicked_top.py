"""The kicked top."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["KickedTop"]


class KickedTop(Map):
    r"""A spin that precesses and is twisted by kicks: the classical limit of a standard model of quantum chaos.

    $$x_{n+1} = u \cos k w - y_n \sin k w, \quad y_{n+1} = u \sin k w + y_n \cos k w, \quad z_{n+1} = w$$

    with $u = x_n \cos p + z_n \sin p$ and $w = z_n \cos p - x_n \sin p$: a turn by `p` about the `y` axis, then one
    about `z` in proportion to `z`. The length of the spin is conserved. At $p = \pi/2$ the motion is regular for small
    `k`, mixed about $k = 3$ and chaotic nearly everywhere from $k = 6$ on [@haake1987].

    **Arguments**: `k`, the twist, 3; `p`, the turn, $\pi/2$.

    **Good values**: `k=1` regular; `k=3` mixed; `k=6` chaotic.
    """

    k: Any = param(3.0)
    p: Any = param(math.pi / 2)

    card: ClassVar = Card(
        title="Kicked top",
        equation=(
            r"u = x_n \cos p + z_n \sin p,\ w = z_n \cos p - x_n \sin p,\ x_{n+1} = u \cos(k w) - y_n \sin(k w),\ "
            r"y_{n+1} = u \sin(k w) + y_n \cos(k w),\ z_{n+1} = w"
        ),
        field="physics",
        cite=("haake1987",),
        variables=("x", "y", "z"),
        state=(0.6, 0.0, 0.8),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative"}),
        presets={"regular": {"k": 1.0}, "mixed": {"k": 3.0}, "chaotic": {"k": 6.0}},
        known={
            "determinant": Known(1.0, Source.EXACT, "volume-preserving", 1e-12),
            "fixed_points": Known(((0.0, 1.0, 0.0), (0.0, -1.0, 0.0)), Source.EXACT, "the axis of the turn", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def invariants(self, x):
        return {"length": jnp.sqrt(jnp.sum(x * x))}

    def step(self, n, x):
        del n
        x, y, z = x
        u, w = x * jnp.cos(self.p) + z * jnp.sin(self.p), z * jnp.cos(self.p) - x * jnp.sin(self.p)
        c, s = jnp.cos(self.k * w), jnp.sin(self.k * w)
        return u * c - y * s, u * s + y * c, w
