"""The Jansen-Rit cortical column."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["JansenRit"]


class JansenRit(Flow):
    r"""Jansen and Rit's cortical column: the alpha rhythm of the electroencephalogram.

    $$\dot y_0 = y_3, \quad \dot y_1 = y_4, \quad \dot y_2 = y_5, \quad
    \dot y_3 = A a S(y_1 - y_2) - 2 a y_3 - a^2 y_0, \quad
    \dot y_4 = A a [p + \frac45 C S(C y_0)] - 2 a y_4 - a^2 y_1, \quad
    \dot y_5 = B b \frac{C}{4} S(\frac{C}{4} y_0) - 2 b y_5 - b^2 y_2, \quad
    S(v) = \frac{2 e_0}{1 + e^{r (v_0 - v)}}$$

    $y_0$, $y_1$, $y_2$ are postsynaptic potentials in millivolts, of the interneurons and, from excitation and
    inhibition, of the pyramidal cells; $y_1 - y_2$ stands for the electroencephalogram; time in seconds
    [@jansen1995]. For a constant input `p` the column oscillates at about 10 Hz between Hopf bifurcations at $p =
    89.83$ and $p = 315.70$ [@grimbert2006]; for `p` between 113.58 and 137.38 large spikes at 3 Hz coexist.

    **Arguments**

    - `p` 220: the input, pulses per second; `C` 135: the number of synapses.
    - `A` 3.25 and `B` 22 mV: sizes, `a` 100 and `b` 50 per second: rates of excitation and inhibition.
    - `e0` 2.5 per second, `v0` 6 mV, `r` 0.56 per millivolt: the response of a population.

    **Good values**: `p=220` alpha rhythm; `p=350` steady.
    """

    p: Any = param(220.0)
    A: Any = param(3.25)
    B: Any = param(22.0)
    a: Any = param(100.0)
    b: Any = param(50.0)
    C: Any = param(135.0)
    e0: Any = param(2.5)
    v0: Any = param(6.0)
    r: Any = param(0.56)

    card: ClassVar = Card(
        title="Jansen-Rit",
        equation=(
            r"\dot y_0 = y_3,\ \dot y_1 = y_4,\ \dot y_2 = y_5,\ "
            r"\dot y_3 = A a S(y_1 - y_2) - 2 a y_3 - a^2 y_0,\ "
            r"\dot y_4 = A a [p + \frac45 C S(C y_0)] - 2 a y_4 - a^2 y_1,\ "
            r"\dot y_5 = B b \frac{C}{4} S(\frac{C}{4} y_0) - 2 b y_5 - b^2 y_2,\ "
            r"S(v) = \frac{2 e_0}{1 + e^{r (v_0 - v)}}"
        ),
        field="neuroscience",
        cite=("jansen1995", "grimbert2006"),
        variables=("y0", "y1", "y2", "y3", "y4", "y5"),
        state=(0.1, 20.0, 15.0, 0.0, 0.0, 0.0),
        period=0.0914,
        dt=0.0009,
        transient=3.0,
        units=("mV", "mV", "mV", "mV/s", "mV/s", "mV/s"),
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"alpha": {"p": 220.0}, "steady": {"p": 350.0}},
        known={
            "divergence": Known(-500.0, Source.EXACT, "-2 (2 a + b)", 1e-9),
            "bifurcation:p": Known(315.70, Source.PAPER, "grimbert2006, upper Hopf", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        y0, y1, y2, y3, y4, y5 = x

        def rate(v):
            return 2 * self.e0 / (1 + jnp.exp(self.r * (self.v0 - v)))

        a, b = self.a, self.b
        return (
            y3,
            y4,
            y5,
            self.A * a * rate(y1 - y2) - 2 * a * y3 - a * a * y0,
            self.A * a * (self.p + 0.8 * self.C * rate(self.C * y0)) - 2 * a * y4 - a * a * y1,
            self.B * b * self.C / 4 * rate(self.C / 4 * y0) - 2 * b * y5 - b * b * y2,
        )
