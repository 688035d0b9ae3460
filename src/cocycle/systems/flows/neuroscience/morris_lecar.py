"""The Morris-Lecar neuron."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MorrisLecar"]


class MorrisLecar(Flow):
    r"""Morris and Lecar's muscle fibre of the barnacle: excitability of both classes in the plane.

    $$C \dot V = I - g_{Ca} m (V - E_{Ca}) - g_K w (V - E_K) - g_L (V - E_L), \quad
    \dot w = \phi \cosh(\frac{V - V_3}{2 V_4}) (w_s - w), \quad m = \frac12 (1 + \tanh \frac{V - V_1}{V_2}), \quad
    w_s = \frac12 (1 + \tanh \frac{V - V_3}{V_4})$$

    `V` is the membrane potential in millivolts, `w` the open fraction of potassium channels; time in milliseconds
    [@morris1981]. With the constants of [@rinzel1998], rest loses stability at a Hopf bifurcation at $I = 93.86$
    (class 2, the default), or firing sets in at a saddle-node on the cycle near $I = 40$ (class 1, the preset
    "snic").

    **Arguments**

    - `I`: the injected current, 100 microampere per square centimetre; `C` 20: capacitance.
    - `gCa` 4.4, `gK` 8, `gL` 2: conductances, millisiemens per square centimetre.
    - `ECa` 120, `EK` -84, `EL` -60: reversal potentials, millivolt.
    - `V1` -1.2, `V2` 18, `V3` 2, `V4` 30: where the channels open and how steeply, millivolt; `phi` 0.04: their rate.

    **Good values**: `I=100` fires; `I=60` rest; `MorrisLecar.preset("snic")` fires slowly, class 1.
    """

    I: Any = param(100.0)  # noqa: E741 - the symbol of the field
    C: Any = param(20.0)
    gCa: Any = param(4.4)
    gK: Any = param(8.0)
    gL: Any = param(2.0)
    ECa: Any = param(120.0)
    EK: Any = param(-84.0)
    EL: Any = param(-60.0)
    V1: Any = param(-1.2)
    V2: Any = param(18.0)
    V3: Any = param(2.0)
    V4: Any = param(30.0)
    phi: Any = param(0.04)

    card: ClassVar = Card(
        title="Morris-Lecar",
        equation=(
            r"C \dot V = I - g_{Ca} m (V - E_{Ca}) - g_K w (V - E_K) - g_L (V - E_L),\ "
            r"\dot w = \phi \cosh(\frac{V - V_3}{2 V_4}) (w_s - w),\ "
            r"m = \frac12 (1 + \tanh \frac{V - V_1}{V_2}),\ w_s = \frac12 (1 + \tanh \frac{V - V_3}{V_4})"
        ),
        field="neuroscience",
        cite=("morris1981", "rinzel1998"),
        variables=("V", "w"),
        state=(0.0, 0.2),
        period=85.3,
        dt=0.5,
        transient=500.0,
        units=("mV", ""),
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={
            "hopf": {"I": 100.0},
            "rest": {"I": 60.0},
            "snic": {"I": 45.0, "gCa": 4.0, "V3": 12.0, "V4": 17.4, "phi": 1 / 15},
        },
        known={
            "bifurcation:I": Known(93.86, Source.PAPER, "rinzel1998, lower Hopf of the rest", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        V, w = x
        m = (1 + jnp.tanh((V - self.V1) / self.V2)) / 2
        steady = (1 + jnp.tanh((V - self.V3) / self.V4)) / 2
        calcium, potassium = self.gCa * m * (V - self.ECa), self.gK * w * (V - self.EK)
        return (
            (self.I - calcium - potassium - self.gL * (V - self.EL)) / self.C,
            self.phi * jnp.cosh((V - self.V3) / (2 * self.V4)) * (steady - w),
        )
