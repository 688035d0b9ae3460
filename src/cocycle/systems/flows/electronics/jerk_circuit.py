"""Sprott's jerk circuit with a diode."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["JerkCircuit"]


class JerkCircuit(Flow):
    r"""Sprott's jerk circuit: three integrators and a diode.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = -z - x - \varepsilon (e^{y/y_0} - 1)$$

    The diode's current, with the saturation current $\varepsilon$ and the thermal voltage $y_0$, is the only
    nonlinearity [@sprott2011]. The origin is the only fixed point; without the diode it is unstable, the diode limits
    `y` from above. A change of $\varepsilon$ and $y_0$ only stretches the attractor a little.

    **Arguments**: `eps` 1e-9 and `y0` 0.026, of the diode.
    """

    eps: Any = param(1e-9)
    y0: Any = param(0.026)

    card: ClassVar = Card(
        title="Jerk circuit",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = -z - x - \varepsilon (e^{y/y_0} - 1)",
        symbols={r"\varepsilon": "eps", r"y_0": "y0"},
        field="electronics",
        cite=("sprott2011",),
        variables=("x", "y", "z"),
        state=(-1.7721, -0.21976, 1.1067),
        period=9.7,
        dt=0.06,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, -z - x - self.eps * (jnp.exp(y / self.y0) - 1)
