"""Peña and Kalnay's coupled Lorenz systems."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["PenaKalnay"]


class PenaKalnay(Flow):
    r"""Peña and Kalnay's three coupled Lorenz systems: extratropics, tropics and ocean.

    $$\dot x_e = \sigma (y_e - x_e) - c_e (S x_t + k_1), \quad \dot y_e = r x_e - y_e - x_e z_e + c_e (S y_t + k_1),
    \quad \dot z_e = x_e y_e - b z_e$$
    $$\dot x_t = \sigma (y_t - x_t) - c (S X + k_2) - c_e (S x_e + k_1),
    \quad \dot y_t = r x_t - y_t - x_t z_t + c (S Y + k_2) + c_e (S y_e + k_1),
    \quad \dot z_t = x_t y_t - b z_t + c_z Z$$
    $$\dot X = \tau \sigma (Y - X) - c (x_t + k_2), \quad \dot Y = \tau r X - \tau Y - \tau S X Z + c (y_t + k_2),
    \quad \dot Z = \tau S X Y - \tau b Z - c_z z_t$$

    A fast extratropical atmosphere (`e`) is weakly coupled to a tropical one (`t`), and that strongly to a slow ocean
    (capitals), which changes irregularly between a normal and an El Niño regime [@pena2004].

    **Arguments**: `sigma` 10, `b` 8/3, `r` 28 as in Lorenz's system; `tau` 0.1, the slowness of the ocean; `c` 1 and
    `c_z` 1, its coupling to the tropics; `c_e` 0.08, that of the two atmospheres; `S` 1, a scale of space; `k1` 10 and
    `k2` -11, offsets.

    **Good values**: the defaults; `c_e=0` leaves the extratropics alone.
    """

    sigma: Any = param(10.0)
    b: Any = param(8 / 3)
    r: Any = param(28.0)
    tau: Any = param(0.1)
    c: Any = param(1.0)
    c_z: Any = param(1.0)
    c_e: Any = param(0.08)
    S: Any = param(1.0)
    k1: Any = param(10.0)
    k2: Any = param(-11.0)

    card: ClassVar = Card(
        title="Peña-Kalnay",
        equation=(
            r"\dot x_e = \sigma (y_e - x_e) - c_e (S x_t + k_1),\ "
            r"\dot y_e = r x_e - y_e - x_e z_e + c_e (S y_t + k_1),\ \dot z_e = x_e y_e - b z_e,\ "
            r"\dot x_t = \sigma (y_t - x_t) - c (S X + k_2) - c_e (S x_e + k_1),\ "
            r"\dot y_t = r x_t - y_t - x_t z_t + c (S Y + k_2) + c_e (S y_e + k_1),\ "
            r"\dot z_t = x_t y_t - b z_t + c_z Z,\ \dot X = \tau \sigma (Y - X) - c (x_t + k_2),\ "
            r"\dot Y = \tau r X - \tau Y - \tau S X Z + c (y_t + k_2),\ \dot Z = \tau S X Y - \tau b Z - c_z z_t"
        ),
        field="climate",
        cite=("pena2004",),
        variables=("x_e", "y_e", "z_e", "x_t", "y_t", "z_t", "X", "Y", "Z"),
        state=(14.649, 11.704, 38.078, -7.2296, -8.904, 24.425, 6.7315, -13.015, -20.902),
        period=0.77,
        dt=0.008,
        transient=100.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial", "fast-slow"}),
        presets={"coupled": {"c_e": 0.08}, "extratropics alone": {"c_e": 0.0}},
        known={
            "divergence": Known(-2.1 * (11 + 8 / 3), Source.EXACT, "-(2 + tau) (sigma + 1 + b)", 1e-11),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, u, v, w, X, Y, Z = x
        sigma, b, r, tau, c, c_z, c_e, S = self.sigma, self.b, self.r, self.tau, self.c, self.c_z, self.c_e, self.S
        return (
            sigma * (y - x) - c_e * (S * u + self.k1),
            r * x - y - x * z + c_e * (S * v + self.k1),
            x * y - b * z,
            sigma * (v - u) - c * (S * X + self.k2) - c_e * (S * x + self.k1),
            r * u - v - u * w + c * (S * Y + self.k2) + c_e * (S * y + self.k1),
            u * v - b * w + c_z * Z,
            tau * sigma * (Y - X) - c * (u + self.k2),
            tau * (r * X - Y - S * X * Z) + c * (v + self.k2),
            tau * (S * X * Y - b * Z) - c_z * w,
        )
