"""Two coupled oscillators of the cell cycle."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["CellCycle"]


class CellCycle(Flow):
    r"""Romond's cell cycle: two biochemical oscillators, for DNA replication and mitosis, that inhibit each other.

    $$\dot C_1 = \frac{v_i K_{im}}{K_{im} + M_2} - \frac{v_d X_1 C_1}{K_d + C_1} - k_d C_1, \quad
    \dot M_1 = \frac{V_{M1} C_1}{K_c + C_1} \frac{1 - M_1}{K + 1 - M_1} - \frac{V_2 M_1}{K + M_1}, \quad
    \dot X_1 = \frac{V_{M3} M_1 (1 - X_1)}{K + 1 - X_1} - \frac{V_4 X_1}{K + X_1}, \quad
    \dot C_2 = \frac{v_i K_{im}}{K_{im} + M_1} - \frac{v_d X_2 C_2}{K_d + C_2} - k_d C_2, \quad
    \dot M_2 = \frac{V_{M1} C_2}{K_c + C_2} \frac{1 - M_2}{K + 1 - M_2} - \frac{V_2 M_2}{K + M_2}, \quad
    \dot X_2 = \frac{V_{M3} M_2 (1 - X_2)}{K + 1 - X_2} - \frac{V_4 X_2}{K + X_2}$$

    In each oscillator `C` is a cyclin (micromolar), `M` the active fraction of its kinase and `X` that of the
    protease that destroys the cyclin; time in minutes. Each kinase slows the synthesis of the other cyclin. Strong
    inhibition (small $K_{im}$) makes the two alternate regularly; weaker inhibition gives chaos, with periodic
    windows, and in the end the oscillations stop [@romond1999].

    **Arguments**

    - `Kim` 0.65 micromolar: the constant of the mutual inhibition.
    - `vi` 0.05, `vd` 0.025, `Kd` 0.02, `kd` 0.001: synthesis and destruction of the cyclins.
    - `VM1` 0.3, `V2` 0.15, `Kc` 0.5: the kinases; `VM3` 0.1, `V4` 0.05: the proteases; `K` 0.01: their thresholds.

    **Good values**: `Kim=0.65` and `Kim=0.3` chaotic; `Kim=0.03` alternating; `Kim=1.5` steady.
    """

    Kim: Any = param(0.65)
    vi: Any = param(0.05)
    vd: Any = param(0.025)
    Kd: Any = param(0.02)
    kd: Any = param(0.001)
    VM1: Any = param(0.3)
    V2: Any = param(0.15)
    VM3: Any = param(0.1)
    V4: Any = param(0.05)
    Kc: Any = param(0.5)
    K: Any = param(0.01)

    card: ClassVar = Card(
        title="Cell cycle (Romond)",
        equation=(
            r"\dot C_1 = \frac{v_i K_{im}}{K_{im} + M_2} - \frac{v_d X_1 C_1}{K_d + C_1} - k_d C_1,\ "
            r"\dot M_1 = \frac{V_{M1} C_1}{K_c + C_1} \frac{1 - M_1}{K + 1 - M_1} - \frac{V_2 M_1}{K + M_1},\ "
            r"\dot X_1 = \frac{V_{M3} M_1 (1 - X_1)}{K + 1 - X_1} - \frac{V_4 X_1}{K + X_1},\ "
            r"\dot C_2 = \frac{v_i K_{im}}{K_{im} + M_1} - \frac{v_d X_2 C_2}{K_d + C_2} - k_d C_2,\ "
            r"\dot M_2 = \frac{V_{M1} C_2}{K_c + C_2} \frac{1 - M_2}{K + 1 - M_2} - \frac{V_2 M_2}{K + M_2},\ "
            r"\dot X_2 = \frac{V_{M3} M_2 (1 - X_2)}{K + 1 - X_2} - \frac{V_4 X_2}{K + X_2}"
        ),
        field="biology",
        cite=("romond1999",),
        variables=("C1", "M1", "X1", "C2", "M2", "X2"),
        state=(0.650166, 0.934266, 0.988746, 0.646922, 0.933306, 0.988722),
        period=171.0,
        dt=1.0,
        transient=4000.0,
        units=("uM", "", "", "uM", "", ""),
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"Kim": 0.65}, "alternating": {"Kim": 0.03}, "steady": {"Kim": 1.5}},
        known={
            "symmetry": Known((4, 5, 6, 1, 2, 3), Source.EXACT, "exchange of the two oscillators", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        C1, M1, X1, C2, M2, X2 = x

        def cell(C, M, X, other):
            on = self.VM1 * C / (self.Kc + C) * (1 - M) / (self.K + 1 - M)
            return (
                self.vi * self.Kim / (self.Kim + other) - self.vd * X * C / (self.Kd + C) - self.kd * C,
                on - self.V2 * M / (self.K + M),
                self.VM3 * M * (1 - X) / (self.K + 1 - X) - self.V4 * X / (self.K + X),
            )

        return (*cell(C1, M1, X1, M2), *cell(C2, M2, X2, M1))
