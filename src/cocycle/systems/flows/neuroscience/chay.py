"""Chay's excitable cell."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["Chay"]


def _linoid(x):
    # x / (1 - exp(-x)), smooth through 0
    small = jnp.abs(x) < 1e-3
    safe = jnp.where(small, 1.0, x)
    return jnp.where(small, 1 + x / 2 + x * x / 12, safe / -jnp.expm1(-safe))


class Chay(Flow):
    r"""Chay's three-variable model of an excitable cell: bursts, spikes and chaos.

    $$\dot V = g_I m^3 h (V_I - V) + g_{KV} n^4 (V_K - V) + g_{KC} \frac{c}{1 + c} (V_K - V) + g_L (V_L - V), \quad
    \dot n = \lambda_n [\frac{0.01 (V + 20)}{1 - e^{-(V + 20)/10}} (1 - n) - 0.125 e^{-(V + 30)/80} n], \quad
    \dot c = \rho [m^3 h (V_C - V) - k_C c], \quad m = \frac{a}{a + b}, \quad
    a = \frac{0.1 (V + 25)}{1 - e^{-(V + 25)/10}}, \quad b = 4 e^{-(V + 50)/18}, \quad h = \frac{p}{p + q}, \quad
    p = 0.07 e^{-(V + 50)/20}, \quad q = \frac{1}{1 + e^{-(V + 20)/10}}$$

    `V` is the membrane potential in millivolts, `n` the gate of potassium and `c` the calcium inside, scaled; calcium
    opens further potassium channels and so ends a burst. With growing conductance $g_{KC}$ the cell passes from
    regular spikes through chaos to bursts [@chay1985]. Conductances are per capacitance, in inverse seconds.

    **Arguments**

    - `gKC`: the conductance of the channels opened by calcium, 11 per second.
    - `gI` 1800, `gKV` 1700, `gL` 7: the other conductances, per second.
    - `VI` 100, `VK` -75, `VL` -40, `VC` 100: reversal potentials, millivolt.
    - `lambda_n` 230 per second: the speed of the gate; `rho` 0.27, `kC` 3.3/18: the slow calcium.

    **Good values**: `gKC=11` chaotic; `gKC=10` regular spikes; `gKC=11.5` bursts.
    """

    gKC: Any = param(11.0)
    gI: Any = param(1800.0)
    gKV: Any = param(1700.0)
    gL: Any = param(7.0)
    VI: Any = param(100.0)
    VK: Any = param(-75.0)
    VL: Any = param(-40.0)
    VC: Any = param(100.0)
    lambda_n: Any = param(230.0)
    rho: Any = param(0.27)
    kC: Any = param(3.3 / 18)

    card: ClassVar = Card(
        title="Excitable cell (Chay)",
        equation=(
            r"\dot V = g_I m^3 h (V_I - V) + g_{KV} n^4 (V_K - V) + g_{KC} \frac{c}{1 + c} (V_K - V) + g_L (V_L "
            r"- V),\ "
            r"\dot n = \lambda_n [\frac{0.01 (V + 20)}{1 - e^{-(V + 20)/10}} (1 - n) - 0.125 e^{-(V + 30)/80} "
            r"n],\ "
            r"\dot c = \rho [m^3 h (V_C - V) - k_C c],\ m = \frac{a}{a + b},\ "
            r"a = \frac{0.1 (V + 25)}{1 - e^{-(V + 25)/10}},\ b = 4 e^{-(V + 50)/18},\ h = \frac{p}{p + q},\ "
            r"p = 0.07 e^{-(V + 50)/20},\ q = \frac{1}{1 + e^{-(V + 20)/10}}"
        ),
        field="neuroscience",
        cite=("chay1985",),
        variables=("V", "n", "c"),
        state=(-45.8717, 0.121191, 0.46781),
        period=1.07,
        dt=0.005,
        transient=30.0,
        units=("mV", "", ""),
        tags=frozenset({"chaotic", "dissipative", "autonomous", "fast-slow"}),
        presets={"chaotic": {"gKC": 11.0}, "spiking": {"gKC": 10.0}, "bursting": {"gKC": 11.5}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        V, n, c = x
        opening = _linoid((V + 25) / 10)
        m = opening / (opening + 4 * jnp.exp(-(V + 50) / 18))
        recovery = 0.07 * jnp.exp(-(V + 50) / 20)
        h = recovery / (recovery + 1 / (1 + jnp.exp(-(V + 20) / 10)))
        inward = m * m * m * h
        potassium = self.gKV * n * n * n * n + self.gKC * c / (1 + c)
        return (
            self.gI * inward * (self.VI - V) + potassium * (self.VK - V) + self.gL * (self.VL - V),
            self.lambda_n * (0.1 * _linoid((V + 20) / 10) * (1 - n) - 0.125 * jnp.exp(-(V + 30) / 80) * n),
            self.rho * (inward * (self.VC - V) - self.kC * c),
        )
