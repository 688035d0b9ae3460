"""Sprott's switched oscillator with an exponential."""

from typing import ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status

__all__ = ["SprottMultifractal"]


class SprottMultifractal(Flow):
    r"""An oscillator whose friction changes sign with a third variable: an attractor that nearly fills the space.

    $$\dot x = y, \quad \dot y = -x - \operatorname{sgn}(z)\, y, \quad \dot z = y^2 - e^{-x^2}$$

    Sprott's example of a multifractal, in a note that asks what a new chaotic flow should offer [@sprott2020]. It is
    reversible: $t \to -t$ with $(x, -y, -z)$ leaves it as it is, so that a repeller mirrors the attractor. There is no
    fixed point.

    The field jumps by $2 y$ at $z = 0$. Between two crossings the divergence is $-\operatorname{sgn} z$; at a crossing
    the tangent flow has a jump of its own, the saltation matrix, which the variational equation does not contain.
    Exponents from it are therefore wrong, here and in any collection that computes them so: they come out as 0. With
    $\tanh(z/\delta)$ in place of the sign, the largest is 0.16 at $\delta = 0.1$, 0.19 at 0.03 and 0.22 at 0.01.

    **Good values**: there is no parameter; chaotic.
    """

    card: ClassVar = Card(
        title="Sprott's switched multifractal",
        equation=r"\dot x = y,\ \dot y = -x - \operatorname{sgn}(z) y,\ \dot z = y^2 - e^{-x^2}",
        field="mathematics",
        cite=("sprott2020",),
        variables=("x", "y", "z"),
        state=(-1.3396906, -0.21238338, 0.32982163),
        period=6.62,
        dt=0.06,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "piecewise"}),
        known={
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "reversor": Known((1, -2, -3), Source.EXACT, "t -> -t with (x, y, z) -> (x, -y, -z)", 1e-12),
        },
        status=Status.UNVERIFIED,
        reason="the field jumps at z = 0, and the exponents computed leave out the jumps of the tangent flow",
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, -x - jnp.sign(z) * y, y * y - jnp.exp(-x * x)
