"""Goldbeter's minimal mitotic oscillator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["MitoticOscillator"]


class MitoticOscillator(Flow):
    r"""Goldbeter's minimal cascade for the mitotic oscillator: cyclin, its kinase and a protease.

    $$\dot C = v_i - \frac{v_d X C}{K_d + C} - k_d C, \quad
    \dot M = \frac{V_{M1} C}{K_c + C} \frac{1 - M}{K + 1 - M} - \frac{V_2 M}{K + M}, \quad
    \dot X = \frac{V_{M3} M (1 - X)}{K + 1 - X} - \frac{V_4 X}{K + X}$$

    `C` is the concentration of cyclin (micromolar), `M` the active fraction of the kinase cdc2 and `X` that of the
    protease; time in minutes. The two modification cycles have sharp thresholds, so that cyclin rises and falls
    periodically [@goldbeter1991].

    **Arguments**

    - `vi` 0.025, `vd` 0.25, `Kd` 0.02, `kd` 0.01: synthesis and destruction of cyclin.
    - `VM1` 3, `V2` 1.5, `Kc` 0.5: activation and inactivation of the kinase.
    - `VM3` 1, `V4` 0.5: of the protease; `K` 0.005: the sharpness of the thresholds.

    **Good values**: `K=0.005` oscillates; `K=1` steady.
    """

    vi: Any = param(0.025)
    vd: Any = param(0.25)
    Kd: Any = param(0.02)
    kd: Any = param(0.01)
    VM1: Any = param(3.0)
    V2: Any = param(1.5)
    VM3: Any = param(1.0)
    V4: Any = param(0.5)
    Kc: Any = param(0.5)
    K: Any = param(0.005)

    card: ClassVar = Card(
        title="Mitotic oscillator (Goldbeter)",
        equation=(
            r"\dot C = v_i - \frac{v_d X C}{K_d + C} - k_d C,\ "
            r"\dot M = \frac{V_{M1} C}{K_c + C} \frac{1 - M}{K + 1 - M} - \frac{V_2 M}{K + M},\ "
            r"\dot X = \frac{V_{M3} M (1 - X)}{K + 1 - X} - \frac{V_4 X}{K + X}"
        ),
        field="biology",
        cite=("goldbeter1991",),
        variables=("C", "M", "X"),
        state=(0.296786, 0.0141954, 0.000145086),
        period=25.2,
        dt=0.2,
        transient=200.0,
        units=("uM", "", ""),
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"K": 0.005}, "steady": {"K": 1.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        C, M, X = x
        on = self.VM1 * C / (self.Kc + C) * (1 - M) / (self.K + 1 - M)
        return (
            self.vi - self.vd * X * C / (self.Kd + C) - self.kd * C,
            on - self.V2 * M / (self.K + M),
            self.VM3 * M * (1 - X) / (self.K + 1 - X) - self.V4 * X / (self.K + X),
        )
