"""Wilson and Cowan's populations."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["WilsonCowan"]


class WilsonCowan(Flow):
    r"""Wilson and Cowan's coupled populations of excitatory and inhibitory neurons.

    $$\tau \dot E = -E + (k_e - r E) S_e, \quad \tau \dot I = -I + (k_i - r I) S_i, \quad
    S_e = \frac{1}{1 + e^{-a_e (c_1 E - c_2 I + P - \theta_e)}} - \frac{1}{1 + e^{a_e \theta_e}}, \quad
    S_i = \frac{1}{1 + e^{-a_i (c_3 E - c_4 I + Q - \theta_i)}} - \frac{1}{1 + e^{a_i \theta_i}}, \quad
    k_e = 1 - \frac{1}{1 + e^{a_e \theta_e}}, \quad k_i = 1 - \frac{1}{1 + e^{a_i \theta_i}}$$

    `E` and `I` are the active fractions of the two populations; time in milliseconds. Without input they rest at
    zero; an input `P` to the excitatory cells makes them oscillate, other couplings make them bistable [@wilson1972].

    **Arguments**

    - `P` 1.25 and `Q` 0: the inputs; `c1` 16, `c2` 12, `c3` 15, `c4` 3: the couplings.
    - `ae` 1.3, `theta_e` 4, `ai` 2, `theta_i` 3.7: slopes and thresholds; `r` 1: refractoriness; `tau` 8 ms.

    **Good values**: `P=1.25` oscillates; `P=0` rest.
    """

    P: Any = param(1.25)
    Q: Any = param(0.0)
    c1: Any = param(16.0)
    c2: Any = param(12.0)
    c3: Any = param(15.0)
    c4: Any = param(3.0)
    ae: Any = param(1.3)
    ai: Any = param(2.0)
    theta_e: Any = param(4.0)
    theta_i: Any = param(3.7)
    r: Any = param(1.0)
    tau: Any = param(8.0)

    card: ClassVar = Card(
        title="Wilson-Cowan",
        equation=(
            r"\tau \dot E = -E + (k_e - r E) S_e,\ \tau \dot I = -I + (k_i - r I) S_i,\ "
            r"S_e = \frac{1}{1 + e^{-a_e (c_1 E - c_2 I + P - \theta_e)}} - \frac{1}{1 + e^{a_e \theta_e}},\ "
            r"S_i = \frac{1}{1 + e^{-a_i (c_3 E - c_4 I + Q - \theta_i)}} - \frac{1}{1 + e^{a_i \theta_i}},\ "
            r"k_e = 1 - \frac{1}{1 + e^{a_e \theta_e}},\ k_i = 1 - \frac{1}{1 + e^{a_i \theta_i}}"
        ),
        field="neuroscience",
        cite=("wilson1972",),
        variables=("E", "I"),
        state=(0.151497, 0.1164),
        period=40.0,
        dt=0.4,
        transient=500.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"P": 1.25}, "rest": {"P": 0.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        E, I = x  # noqa: E741 - the symbol of the field

        def response(drive, slope, threshold):
            at_rest = 1 / (1 + jnp.exp(slope * threshold))
            return 1 / (1 + jnp.exp(-slope * (drive - threshold))) - at_rest, 1 - at_rest

        Se, ke = response(self.c1 * E - self.c2 * I + self.P, self.ae, self.theta_e)
        Si, ki = response(self.c3 * E - self.c4 * I + self.Q, self.ai, self.theta_i)
        return (-E + (ke - self.r * E) * Se) / self.tau, (-I + (ki - self.r * I) * Si) / self.tau
