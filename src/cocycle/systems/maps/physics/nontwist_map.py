"""The standard nontwist map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["NontwistMap"]


class NontwistMap(Map):
    r"""The standard nontwist map: the rotation has an extremum, and the torus there is the last barrier.

    $$y_{n+1} = y_n - b \sin 2 \pi x_n, \quad x_{n+1} = x_n + a (1 - y_{n+1}^2) \pmod 1$$

    For zonal flows and reversed magnetic shear. Where $y \approx 0$ the twist vanishes; chains of islands come in
    pairs there and may reconnect, and the shearless curve between them survives when the sea surrounds it
    [@delcastillo1996].

    **Arguments**: `a`, the rotation, 0.615; `b`, the perturbation, 0.4.

    **Good values**: `b=0.4` a shearless band, on which the default state lies, in a sea; `b=0.1` tori; `b=0.6` the
    barrier is broken and `y` diffuses without limit.
    """

    a: Any = param(0.615)
    b: Any = param(0.4)

    card: ClassVar = Card(
        title="Standard nontwist map",
        equation=r"y_{n+1} = y_n - b \sin(2 \pi x_n),\ x_{n+1} = x_n + a (1 - y_{n+1}^2) \pmod{1}",
        field="physics",
        cite=("delcastillo1996",),
        variables=("x", "y"),
        state=(0.3141, 0.2),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative"}),
        presets={"shearless": {"b": 0.4}, "tori": {"b": 0.1}, "broken": {"b": 0.6}},
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-12),
            "fixed_points": Known(
                ((0.0, 1.0), (0.0, -1.0), (0.5, 1.0), (0.5, -1.0)), Source.EXACT, "sin 2 pi x = 0, y = +-1", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        y = y - self.b * jnp.sin(2 * jnp.pi * x)
        return jnp.mod(x + self.a * (1 - y * y), 1.0), y
