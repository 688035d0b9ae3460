"""The Bloch equations of magnetic resonance."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Bloch"]

_Q = 1 + 0.5**2 * 5**2 + 10 * 5


class Bloch(Flow):
    r"""The Bloch equations: nuclear spins in a static field and a rotating one, seen from the rotating frame.

    $$\dot x = \Delta y - \frac{x}{T_2}, \quad \dot y = \Omega z - \Delta x - \frac{y}{T_2}, \quad
    \dot z = -\Omega y - \frac{z - M}{T_1}$$

    `x`, `y`, `z` are the components of the magnetisation, `z` along the static field [@bloch1946]. It nutates with
    the Rabi frequency $\sqrt{\Omega^2 + \Delta^2}$ and settles, for $s = 1 + \Delta^2 T_2^2 + \Omega^2 T_1 T_2$, at
    $(\Omega\Delta T_2^2,\ \Omega T_2,\ 1 + \Delta^2 T_2^2)\,M/s$. The equations are linear: the exponents are the real
    parts of three eigenvalues, with the sum $-1/T_1 - 2/T_2$.

    **Arguments**: `Delta` detuning 1/2 and `Omega` strength 1 of the rotating field, as frequencies; `T1` and `T2`
    times of longitudinal and transversal relaxation, 10 and 5; `M` equilibrium magnetisation, 1.

    **Good values**: the defaults; `Delta=0` at resonance.
    """

    Delta: Any = param(0.5)
    Omega: Any = param(1.0)
    T1: Any = param(10.0)
    T2: Any = param(5.0)
    M: Any = param(1.0)

    card: ClassVar = Card(
        title="Bloch equations",
        equation=(
            r"\dot x = \Delta y - \frac{x}{T_2},\ \dot y = \Omega z - \Delta x - \frac{y}{T_2},\ "
            r"\dot z = -\Omega y - \frac{z - M}{T_1}"
        ),
        field="physics",
        cite=("bloch1946",),
        variables=("x", "y", "z"),
        state=(0.0, 0.0, 1.0),
        period=2 * math.pi / 1.25**0.5,
        dt=0.05,
        transient=100.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous"}),
        presets={"detuned": {"Delta": 0.5}, "resonant": {"Delta": 0.0}},
        known={
            "divergence": Known(-(1 / 10 + 2 / 5), Source.EXACT, "-(1/T1 + 2/T2)", 1e-13),
            "fixed_points": Known(
                ((0.5 * 5**2 / _Q, 5 / _Q, (1 + 0.5**2 * 5**2) / _Q),), Source.EXACT, "the steady state", 1e-13
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.Delta * y - x / self.T2,
            self.Omega * z - self.Delta * x - y / self.T2,
            -self.Omega * y - (z - self.M) / self.T1,
        )
