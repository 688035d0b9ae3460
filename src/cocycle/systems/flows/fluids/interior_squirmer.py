"""Stirring by a moving wall."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["InteriorSquirmer"]


class InteriorSquirmer(Flow):
    r"""Slow viscous flow in a disc whose wall slides along itself: a swimmer turned inside out stirs its contents.

    $$\dot x = \partial_y \psi, \quad \dot y = -\partial_x \psi, \quad \psi = (1 - r^2) \sum_n r^n
    \left(h a_n \cos n\theta - (1 - h) g_n \sin n\theta\right), \quad
    h = \tfrac12 \left(1 + \tanh(k \sin \tfrac{2 \pi t}{\tau})\right)$$

    $\psi$ is the stream function of a Stokes flow without normal velocity at the wall $r = 1$, where the fluid slips
    with $2 \sum_n (\dots)$: the swimming of a cylinder [@blake1971] seen from inside. The wall takes turns between the
    cosines and the sines, and particles move chaotically, as in the mixer of [@aref1984]. The flow is incompressible,
    so the exponents are a pair of opposite sign; in Cartesian coordinates nothing happens at the centre. A known
    collection of chaotic flows gives exponents of its form in polar coordinates which do not pair.

    **Arguments**: `a` and `g`, amplitudes of the cosines and the sines, five times 1/2 each; `tau`, the period, 3; `k`,
    the steepness of the change, 60.

    **Good values**: `tau=3` chaotic.
    """

    a: Any = param((0.5, 0.5, 0.5, 0.5, 0.5))
    g: Any = param((0.5, 0.5, 0.5, 0.5, 0.5))
    tau: Any = param(3.0)
    k: Any = param(60.0)

    card: ClassVar = Card(
        title="Interior squirmer",
        equation=(
            r"\dot x = -2 y P - (1 - r^2) B,\ \dot y = 2 x P - (1 - r^2) A,\ "
            r"P = \sum_{n=1}^{5} r^n (h a_n \cos(n \theta) - (1 - h) g_n \sin(n \theta)),\ "
            r"A = \sum_{n=1}^{5} n r^{n-1} (h a_n \cos((n - 1) \theta) - (1 - h) g_n \sin((n - 1) \theta)),\ "
            r"B = \sum_{n=1}^{5} n r^{n-1} (h a_n \sin((n - 1) \theta) + (1 - h) g_n \cos((n - 1) \theta)),\ "
            r"r = \sqrt{x^2 + y^2},\ \theta = \arg(x + \mathrm i y),\ "
            r"h = \frac{1 + \tanh(k \sin(2 \pi t / \tau))}{2}"
        ),
        field="fluids",
        cite=("blake1971", "aref1984"),
        variables=("x", "y"),
        state=(0.1, 0.1),
        period=3.0,
        dt=0.03,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "forced"}),
        presets={"chaotic": {"tau": 3.0}},
        known={"divergence": Known(0.0, Source.EXACT, "incompressible", 1e-11)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return self.tau

    def vector_field(self, t, x):
        x, y = x
        h = (1 + jnp.tanh(self.k * jnp.sin(2 * jnp.pi * t / self.tau))) / 2
        z = x + 1j * y
        value, slope = 0.0 * z, 0.0 * z  # of the polynomial whose real part is the sum, by Horner's rule
        for c in (*reversed(h * self.a + 1j * (1 - h) * self.g), 0.0):
            value, slope = value * z + c, slope * z + value
        sum_, wall = jnp.real(value), 1 - x * x - y * y
        return -2 * y * sum_ - wall * jnp.imag(slope), 2 * x * sum_ - wall * jnp.real(slope)
