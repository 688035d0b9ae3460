"""The pancreatic beta cell."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["BetaCell"]


class BetaCell(Flow):
    r"""Sherman, Rinzel and Keizer's beta cell of the pancreas, in its reduced form: bursts on a slow potassium current.

    $$\tau \dot V = -g_{Ca} m (V - V_{Ca}) - g_K n (V - V_K) - g_S s (V - V_K), \quad
    \tau \dot n = \sigma (\frac{1}{1 + e^{(V_n - V)/\theta_n}} - n), \quad
    \tau_S \dot s = \frac{1}{1 + e^{(V_S - V)/\theta_S}} - s, \quad m = \frac{1}{1 + e^{(V_m - V)/\theta_m}}$$

    `V` is the membrane potential in millivolts, `n` the fast and `s` the slow gate of potassium; time in seconds. The
    model is a reduction of [@sherman1988] with the constants of [@mosekilde2001], where $V_S$ takes it from regular
    spikes through chaos to bursts with ever fewer spikes, and to rest.

    **Arguments**

    - `VS` -38: where the slow gate opens, millivolt.
    - `gCa` 3.6, `gK` 10, `gS` 4: conductances; `VCa` 25, `VK` -75: reversal potentials, millivolt.
    - `Vm` -20, `theta_m` 12, `Vn` -16, `theta_n` 5.6, `theta_S` 10: the other gates, millivolt.
    - `tau` 0.02 and `tau_S` 35 s: fast and slow; `sigma` 0.93: the speed of the fast gate.

    **Good values**: `VS=-38` bursts; `VS=-33` spikes; `VS=-45` rest.
    """

    VS: Any = param(-38.0)
    gCa: Any = param(3.6)
    gK: Any = param(10.0)
    gS: Any = param(4.0)
    VCa: Any = param(25.0)
    VK: Any = param(-75.0)
    Vm: Any = param(-20.0)
    Vn: Any = param(-16.0)
    theta_m: Any = param(12.0)
    theta_n: Any = param(5.6)
    theta_S: Any = param(10.0)
    tau: Any = param(0.02)
    tau_S: Any = param(35.0)
    sigma: Any = param(0.93)

    card: ClassVar = Card(
        title="Pancreatic beta cell",
        equation=(
            r"\tau \dot V = -g_{Ca} m (V - V_{Ca}) - g_K n (V - V_K) - g_S s (V - V_K),\ "
            r"\tau \dot n = \sigma (\frac{1}{1 + e^{(V_n - V)/\theta_n}} - n),\ "
            r"\tau_S \dot s = \frac{1}{1 + e^{(V_S - V)/\theta_S}} - s,\ "
            r"m = \frac{1}{1 + e^{(V_m - V)/\theta_m}}"
        ),
        field="neuroscience",
        cite=("sherman1988", "mosekilde2001"),
        variables=("V", "n", "s"),
        state=(-45.945995, 0.039397, 0.187456),
        period=8.1,
        dt=0.02,
        transient=100.0,
        units=("mV", "", ""),
        tags=frozenset({"periodic", "dissipative", "autonomous", "fast-slow"}),
        presets={"bursting": {"VS": -38.0}, "spiking": {"VS": -33.0}, "rest": {"VS": -45.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        V, n, s = x

        def gate(middle, width):
            return 1 / (1 + jnp.exp((middle - V) / width))

        calcium = self.gCa * gate(self.Vm, self.theta_m) * (V - self.VCa)
        return (
            -(calcium + (self.gK * n + self.gS * s) * (V - self.VK)) / self.tau,
            self.sigma * (gate(self.Vn, self.theta_n) - n) / self.tau,
            (gate(self.VS, self.theta_S) - s) / self.tau_S,
        )
