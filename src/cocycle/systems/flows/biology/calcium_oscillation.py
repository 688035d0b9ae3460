"""Calcium oscillations with a varying messenger."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["CalciumOscillation"]


class CalciumOscillation(Flow):
    r"""Houart, Dupont and Goldbeter's model of calcium oscillations with the messenger IP3 as a third variable.

    $$\dot Z = V_0 + V_1 \beta - V_2 + V_3 + k_f Y - k Z, \quad \dot Y = V_2 - V_3 - k_f Y, \quad
    \dot A = \beta V_4 - \frac{V_{M5} A^p Z^n}{(K_5^p + A^p) (K_d^n + Z^n)} - \epsilon A, \quad
    V_2 = \frac{V_{M2} Z^2}{K_2^2 + Z^2}, \quad
    V_3 = \frac{V_{M3} Z^m Y^2 A^4}{(K_Z^m + Z^m) (K_Y^2 + Y^2) (K_A^4 + A^4)}$$

    `Z` is calcium in the cytosol, `Y` in the store and `A` the messenger, whose breakdown calcium activates; in
    micromolar, time in minutes. Without that feedback the oscillations are simple; with it there are bursts, chaos
    and quasi-periodic oscillations [@houart1999], as in the first form of the model [@borghans1997].

    **Arguments**

    - `beta` 0.65: the degree of stimulation.
    - `V0` 2, `V1` 2, `k` 10: entry into and loss from the cell; `kf` 1: leak of the store.
    - `VM2` 6, `K2` 0.1: pump into the store; `VM3` 30, `KZ` 0.6, `KY` 0.3, `KA` 0.1, `m` 2: release from it.
    - `V4` 3, `VM5` 50, `K5` 0.3194, `Kd` 1, `p` 1, `n` 4, `epsilon` 13: production and breakdown of the messenger.

    **Good values**: `CalciumOscillation.preset("quasi-periodic")`.
    """

    beta: Any = param(0.65)
    V0: Any = param(2.0)
    V1: Any = param(2.0)
    V4: Any = param(3.0)
    VM2: Any = param(6.0)
    VM3: Any = param(30.0)
    VM5: Any = param(50.0)
    K2: Any = param(0.1)
    K5: Any = param(0.3194)
    KA: Any = param(0.1)
    KY: Any = param(0.3)
    KZ: Any = param(0.6)
    Kd: Any = param(1.0)
    k: Any = param(10.0)
    kf: Any = param(1.0)
    epsilon: Any = param(13.0)
    m: Any = param(2.0)
    n: Any = param(4.0)
    p: Any = param(1.0)

    card: ClassVar = Card(
        title="Calcium oscillations with IP3 (Houart)",
        equation=(
            r"\dot Z = V_0 + V_1 \beta - V_2 + V_3 + k_f Y - k Z,\ \dot Y = V_2 - V_3 - k_f Y,\ "
            r"\dot A = \beta V_4 - \frac{V_{M5} A^p Z^n}{(K_5^p + A^p) (K_d^n + Z^n)} - \epsilon A,\ "
            r"V_2 = \frac{V_{M2} Z^2}{K_2^2 + Z^2},\ "
            r"V_3 = \frac{V_{M3} Z^m Y^2 A^4}{(K_Z^m + Z^m) (K_Y^2 + Y^2) (K_A^4 + A^4)}"
        ),
        field="biology",
        cite=("houart1999", "borghans1997"),
        variables=("Z", "Y", "A"),
        state=(0.35222, 0.730401, 0.130028),
        period=1.34,
        dt=0.01,
        transient=100.0,
        units=("uM", "uM", "uM"),
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={
            "chaotic": {"beta": 0.65},
            "quasi-periodic": {
                "beta": 0.51,
                "V4": 5.0,
                "VM3": 20.0,
                "VM5": 30.0,
                "K5": 0.3,
                "KA": 0.2,
                "KY": 0.2,
                "KZ": 0.5,
                "Kd": 0.5,
                "epsilon": 0.1,
                "p": 2.0,
            },
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        Z, Y, A = x
        pump = self.VM2 * Z * Z / (self.K2 * self.K2 + Z * Z)
        opening = Z**self.m / (self.KZ**self.m + Z**self.m) * A**4 / (self.KA**4 + A**4)
        release = self.VM3 * opening * Y * Y / (self.KY * self.KY + Y * Y)
        breakdown = self.VM5 * A**self.p / (self.K5**self.p + A**self.p) * Z**self.n / (self.Kd**self.n + Z**self.n)
        inward = self.V0 + self.V1 * self.beta
        return (
            inward - pump + release + self.kf * Y - self.k * Z,
            pump - release - self.kf * Y,
            self.beta * self.V4 - breakdown - self.epsilon * A,
        )
