"""The generator of Anishchenko and Astakhov."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["AnishchenkoAstakhov"]


class AnishchenkoAstakhov(Flow):
    r"""The generator of Anishchenko and Astakhov: an oscillator whose gain sinks, with delay, as it grows.

    $$\dot x = m x + y - x z, \quad \dot y = -x, \quad \dot z = g\,(\operatorname{H}(x)\, x^2 - z)$$

    `x` and `y` are the current and the voltage of the circuit, `z` the inertial reduction of the gain; H is the step
    function, the detector sees one half wave only. Oscillations begin in a Hopf bifurcation at $m = 0$; for larger $m$
    periods double to a spiral attractor around the saddle-focus at the origin [@anishchenko2007].

    **Arguments**: `m` excess of the gain, 1.5; `g` rate of the inertial stage, 0.2.

    **Good values**: `m=1.5` chaotic; `m=0.5` a limit cycle.
    """

    m: Any = param(1.5)
    g: Any = param(0.2)

    card: ClassVar = Card(
        title="Anishchenko-Astakhov generator",
        equation=(r"\dot x = m x + y - x z,\ \dot y = -x,\ \dot z = g (\operatorname{H}(x) x^2 - z)"),
        field="electronics",
        cite=("anishchenko2007",),
        variables=("x", "y", "z"),
        state=(3.42412, 1.53822, 1.7324),
        period=6.6,
        dt=0.07,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "piecewise"}),
        presets={"chaotic": {"m": 1.5}, "periodic": {"m": 0.5}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin, the only one", 1e-14),
            "bifurcation:m": Known(0.0, Source.EXACT, "Hopf bifurcation of the origin", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.m * x + y - x * z, -x, self.g * (jnp.where(x > 0, x * x, 0.0) - z)
