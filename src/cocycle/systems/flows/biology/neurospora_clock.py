"""The circadian clock of Neurospora."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["NeurosporaClock"]


class NeurosporaClock(Flow):
    r"""Leloup, Gonze and Goldbeter's model of the circadian clock of the fungus Neurospora.

    $$\dot M = \frac{v_s K_I^n}{K_I^n + F_N^n} - \frac{v_m M}{K_M + M}, \quad
    \dot F_C = k_s M - \frac{v_d F_C}{K_d + F_C} - k_1 F_C + k_2 F_N, \quad \dot F_N = k_1 F_C - k_2 F_N$$

    `M` is the messenger RNA of the gene frq, $F_C$ its protein in the cytosol and $F_N$ in the nucleus, where it
    represses the gene; in nanomolar, time in hours. In constant darkness the period is 21.5 h; light raises $v_s$
    [@leloup1999].

    **Arguments**

    - `vs` 1.6 nM/h, `KI` 1 nM, `n` 4: transcription and its repression; `vm` 0.505 nM/h, `KM` 0.5 nM: decay of the
      RNA.
    - `ks` 0.5 per hour: translation; `vd` 1.4 nM/h, `Kd` 0.13 nM: decay of the protein.
    - `k1` 0.5 and `k2` 0.6 per hour: transport into and out of the nucleus.

    **Good values**: `vs=1.6` oscillates; `vs=0.3` steady.
    """

    vs: Any = param(1.6)
    vm: Any = param(0.505)
    vd: Any = param(1.4)
    ks: Any = param(0.5)
    k1: Any = param(0.5)
    k2: Any = param(0.6)
    KM: Any = param(0.5)
    KI: Any = param(1.0)
    Kd: Any = param(0.13)
    n: Any = param(4.0)

    card: ClassVar = Card(
        title="Circadian clock of Neurospora",
        equation=(
            r"\dot M = \frac{v_s K_I^n}{K_I^n + F_N^n} - \frac{v_m M}{K_M + M},\ "
            r"\dot F_C = k_s M - \frac{v_d F_C}{K_d + F_C} - k_1 F_C + k_2 F_N,\ \dot F_N = k_1 F_C - k_2 F_N"
        ),
        field="biology",
        cite=("leloup1999",),
        variables=("M", "FC", "FN"),
        state=(5.20206, 2.7789, 1.436),
        period=21.5,
        dt=0.2,
        transient=300.0,
        units=("nM", "nM", "nM"),
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"vs": 1.6}, "steady": {"vs": 0.3}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        M, FC, FN = x
        silence = self.KI**self.n
        return (
            self.vs * silence / (silence + FN**self.n) - self.vm * M / (self.KM + M),
            self.ks * M - self.vd * FC / (self.Kd + FC) - self.k1 * FC + self.k2 * FN,
            self.k1 * FC - self.k2 * FN,
        )
