"""The Wang-Buzsáki interneuron."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["WangBuzsaki"]


def _linoid(x):
    # x / (1 - exp(-x)), smooth through 0
    small = jnp.abs(x) < 1e-3
    safe = jnp.where(small, 1.0, x)
    return jnp.where(small, 1 + x / 2 + x * x / 12, safe / -jnp.expm1(-safe))


class WangBuzsaki(Flow):
    r"""Wang and Buzsáki's fast-spiking interneuron of the hippocampus.

    $$C \dot V = I - g_{Na} m^3 h (V - E_{Na}) - g_K n^4 (V - E_K) - g_L (V - E_L), \quad
    \dot h = \phi [0.07 e^{-(V + 58)/20} (1 - h) - \frac{h}{1 + e^{-(V + 28)/10}}], \quad
    \dot n = \phi [\frac{0.01 (V + 34)}{1 - e^{-(V + 34)/10}} (1 - n) - 0.125 e^{-(V + 44)/80} n], \quad
    m = \frac{p}{p + q}, \quad p = \frac{0.1 (V + 35)}{1 - e^{-(V + 35)/10}}, \quad q = 4 e^{-(V + 60)/18}$$

    `V` is the membrane potential in millivolts; the sodium activation `m` follows it at once, `h` and `n` are the
    gates of sodium and potassium; time in milliseconds. Firing starts at zero frequency near $I = 0.16$ and reaches
    the gamma band with small currents [@wang1996].

    **Arguments**

    - `I`: the injected current, 1 microampere per square centimetre; `C` 1: capacitance.
    - `gNa` 35, `gK` 9, `gL` 0.1: conductances; `ENa` 55, `EK` -90, `EL` -65: reversal potentials, millivolt.
    - `phi` 5: the speed of the gates.

    **Good values**: `I=1` fires at 60 Hz; `I=0` rest.
    """

    I: Any = param(1.0)  # noqa: E741 - the symbol of the field
    gNa: Any = param(35.0)
    gK: Any = param(9.0)
    gL: Any = param(0.1)
    ENa: Any = param(55.0)
    EK: Any = param(-90.0)
    EL: Any = param(-65.0)
    C: Any = param(1.0)
    phi: Any = param(5.0)

    card: ClassVar = Card(
        title="Wang-Buzsáki interneuron",
        equation=(
            r"C \dot V = I - g_{Na} m^3 h (V - E_{Na}) - g_K n^4 (V - E_K) - g_L (V - E_L),\ "
            r"\dot h = \phi [0.07 e^{-(V + 58)/20} (1 - h) - \frac{h}{1 + e^{-(V + 28)/10}}],\ "
            r"\dot n = \phi [\frac{0.01 (V + 34)}{1 - e^{-(V + 34)/10}} (1 - n) - 0.125 e^{-(V + 44)/80} n],\ "
            r"m = \frac{p}{p + q},\ p = \frac{0.1 (V + 35)}{1 - e^{-(V + 35)/10}},\ q = 4 e^{-(V + 60)/18}"
        ),
        field="neuroscience",
        cite=("wang1996",),
        variables=("V", "h", "n"),
        state=(-60.0, 0.8, 0.1),
        period=16.75,
        dt=0.05,
        transient=100.0,
        units=("mV", "", ""),
        tags=frozenset({"periodic", "dissipative", "autonomous", "fast-slow"}),
        presets={"firing": {"I": 1.0}, "rest": {"I": 0.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        V, h, n = x
        opening = _linoid((V + 35) / 10)
        m = opening / (opening + 4 * jnp.exp(-(V + 60) / 18))
        current = (
            self.I
            - self.gNa * m * m * m * h * (V - self.ENa)
            - self.gK * n * n * n * n * (V - self.EK)
            - self.gL * (V - self.EL)
        )
        return (
            current / self.C,
            self.phi * (0.07 * jnp.exp(-(V + 58) / 20) * (1 - h) - h / (1 + jnp.exp(-(V + 28) / 10))),
            self.phi * (0.1 * _linoid((V + 34) / 10) * (1 - n) - 0.125 * jnp.exp(-(V + 44) / 80) * n),
        )
