"""The simplest piecewise linear chaotic flow."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LinzSprott"]


class LinzSprott(Flow):
    r"""The flow of Linz and Sprott: chaos from the modulus of one variable.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = -A z - y + |x| - 1$$

    As one equation, $\dddot x + A \ddot x + \dot x = |x| - 1$ [@linz1999]. The fixed points are $(\pm 1, 0, 0)$; the
    left one is a focus that is stable for $A > 1$. Exponents in [@sprott2003, appendix A.5.19].

    **Arguments**: `A`, the damping, 0.6.

    **Good values**: `A=0.6` chaotic; `A=0.7` periodic; `A=1.2` fixed point.
    """

    A: Any = param(0.6)

    card: ClassVar = Card(
        title="Linz-Sprott",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = -A z - y + |x| - 1",
        field="mathematics",
        cite=("linz1999", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-0.73705, -1.0225, 0.12297),
        period=6.5,
        dt=0.06,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "piecewise"}),
        presets={"chaotic": {"A": 0.6}, "periodic": {"A": 0.7}, "fixed point": {"A": 1.2}},
        known={
            "divergence": Known(-0.6, Source.EXACT, "-A", 1e-12),
            "fixed_points": Known(((1.0, 0.0, 0.0), (-1.0, 0.0, 0.0)), Source.EXACT, "(+-1, 0, 0)", 1e-12),
            "bifurcation:A": Known(1.0, Source.EXACT, "Hopf of (-1, 0, 0)", 1e-12),
            "lyapunov": Known((0.0362, 0.0, -0.6362), Source.PAPER, "sprott2003, appendix A.5.19", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, -self.A * z - y + jnp.abs(x) - 1
