"""The Hodgkin-Huxley axon."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HodgkinHuxley"]


def _linoid(x):
    # x / (1 - exp(-x)), smooth through 0
    small = jnp.abs(x) < 1e-3
    safe = jnp.where(small, 1.0, x)
    return jnp.where(small, 1 + x / 2 + x * x / 12, safe / -jnp.expm1(-safe))


class HodgkinHuxley(Flow):
    r"""Hodgkin and Huxley's giant axon of the squid: the membrane potential and three gates.

    $$C \dot V = I - g_{Na} m^3 h (V - E_{Na}) - g_K n^4 (V - E_K) - g_L (V - E_L), \quad
    \dot m = \frac{0.1 (V + 40)}{1 - e^{-(V + 40)/10}} (1 - m) - 4 e^{-(V + 65)/18} m, \quad
    \dot h = 0.07 e^{-(V + 65)/20} (1 - h) - \frac{h}{1 + e^{-(V + 35)/10}}, \quad
    \dot n = \frac{0.01 (V + 55)}{1 - e^{-(V + 55)/10}} (1 - n) - 0.125 e^{-(V + 65)/80} n$$

    `V` is the membrane potential in millivolts, `m` and `h` the activation and inactivation of sodium, `n` the
    activation of potassium; time in milliseconds. The equations of [@hodgkin1952] at 6.3 degrees in the modern
    convention: outside is zero and rest near -65. With the injected current the rest loses stability in a subcritical
    Hopf bifurcation near $I = 9.78$, above the onset of firing at about 6.3, and firing ends in another near 154.5
    [@rinzel1980].

    **Arguments**

    - `I`: the injected current, 10 microampere per square centimetre.
    - `gNa` 120, `gK` 36, `gL` 0.3: conductances, millisiemens per square centimetre.
    - `ENa` 50, `EK` -77, `EL` -54.387: reversal potentials, millivolt; `C` 1: capacitance.

    **Good values**: `I=10` fires; `I=0` rest, excitable; `I=170` depolarised rest.
    """

    I: Any = param(10.0)  # noqa: E741 - the symbol of the field
    gNa: Any = param(120.0)
    gK: Any = param(36.0)
    gL: Any = param(0.3)
    ENa: Any = param(50.0)
    EK: Any = param(-77.0)
    EL: Any = param(-54.387)
    C: Any = param(1.0)

    card: ClassVar = Card(
        title="Hodgkin-Huxley",
        equation=(
            r"C \dot V = I - g_{Na} m^3 h (V - E_{Na}) - g_K n^4 (V - E_K) - g_L (V - E_L),\ "
            r"\dot m = \frac{0.1 (V + 40)}{1 - e^{-(V + 40)/10}} (1 - m) - 4 e^{-(V + 65)/18} m,\ "
            r"\dot h = 0.07 e^{-(V + 65)/20} (1 - h) - \frac{h}{1 + e^{-(V + 35)/10}},\ "
            r"\dot n = \frac{0.01 (V + 55)}{1 - e^{-(V + 55)/10}} (1 - n) - 0.125 e^{-(V + 65)/80} n"
        ),
        field="neuroscience",
        cite=("hodgkin1952", "rinzel1980"),
        variables=("V", "m", "h", "n"),
        state=(-60.0, 0.1, 0.5, 0.35),
        period=14.6,
        dt=0.05,
        transient=100.0,
        units=("mV", "", "", ""),
        tags=frozenset({"periodic", "dissipative", "autonomous", "fast-slow"}),
        presets={"firing": {"I": 10.0}, "rest": {"I": 0.0}, "depolarised": {"I": 170.0}},
        known={
            "bifurcation:I": Known(9.78, Source.PAPER, "rinzel1980, subcritical Hopf of the rest", 6e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        V, m, h, n = x
        current = (
            self.I
            - self.gNa * m * m * m * h * (V - self.ENa)
            - self.gK * n * n * n * n * (V - self.EK)
            - self.gL * (V - self.EL)
        )
        return (
            current / self.C,
            _linoid((V + 40) / 10) * (1 - m) - 4 * jnp.exp(-(V + 65) / 18) * m,
            0.07 * jnp.exp(-(V + 65) / 20) * (1 - h) - h / (1 + jnp.exp(-(V + 35) / 10)),
            0.1 * _linoid((V + 55) / 10) * (1 - n) - 0.125 * jnp.exp(-(V + 65) / 80) * n,
        )
