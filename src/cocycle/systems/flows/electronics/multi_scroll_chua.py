"""Chua's circuit with many scrolls."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MultiScrollChua"]


class MultiScrollChua(Flow):
    r"""Chua's circuit with further breakpoints in its resistor: attractors of many scrolls.

    $$\dot x = \alpha\,(y - h(x)), \quad \dot y = x - y + z, \quad \dot z = -\beta y$$
    $$h(x) = m_5 x + \sum_{i=1}^{5} (m_{i-1} - m_i)\, s(x, c_i), \quad s(x, c) = \tfrac12 (|x + c| - |x - c|)$$

    `x` and `y` are the voltages of the capacitors, `z` the current of the coil; `h` is odd and piecewise linear with
    the slopes `m0` ... `m5` between the breakpoints `c1` ... `c5`. The slopes $-1/7, 2/7, -4/7, 2/7, \dots$ give $n$
    double scrolls [@suykens1993], others odd numbers of scrolls too [@suykens1997].

    **Arguments**: `alpha` 9 and `beta` 100/7, as in Chua's circuit; `m0`, `m1`, `m2`, `m3`, `m4`, `m5`, the
    slopes; `c1`, `c2`, `c3`, `c4`, `c5`, the breakpoints.

    **Good values**: the defaults, three double scrolls; presets "two double scrolls", "three scrolls" and
    "five scrolls". With `m1` to `m5` all 2/7 it is Chua's circuit itself.
    """

    alpha: Any = param(9.0)
    beta: Any = param(100 / 7)
    m0: Any = param(-1 / 7)
    m1: Any = param(2 / 7)
    m2: Any = param(-4 / 7)
    m3: Any = param(2 / 7)
    m4: Any = param(-4 / 7)
    m5: Any = param(2 / 7)
    c1: Any = param(1.0)
    c2: Any = param(2.15)
    c3: Any = param(3.6)
    c4: Any = param(8.2)
    c5: Any = param(13.0)

    card: ClassVar = Card(
        title="Multi-scroll Chua circuit",
        equation=(
            r"\dot x = \alpha (y - h(x)),\ \dot y = x - y + z,\ \dot z = -\beta y,\ "
            r"h(x) = m_5 x + (m_0 - m_1) s(x, c_1) + (m_1 - m_2) s(x, c_2) + (m_2 - m_3) s(x, c_3)"
            r" + (m_3 - m_4) s(x, c_4) + (m_4 - m_5) s(x, c_5),\ s(x, c) = \tfrac12 (|x + c| - |x - c|)"
        ),
        field="electronics",
        cite=("suykens1993", "suykens1997"),
        variables=("x", "y", "z"),
        state=(0.74239, -0.67928, 0.90848),
        period=2.3,
        dt=0.02,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "piecewise"}),
        presets={
            "three double scrolls": {"alpha": 9.0},
            "two double scrolls": {"m4": 2 / 7, "m5": 2 / 7},
            "three scrolls": {
                "m0": 0.9 / 7,
                "m1": -3 / 7,
                "m2": 3.5 / 7,
                "m3": -2.4 / 7,
                "m4": -2.4 / 7,
                "m5": -2.4 / 7,
                "c3": 4.0,
            },
            "five scrolls": {
                "m0": 0.9 / 7,
                "m1": -3 / 7,
                "m2": 3.5 / 7,
                "m3": -2.7 / 7,
                "m4": 4 / 7,
                "m5": -2.4 / 7,
                "c4": 6.2,
                "c5": 9.0,
            },
        },
        known={"symmetry": Known((-1, -2, -3), Source.EXACT, "odd", 1e-12)},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        m = jnp.stack([self.m0, self.m1, self.m2, self.m3, self.m4, self.m5])
        c = jnp.stack([self.c1, self.c2, self.c3, self.c4, self.c5])
        h = self.m5 * x + 0.5 * jnp.sum((m[:-1] - m[1:]) * (jnp.abs(x + c) - jnp.abs(x - c)))
        return self.alpha * (y - h), x - y + z, -self.beta * y
