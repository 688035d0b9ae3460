"""Györgyi and Field's model of the Belousov-Zhabotinsky reaction."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["BelousovZhabotinsky"]


class BelousovZhabotinsky(Flow):
    r"""Györgyi and Field's three-variable model of chaos in the Belousov-Zhabotinsky reaction in a flow reactor.

    $$\dot x = T_0 [-k_1 H y x + \frac{k_2 A H^2 y}{X_0} - 2 k_3 X_0 x^2 + \frac12 g (C - Z_0 z) \sqrt{x} - \frac12
    k_5 Z_0 x z - k_f x], \quad
    \dot z = T_0 [g \frac{X_0}{Z_0} (C - Z_0 z) \sqrt{x} - k_5 X_0 x z - \alpha k_6 V_0 z v - \beta k_7 M z - k_f
    z], \quad
    \dot v = T_0 [\frac{2 k_1 H X_0 y x}{V_0} + \frac{k_2 A H^2 y}{V_0} + \frac{k_3 X_0^2 x^2}{V_0} - \alpha k_6 Z_0
    z v - k_f v], \quad
    y = \frac{\alpha k_6 Z_0 V_0 z v}{k_1 H X_0 x + k_2 A H^2 + k_f}, \quad
    g = k_4 A^{1/2} H^{3/2} X_0^{-1/2}, \quad X_0 = \frac{k_2 A H^2}{k_5}, \quad Z_0 = \frac{C A}{40 M}, \quad
    V_0 = \frac{4 A H C}{M^2}, \quad T_0 = \frac{1}{10 k_2 A H C}$$

    `x`, `z`, `v` are bromous acid, the oxidised catalyst and bromomalonic acid in units of $X_0$, $Z_0$, $V_0$; time
    is in units of $T_0$ (2309 s), and `y`, bromide in mol/l, follows the others at once. With the flow rate the
    oscillations double their period into chaos [@gyorgyi1992].

    **Arguments**

    - `kf`: the flow rate, 3.5e-4 per second.
    - `A` 0.1, `M` 0.25, `H` 0.26, `C` 0.000833: concentrations of bromate, malonic acid, acid and cerium, mol/l.
    - `k1` 4e6, `k2` 2, `k3` 3000, `k4` 55.2, `k5` 7000, `k6` 0.09, `k7` 0.23: rate constants, in powers of mol/l and
      s.
    - `alpha` 6000/9 and `beta` 8/23: how much faster the two slow reactions run here.

    **Good values**: `kf=3.5e-4` chaotic; `kf=3e-4` periodic.
    """

    kf: Any = param(3.5e-4)
    A: Any = param(0.1)
    M: Any = param(0.25)
    H: Any = param(0.26)
    C: Any = param(0.000833)
    k1: Any = param(4e6)
    k2: Any = param(2.0)
    k3: Any = param(3000.0)
    k4: Any = param(55.2)
    k5: Any = param(7000.0)
    k6: Any = param(0.09)
    k7: Any = param(0.23)
    alpha: Any = param(6000 / 9)
    beta: Any = param(8 / 23)

    card: ClassVar = Card(
        title="Belousov-Zhabotinsky (Györgyi-Field)",
        equation=(
            r"\dot x = T_0 [-k_1 H y x + \frac{k_2 A H^2 y}{X_0} - 2 k_3 X_0 x^2 + \frac12 g (C - Z_0 z) "
            r"\sqrt{x} - \frac12 k_5 Z_0 x z - k_f x],\ "
            r"\dot z = T_0 [g \frac{X_0}{Z_0} (C - Z_0 z) \sqrt{x} - k_5 X_0 x z - \alpha k_6 V_0 z v - \beta "
            r"k_7 M z - k_f z],\ "
            r"\dot v = T_0 [\frac{2 k_1 H X_0 y x}{V_0} + \frac{k_2 A H^2 y}{V_0} + \frac{k_3 X_0^2 x^2}{V_0} - "
            r"\alpha k_6 Z_0 z v - k_f v],\ "
            r"y = \frac{\alpha k_6 Z_0 V_0 z v}{k_1 H X_0 x + k_2 A H^2 + k_f},\ "
            r"g = k_4 A^{1/2} H^{3/2} X_0^{-1/2},\ X_0 = \frac{k_2 A H^2}{k_5},\ Z_0 = \frac{C A}{40 M},\ "
            r"V_0 = \frac{4 A H C}{M^2},\ T_0 = \frac{1}{10 k_2 A H C}"
        ),
        field="chemistry",
        cite=("gyorgyi1992",),
        variables=("x", "z", "v"),
        state=(0.0505307, 0.640362, 0.849271),
        period=0.017,
        dt=0.00015,
        transient=1.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "fast-slow"}),
        presets={"chaotic": {"kf": 3.5e-4}, "periodic": {"kf": 3e-4}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, z, v = x
        A, M, H, C = self.A, self.M, self.H, self.C
        X0, Z0, V0 = self.k2 * A * H * H / self.k5, C * A / (40 * M), 4 * A * H * C / (M * M)
        slow, feed = self.alpha * self.k6, self.k2 * A * H * H
        y = slow * Z0 * V0 * z * v / (self.k1 * H * X0 * x + feed + self.kf)
        growth = self.k4 * jnp.sqrt(A * H * H * H * x / X0) * (C - Z0 * z)
        dx = -self.k1 * H * y * x + feed * y / X0 - 2 * self.k3 * X0 * x * x + (growth - self.k5 * Z0 * x * z) / 2
        dz = growth * X0 / Z0 - self.k5 * X0 * x * z - slow * V0 * z * v - self.beta * self.k7 * M * z
        dv = (2 * self.k1 * H * X0 * y * x + feed * y + self.k3 * X0 * X0 * x * x) / V0 - slow * Z0 * z * v
        per_second = 10 * self.k2 * A * H * C
        return (dx - self.kf * x) / per_second, (dz - self.kf * z) / per_second, (dv - self.kf * v) / per_second
