"""The hyperchaotic circuit of Matsumoto, Chua and Kobayashi."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MatsumotoChuaKobayashi"]


class MatsumotoChuaKobayashi(Flow):
    r"""The first real system in which hyperchaos was seen: a circuit of fourth order with one nonlinear resistor.

    $$C_1 \dot v_1 = g(v_2 - v_1) - i_1, \quad C_2 \dot v_2 = -g(v_2 - v_1) - i_2, \quad
    L_1 \dot i_1 = v_1 + R i_1, \quad L_2 \dot i_2 = v_2$$
    $$g(v) = m_1 v + \tfrac12 (m_0 - m_1)\,(|v + 1| - |v - 1|)$$

    `v1`, `v2` are voltages of capacitors, `i1`, `i2` currents of coils; the resistor `R` is negative (active). Two
    exponents are positive: (0.24, 0.06, 0.00, -53.8) [@matsumoto1986].

    **Arguments**: `C1` 0.5, `C2` 0.05, `L1` 1, `L2` 2/3, `R` 1; `m0` -0.2 and `m1` 3, the inner and outer slopes of the
    nonlinear resistor.

    **Good values**: the defaults, hyperchaotic; `R=0` a limit cycle.
    """

    C1: Any = param(0.5)
    C2: Any = param(0.05)
    L1: Any = param(1.0)
    L2: Any = param(2 / 3)
    R: Any = param(1.0)
    m0: Any = param(-0.2)
    m1: Any = param(3.0)

    card: ClassVar = Card(
        title="Matsumoto-Chua-Kobayashi circuit",
        equation=(
            r"C_1 \dot v_1 = g(v_2 - v_1) - i_1,\ C_2 \dot v_2 = -g(v_2 - v_1) - i_2,\ "
            r"L_1 \dot i_1 = v_1 + R i_1,\ L_2 \dot i_2 = v_2,\ "
            r"g(v) = m_1 v + \tfrac12 (m_0 - m_1) (|v + 1| - |v - 1|)"
        ),
        field="electronics",
        cite=("matsumoto1986",),
        variables=("v1", "v2", "i1", "i2"),
        state=(2.32958, 0.81731, -1.17183, 1.37036),
        period=4.4,
        dt=0.04,
        transient=100.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "piecewise"}),
        presets={"hyperchaotic": {"R": 1.0}, "periodic": {"R": 0.0}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2, -3, -4), Source.EXACT, "odd", 1e-12),
            "lyapunov": Known((0.24, 0.06, 0.0, -53.8), Source.PAPER, "matsumoto1986", 0.3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        v1, v2, i1, i2 = x
        v = v2 - v1
        g = self.m1 * v + 0.5 * (self.m0 - self.m1) * (jnp.abs(v + 1) - jnp.abs(v - 1))
        return (g - i1) / self.C1, (-g - i2) / self.C2, (v1 + self.R * i1) / self.L1, v2 / self.L2
