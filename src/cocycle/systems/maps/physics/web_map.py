"""Zaslavsky's web map."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["WebMap"]


class WebMap(Map):
    r"""A charged particle in a magnetic field, kicked by a wave: the stochastic web.

    $$x_{n+1} = x_n \cos\alpha - (y_n + K \sin x_n) \sin\alpha, \quad
    y_{n+1} = x_n \sin\alpha + (y_n + K \sin x_n) \cos\alpha$$

    Between kicks the particle turns by $\alpha$. When $2\pi/\alpha$ is a whole number `q`, the chaotic layers join into
    a web with the symmetry of `q` corners: a lattice for `q` = 3, 4, 6, a quasi-crystal otherwise. Along it orbits
    diffuse to infinity however small `K` is [@zaslavsky1986]. Exponent in [@sprott2003, appendix A].

    **Arguments**: `alpha`, the turn between kicks, $\pi/2$; `K`, the strength of the kicks, 1.

    **Good values**: `alpha=pi/2` a square web; `alpha=2 pi/5` a quasi-crystal.
    """

    alpha: Any = param(math.pi / 2)
    K: Any = param(1.0)

    card: ClassVar = Card(
        title="Web map",
        equation=(
            r"x_{n+1} = x_n \cos\alpha - (y_n + K \sin x_n) \sin\alpha,\ "
            r"y_{n+1} = x_n \sin\alpha + (y_n + K \sin x_n) \cos\alpha"
        ),
        field="physics",
        cite=("zaslavsky1986", "sprott2003"),
        variables=("x", "y"),
        state=(0.0, 3.0),
        unbounded=("x", "y"),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative"}),
        presets={"square": {"alpha": math.pi / 2}, "five corners": {"alpha": 2 * math.pi / 5}},
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-12),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2), Source.EXACT, "(x, y) -> (-x, -y)", 1e-12),
            "lyapunov": Known((0.04847, -0.04847), Source.PAPER, "sprott2003, appendix A", 1e-2),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        y = y + self.K * jnp.sin(x)
        c, s = jnp.cos(self.alpha), jnp.sin(self.alpha)
        return x * c - y * s, x * s + y * c
