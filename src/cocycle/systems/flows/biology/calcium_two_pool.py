"""Calcium oscillations by calcium-induced release."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["CalciumTwoPool"]


class CalciumTwoPool(Flow):
    r"""Goldbeter, Dupont and Berridge's two-pool model of calcium oscillations.

    $$\dot Z = v_0 + v_1 \beta - v_2 + v_3 + k_f Y - k Z, \quad \dot Y = v_2 - v_3 - k_f Y, \quad
    v_2 = \frac{V_{M2} Z^n}{K_2^n + Z^n}, \quad v_3 = \frac{V_{M3} Y^m Z^p}{(K_R^m + Y^m) (K_A^p + Z^p)}$$

    `Z` is calcium in the cytosol and `Y` in the sensitive store, in micromolar; time in seconds. Calcium releases
    more of itself; between two values of the stimulus $\beta$ it oscillates [@goldbeter1990].

    **Arguments**

    - `beta` 0.301: the degree of stimulation.
    - `v0` 1, `v1` 7.3, `k` 10: entry into and loss from the cell; `kf` 1: leak of the store.
    - `VM2` 65, `K2` 1, `n` 2: pump into the store.
    - `VM3` 500, `KR` 2, `KA` 0.9, `m` 2, `p` 4: release from it.

    **Good values**: `beta=0.301` oscillates; `beta=0` and `beta=1` steady.
    """

    beta: Any = param(0.301)
    v0: Any = param(1.0)
    v1: Any = param(7.3)
    VM2: Any = param(65.0)
    VM3: Any = param(500.0)
    K2: Any = param(1.0)
    KR: Any = param(2.0)
    KA: Any = param(0.9)
    k: Any = param(10.0)
    kf: Any = param(1.0)
    m: Any = param(2.0)
    n: Any = param(2.0)
    p: Any = param(4.0)

    card: ClassVar = Card(
        title="Calcium-induced calcium release (two pools)",
        equation=(
            r"\dot Z = v_0 + v_1 \beta - v_2 + v_3 + k_f Y - k Z,\ \dot Y = v_2 - v_3 - k_f Y,\ "
            r"v_2 = \frac{V_{M2} Z^n}{K_2^n + Z^n},\ v_3 = \frac{V_{M3} Y^m Z^p}{(K_R^m + Y^m) (K_A^p + Z^p)}"
        ),
        field="biology",
        cite=("goldbeter1990",),
        variables=("Z", "Y"),
        state=(0.26874, 1.98442),
        period=2.08,
        dt=0.01,
        transient=20.0,
        units=("uM", "uM"),
        tags=frozenset({"periodic", "dissipative", "autonomous", "fast-slow"}),
        presets={"oscillating": {"beta": 0.301}, "resting": {"beta": 0.0}, "saturated": {"beta": 1.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        Z, Y = x
        pump = self.VM2 * Z**self.n / (self.K2**self.n + Z**self.n)
        opening = Z**self.p / (self.KA**self.p + Z**self.p)
        release = self.VM3 * opening * Y**self.m / (self.KR**self.m + Y**self.m)
        exchange = release + self.kf * Y - pump
        return self.v0 + self.v1 * self.beta + exchange - self.k * Z, -exchange
