"""The circadian clock of Drosophila."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["DrosophilaClock"]


class DrosophilaClock(Flow):
    r"""Goldbeter's model of the circadian clock of the fruit fly: the protein PER represses its own gene.

    $$\dot M = \frac{v_s K_I^n}{K_I^n + P_N^n} - \frac{v_m M}{K_m + M}, \quad \dot P_0 = k_s M - r_1 + r_2, \quad
    \dot P_1 = r_1 - r_2 - r_3 + r_4, \quad
    \dot P_2 = r_3 - r_4 - k_1 P_2 + k_2 P_N - \frac{v_d P_2}{K_d + P_2}, \quad \dot P_N = k_1 P_2 - k_2 P_N, \quad
    r_1 = \frac{V_1 P_0}{K_1 + P_0}, \quad r_2 = \frac{V_2 P_1}{K_2 + P_1}, \quad
    r_3 = \frac{V_3 P_1}{K_3 + P_1}, \quad r_4 = \frac{V_4 P_2}{K_4 + P_2}$$

    `M` is the messenger RNA, $P_0$, $P_1$, $P_2$ the protein with none, one and two phosphates, and $P_N$ that in the
    nucleus; in micromolar, time in hours. The period is close to 24 h [@goldbeter1995].

    **Arguments**

    - `vs` 0.76, `KI` 1, `n` 4: transcription and its repression; `vm` 0.65, `Km` 0.5: decay of the RNA.
    - `ks` 0.38: translation; `vd` 0.95, `Kd` 0.2: decay of the protein; `k1` 1.9 and `k2` 1.3: transport.
    - `V1` 3.2, `V2` 1.58, `V3` 5, `V4` 2.5, `K1`, `K2`, `K3`, `K4` 2: phosphorylation and its reversal.

    **Good values**: `vs=0.76` oscillates; `vs=0.3` steady.
    """

    vs: Any = param(0.76)
    vm: Any = param(0.65)
    vd: Any = param(0.95)
    ks: Any = param(0.38)
    k1: Any = param(1.9)
    k2: Any = param(1.3)
    V1: Any = param(3.2)
    V2: Any = param(1.58)
    V3: Any = param(5.0)
    V4: Any = param(2.5)
    K1: Any = param(2.0)
    K2: Any = param(2.0)
    K3: Any = param(2.0)
    K4: Any = param(2.0)
    Km: Any = param(0.5)
    KI: Any = param(1.0)
    Kd: Any = param(0.2)
    n: Any = param(4.0)

    card: ClassVar = Card(
        title="Circadian clock of Drosophila",
        equation=(
            r"\dot M = \frac{v_s K_I^n}{K_I^n + P_N^n} - \frac{v_m M}{K_m + M},\ \dot P_0 = k_s M - r_1 + r_2,\ "
            r"\dot P_1 = r_1 - r_2 - r_3 + r_4,\ "
            r"\dot P_2 = r_3 - r_4 - k_1 P_2 + k_2 P_N - \frac{v_d P_2}{K_d + P_2},\ "
            r"\dot P_N = k_1 P_2 - k_2 P_N,\ r_1 = \frac{V_1 P_0}{K_1 + P_0},\ "
            r"r_2 = \frac{V_2 P_1}{K_2 + P_1},\ r_3 = \frac{V_3 P_1}{K_3 + P_1},\ "
            r"r_4 = \frac{V_4 P_2}{K_4 + P_2}"
        ),
        field="biology",
        cite=("goldbeter1995",),
        variables=("M", "P0", "P1", "P2", "PN"),
        state=(2.64357, 1.24302, 0.624496, 0.397659, 0.519161),
        period=23.66,
        dt=0.2,
        transient=300.0,
        units=("uM", "uM", "uM", "uM", "uM"),
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"vs": 0.76}, "steady": {"vs": 0.3}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        M, P0, P1, P2, PN = x
        silence = self.KI**self.n
        first = self.V1 * P0 / (self.K1 + P0) - self.V2 * P1 / (self.K2 + P1)
        second = self.V3 * P1 / (self.K3 + P1) - self.V4 * P2 / (self.K4 + P2)
        inward = self.k1 * P2 - self.k2 * PN
        return (
            self.vs * silence / (silence + PN**self.n) - self.vm * M / (self.Km + M),
            self.ks * M - first,
            first - second,
            second - inward - self.vd * P2 / (self.Kd + P2),
            inward,
        )
