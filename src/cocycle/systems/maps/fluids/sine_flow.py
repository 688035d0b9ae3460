"""The sine flow."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["SineFlow"]


class SineFlow(Map):
    r"""A particle in two sinusoidal shear flows in turn, on a periodic square: a standard model of mixing.

    $$x_{n+1} = x_n + \tfrac12 T \sin(2\pi y_n) \pmod 1, \quad y_{n+1} = y_n + \tfrac12 T \sin(2\pi x_{n+1}) \pmod 1$$

    The velocity is $\sin 2\pi y$ along $x$ for half the period $T$, then $\sin 2\pi x$ along $y$; the map over one
    period is exact and preserves area. The regular islands shrink as $T$ grows [@liu1994].

    **Arguments**: `T`, the period, 1.6.

    **Good values**: `T=1.6` chaotic; `T=0.8` chaotic sea and islands; `T=0.1` nearly integrable.
    """

    T: Any = param(1.6)

    card: ClassVar = Card(
        title="Sine flow",
        equation=(
            r"x_{n+1} = x_n + \tfrac12 T \sin(2 \pi y_n) \pmod{1},\ "
            r"y_{n+1} = y_n + \tfrac12 T \sin(2 \pi x_{n+1}) \pmod{1}"
        ),
        field="fluids",
        cite=("liu1994",),
        variables=("x", "y"),
        state=(0.1, 0.2),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative"}),
        presets={"chaotic": {"T": 1.6}, "islands": {"T": 0.8}, "nearly integrable": {"T": 0.1}},
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)), Source.EXACT, "corners and centres", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        x = x + 0.5 * self.T * jnp.sin(2 * jnp.pi * y)
        y = y + 0.5 * self.T * jnp.sin(2 * jnp.pi * x)
        return jnp.mod(x, 1.0), jnp.mod(y, 1.0)
