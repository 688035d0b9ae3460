"""The flow of San-Um and Srisuchinwong."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SanUmSrisuchinwong"]


class SanUmSrisuchinwong(Flow):
    r"""The flow of San-Um and Srisuchinwong (Wimol-Banlue): two scrolls by tanh and modulus.

    $$\dot x = y - x, \quad \dot y = -z \tanh x, \quad \dot z = -\alpha + x y + |y|$$

    Symmetric under $(x, y) \to (-x, -y)$; the fixed points have $x = y$, $z = 0$ and $x^2 + |x| = \alpha$ [@sanum2012].

    **Arguments**: `alpha`, 2.
    """

    alpha: Any = param(2.0)

    card: ClassVar = Card(
        title="San-Um-Srisuchinwong (Wimol-Banlue)",
        equation=r"\dot x = y - x,\ \dot y = -z \tanh x,\ \dot z = -\alpha + x y + |y|",
        field="mathematics",
        cite=("sanum2012",),
        variables=("x", "y", "z"),
        state=(0.18886, -0.54152, 1.794),
        period=5.0,
        dt=0.05,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(
                ((1.0, 1.0, 0.0), (-1.0, -1.0, 0.0)), Source.EXACT, "x = y, z = 0, x^2 + |x| = alpha", 1e-12
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.DISPUTED,
        reason="the paper was not seen; its title says piecewise linear, secondary sources write tanh",
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y - x, -z * jnp.tanh(x), -self.alpha + x * y + jnp.abs(y)
