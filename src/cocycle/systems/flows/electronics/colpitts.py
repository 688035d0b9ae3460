"""The Colpitts oscillator."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Colpitts"]


class Colpitts(Flow):
    r"""The Colpitts oscillator: chaos in a circuit of one transistor, known since 1918 as a source of sine waves.

    $$\dot x_1 = \frac{g}{Q (1 - k)}\,(x_3 - n(x_2)), \quad \dot x_2 = \frac{g}{Q k}\, x_3, \quad
    \dot x_3 = -\frac{Q k (1 - k)}{g}\,(x_1 + x_2) - \frac{x_3}{Q}, \quad n(x) = e^{-x} - 1$$

    `x1` and `x2` are the voltages of the two capacitors and `x3` the current of the coil, relative to the operating
    point; `n` is the characteristic of the transistor [@kennedy1994; @maggio1999]. Oscillations begin in a Hopf
    bifurcation at $g = 1$, the condition of Barkhausen. The exponents add up to $-1/Q$.

    **Arguments**: `g` gain of the loop, $\sqrt{10}$; `Q` quality factor of the resonator, $10^{0.15}$; `k` ratio of the
    capacitors, 1/2.

    **Good values**: $g = 10^{0.5}$ chaotic; $g = 10^{0.1}$ periodic; `g=0.8` at rest.
    """

    g: Any = param(10**0.5)
    Q: Any = param(10**0.15)
    k: Any = param(0.5)

    card: ClassVar = Card(
        title="Colpitts oscillator",
        equation=(
            r"\dot x_1 = \frac{g}{Q (1 - k)} (x_3 - n(x_2)),\ \dot x_2 = \frac{g}{Q k} x_3,\ "
            r"\dot x_3 = -\frac{Q k (1 - k)}{g} (x_1 + x_2) - \frac{x_3}{Q},\ n(x) = e^{-x} - 1"
        ),
        field="electronics",
        cite=("kennedy1994", "maggio1999"),
        variables=("x1", "x2", "x3"),
        state=(-10.13072, 10.52325, 1.62501),
        period=7.0,
        dt=0.05,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"g": 10**0.5}, "periodic": {"g": 10**0.1}, "rest": {"g": 0.8}},
        known={
            "divergence": Known(-(10**-0.15), Source.EXACT, "-1/Q", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the operating point", 1e-14),
            "bifurcation:g": Known(1.0, Source.EXACT, "Hopf bifurcation of the operating point", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x1, x2, x3 = x
        g, Q, k = self.g, self.Q, self.k
        return (
            g / (Q * (1 - k)) * (x3 - jnp.expm1(-x2)),
            g / (Q * k) * x3,
            -Q * k * (1 - k) / g * (x1 + x2) - x3 / Q,
        )
