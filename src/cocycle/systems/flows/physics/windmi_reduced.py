"""The WINDMI model of three variables."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["WindmiReduced"]


class WindmiReduced(Flow):
    r"""The WINDMI model of substorms with three of its six variables: the tail is loaded slowly and unloads at once.

    $$\dot I = a_1 (v - V), \quad \dot V = b_1 I - b_2 p^q - b_3 V, \quad
    \dot p = v^2 - p^{5/4} v^{1/2}\, \tfrac12 \left(1 + \tanh d_1 (I - 1)\right)$$

    `I` is the current in the tail of the magnetosphere, `V` the voltage across it, `p` the pressure of the plasma
    sheet; `v` is the voltage that the solar wind applies. Where the current exceeds its critical value 1, the plasma
    is unloaded [@smith2000; @horton2001]. The jerk flow `Windmi` is a further reduction.

    The pressure enters by its square root, $q = 1/2$. A known collection of chaotic flows computes $p/2$ instead, by a
    slip of notation (the preset "linear pressure"); its attractor at `v=5` is a different one, and with the square root
    `v=5` lies in a periodic window.

    **Arguments**: `v` 5.5; `a1` 0.247, `b1` 10.8, `b2` 0.0752, `b3` 1.06; `d1`, the steepness of the switch, 2200; `q`,
    the power of the pressure, 1/2.

    **Good values**: `v=5.5` chaotic; `v=5` periodic; `WindmiReduced.preset("linear pressure")` chaotic.
    """

    v: Any = param(5.5)
    a1: Any = param(0.247)
    b1: Any = param(10.8)
    b2: Any = param(0.0752)
    b3: Any = param(1.06)
    d1: Any = param(2200.0)
    q: Any = param(0.5)

    card: ClassVar = Card(
        title="WINDMI with three variables",
        equation=(
            r"\dot I = a_1 (v - V),\ \dot V = b_1 I - b_2 p^q - b_3 V,\ "
            r"\dot p = v^2 - p^{5/4} v^{1/2} \frac{1 + \tanh(d_1 (I - 1))}{2}"
        ),
        field="physics",
        cite=("smith2000", "horton2001"),
        variables=("I", "V", "p"),
        state=(0.9964, 5.4888, 4295.4),
        period=12.6,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "fast-slow"}),
        presets={
            "chaotic": {"v": 5.5},
            "periodic": {"v": 5.0},
            "linear pressure": {"v": 5.0, "b2": 0.0376, "q": 1.0},
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        current, V, p = x
        open_ = (1 + jnp.tanh(self.d1 * (current - 1))) / 2
        return (
            self.a1 * (self.v - V),
            self.b1 * current - self.b2 * p**self.q - self.b3 * V,
            self.v**2 - p**1.25 * jnp.sqrt(self.v) * open_,
        )
