"""The cusp map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["CuspMap"]


class CuspMap(Map):
    r"""The map with a cusp, as the maxima of Lorenz's `z` give it; intermittent at its left end.

    $$x_{n+1} = 1 - a \sqrt{|x_n|}$$

    At `a = 2` the invariant density on [-1, 1] is exactly $(1 - x)/2$ [@hemmer1984], so the exponent is 1/2. The fixed
    point -1 is then marginal: an orbit near it leaves slowly.

    **Arguments**: `a`, the height of the cusp, 2.

    **Good values**: `a=2` chaotic and intermittent; `a=1.8` chaotic; `a=0.4` fixed point.
    """

    a: Any = param(2.0)

    card: ClassVar = Card(
        title="Cusp map",
        equation=r"x_{n+1} = 1 - a \sqrt{|x_n|}",
        field="mathematics",
        cite=("hemmer1984",),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic"}),
        presets={"intermittent": {"a": 2.0}, "chaotic": {"a": 1.8}, "fixed point": {"a": 0.4}},
        known={
            "fixed_points": Known(((-1.0,), (3 - 8**0.5,)), Source.EXACT, "-1 and 3 - 2 sqrt(2), at a = 2", 1e-14),
            "lyapunov": Known((0.5,), Source.EXACT, "mean of -ln|x| / 2 under (1 - x) / 2", 2e-2),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return 1 - self.a * jnp.sqrt(jnp.abs(x))
