"""The sine map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["SineMap"]


class SineMap(Map):
    r"""One hump of a sine: like the logistic map, but not conjugate to anything simple.

    $$x_{n+1} = a \sin(\pi x_n)$$

    It doubles its period at the same universal rate as the logistic map. At `a = 1` the orbit fills [0, 1]; exponent
    in [@sprott2003, appendix A]. The fixed point 0 loses stability at $a = 1/\pi$.

    **Arguments**: `a`, the height, 1; between 0 and 1.

    **Good values**: `a=1` chaotic; `a=0.94` period 3; `a=0.8` period 2; `a=0.6` fixed point.
    """

    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Sine map",
        equation=r"x_{n+1} = a \sin(\pi x_n)",
        field="mathematics",
        cite=("sprott2003",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={
            "chaotic": {"a": 1.0},
            "period 3": {"a": 0.94},
            "period 2": {"a": 0.8},
            "fixed point": {"a": 0.6},
        },
        known={
            "lyapunov": Known((0.689067,), Source.PAPER, "sprott2003, appendix A", 2e-4),
            "bifurcation:a": Known(1 / 3.141592653589793, Source.EXACT, "0 loses stability: slope pi a", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return self.a * jnp.sin(jnp.pi * x)
