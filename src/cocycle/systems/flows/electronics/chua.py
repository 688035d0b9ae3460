"""Chua's circuit."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Chua"]


class Chua(Flow):
    r"""Chua's circuit, the double scroll: chaos in a circuit of four elements and one piecewise-linear resistor.

    $$\dot x = \alpha\,(y - x - g(x)), \quad \dot y = x - y + z, \quad \dot z = -\beta y$$
    $$g(x) = m_1 x + \tfrac12 (m_0 - m_1)\,(|x + 1| - |x - 1|)$$

    `x` and `y` are the voltages of two capacitors, `z` the current of the coil. The right-hand side is linear in each
    of three regions, so the Jacobian jumps at $x = \pm 1$ [@matsumoto1984].

    **Arguments**: `alpha` 9 and `beta` 100/7, the ratios of the elements; `m0` -8/7 and `m1` -5/7, the inner and outer
    slopes of the resistor. Chua's papers call the slopes `a` and `b`.

    **Good values**: `alpha=9` double scroll, chaotic, exponents in [@sprott2003, appendix A]; `alpha=8.2` periodic.
    """

    alpha: Any = param(9.0)
    beta: Any = param(100 / 7)
    m0: Any = param(-8 / 7)
    m1: Any = param(-5 / 7)

    card: ClassVar = Card(
        title="Chua's circuit",
        equation=(
            r"\dot x = \alpha (y - x - g(x)),\ \dot y = x - y + z,\ \dot z = -\beta y,"
            r"\ g(x) = m_1 x + \tfrac12 (m_0 - m_1)(|x+1| - |x-1|)"
        ),
        field="electronics",
        cite=("matsumoto1984", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-1.0882, -0.1887, 0.1871),
        period=2.2,
        dt=0.03,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "piecewise", "electronics"}),
        presets={"chaotic": {"alpha": 9.0}, "periodic": {"alpha": 8.2}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (1.5, 0.0, -1.5), (-1.5, 0.0, 1.5)),
                Source.EXACT,
                "x = -z = (m1 - m0) / (1 + m1), y = 0",
                1e-13,
            ),
            "symmetry": Known((-1, -2, -3), Source.EXACT, "odd", 1e-13),
            "lyapunov": Known((0.3271, 0.0, -2.5197), Source.PAPER, "sprott2003, appendix A", 1e-2),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        g = self.m1 * x + 0.5 * (self.m0 - self.m1) * (jnp.abs(x + 1) - jnp.abs(x - 1))
        return self.alpha * (y - x - g), x - y + z, -self.beta * y
