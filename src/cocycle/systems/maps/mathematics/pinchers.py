"""The pinchers map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Pinchers"]


class Pinchers(Map):
    r"""A folded sigmoid with robust chaos: no windows of periodic motion interrupt it.

    $$x_{n+1} = |\tanh s (x_n - c)|$$

    A neuron's sigmoid, made to fold [@potapov2000]; exponent in [@sprott2003, appendix A].

    **Arguments**: `s`, the steepness, 2; `c`, where it folds, 0.5.

    **Good values**: `s=2` chaotic; `s=0.5` fixed point.
    """

    s: Any = param(2.0)
    c: Any = param(0.5)

    card: ClassVar = Card(
        title="Pinchers map",
        equation=r"x_{n+1} = |\tanh(s (x_n - c))|",
        field="mathematics",
        cite=("potapov2000", "sprott2003"),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "piecewise"}),
        presets={"chaotic": {"s": 2.0}, "fixed point": {"s": 0.5}},
        known={"lyapunov": Known((0.467944,), Source.PAPER, "sprott2003, appendix A", 2e-4)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return jnp.abs(jnp.tanh(self.s * (x - self.c)))
