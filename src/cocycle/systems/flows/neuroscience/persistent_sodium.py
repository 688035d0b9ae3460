"""The persistent sodium plus potassium neuron."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["PersistentSodium"]


class PersistentSodium(Flow):
    r"""Izhikevich's model of a neuron with persistent sodium and potassium: every bifurcation of rest in the plane.

    $$C \dot V = I - g_L (V - E_L) - g_{Na} m (V - E_{Na}) - g_K n (V - E_K), \quad
    \tau \dot n = \frac{1}{1 + e^{(V_n - V)/k_n}} - n, \quad m = \frac{1}{1 + e^{(V_m - V)/k_m}}$$

    `V` is the membrane potential in millivolts, `n` the activation of potassium; time in milliseconds. With the high
    threshold of potassium (the default) firing starts at a saddle-node on the cycle near $I = 4.5$, with the low one
    at a Hopf bifurcation [@izhikevich2007, chapter 4].

    **Arguments**

    - `I`: the injected current, 10 microampere per square centimetre; `C` 1: capacitance.
    - `gL` 8, `gNa` 20, `gK` 10: conductances; `EL` -80, `ENa` 60, `EK` -90: reversal potentials, millivolt.
    - `Vm` -20, `km` 15, `Vn` -25, `kn` 5: where the channels open and how steeply, millivolt; `tau` 1 ms.

    **Good values**: `I=10` fires; `I=0` rest; `PersistentSodium.preset("low threshold")` fires after a Hopf
    bifurcation.
    """

    I: Any = param(10.0)  # noqa: E741 - the symbol of the field
    C: Any = param(1.0)
    gL: Any = param(8.0)
    gNa: Any = param(20.0)
    gK: Any = param(10.0)
    EL: Any = param(-80.0)
    ENa: Any = param(60.0)
    EK: Any = param(-90.0)
    Vm: Any = param(-20.0)
    km: Any = param(15.0)
    Vn: Any = param(-25.0)
    kn: Any = param(5.0)
    tau: Any = param(1.0)

    card: ClassVar = Card(
        title="Persistent sodium plus potassium",
        equation=(
            r"C \dot V = I - g_L (V - E_L) - g_{Na} m (V - E_{Na}) - g_K n (V - E_K),\ "
            r"\tau \dot n = \frac{1}{1 + e^{(V_n - V)/k_n}} - n,\ m = \frac{1}{1 + e^{(V_m - V)/k_m}}"
        ),
        field="neuroscience",
        cite=("izhikevich2007",),
        variables=("V", "n"),
        state=(-40.0, 0.1),
        period=7.09,
        dt=0.05,
        transient=50.0,
        units=("mV", ""),
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"firing": {"I": 10.0}, "rest": {"I": 0.0}, "low threshold": {"I": 40.0, "EL": -78.0, "Vn": -45.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        V, n = x
        m = 1 / (1 + jnp.exp((self.Vm - V) / self.km))
        steady = 1 / (1 + jnp.exp((self.Vn - V) / self.kn))
        current = self.gL * (V - self.EL) + self.gNa * m * (V - self.ENa) + self.gK * n * (V - self.EK)
        return (self.I - current) / self.C, (steady - n) / self.tau
