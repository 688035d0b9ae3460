"""A wildfire."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["Wildfire"]


class Wildfire(PeriodicField):
    r"""A wildfire: temperature and fuel on a ring or a periodic square, with wind.

    $$T_t = k\, \nabla^2 T - w\, T_x + A \big(S\, R(T) - C\, (T - T_a)\big), \quad S_t = -C_S\, S\, R(T), \quad
    R = e^{-B / (T - T_a)}$$

    Burning needs heat, as in Arrhenius' law, but not at all at the temperature $T_a$ of the air, where $R = 0$: a spark
    goes out or starts a front that travels with a fixed speed and profile and leaves burnt ground behind
    [@asensio2002; @mandel2008]. Once all has burnt the ground cools to $T_a$.

    The state holds $T$ in kelvin on `n` points a side, then the share $S$ of fuel that is left. Fronts are some metres
    wide; two points per metre resolve them.

    **Arguments**: `k` 0.2136 m2/s diffusivity of heat; `A` 187.93 K/s heating and `B` 558.49 K activation; `C`
    4.8372e-5 /K cooling; `Cs` 0.1625 /s burning; `Ta` 300 K air; `wind` 0 m/s along the first axis; `length` 60 m of a
    side; `n` 128 grid points a side (static); `dimensions` 1 or 2 (static).
    """

    k: Any = param(0.2136)
    A: Any = param(187.93)
    B: Any = param(558.49)
    C: Any = param(4.8372e-5)
    Cs: Any = param(0.1625)
    Ta: Any = param(300.0)
    wind: Any = param(0.0)
    length: Any = param(60.0)
    n: int = eqx.field(default=128, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Wildfire",
        equation=r"T_t = k \nabla^2 T - w T_x + A (S R - C (T - T_a)),\ S_t = -C_S S R,\ "
        r"R = \begin{cases} e^{-B / (T - T_a)} & T > T_a \\ 0 & \text{otherwise} \end{cases}",
        field="climate",
        cite=("asensio2002", "mandel2008"),
        variables=("T", "S"),
        units=("K", "1"),
        symbols={"C_S": "Cs", "w": "wind"},
        period=20.0,
        dt=0.5,
        transient=3000.0,
        tags=frozenset({"excitable", "dissipative", "autonomous", "pde"}),
        presets={"calm": {"wind": 0.0}, "windy": {"wind": 0.1}},
        known={
            "fixed_points": Known(
                (constant(128, 300.0, 1.0), constant(128, 300.0, 0.0)), Source.EXACT, "untouched and burnt", 1e-10
            )
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        # a spark in untouched fuel
        away = sum(1 - jnp.cos(angle - 2.0) for angle in self.angles)
        return self.state(self.Ta + 900 * jnp.exp(-away * (self.length / 15) ** 2), 1.0)

    def linear(self):
        heat = self.k * self.laplacian - self.wind * self.slopes[0] - self.A * self.C
        return jnp.stack([heat, jnp.zeros_like(heat)])

    def nonlinear(self, t, modes):
        del t
        T, S = self.backward(modes)
        excess = T - self.Ta
        rate = jnp.where(excess > 0, jnp.exp(-self.B / jnp.where(excess > 0, excess, 1.0)), 0.0)
        burning = self.forward(S * rate)
        return jnp.stack([self.A * (burning + self.C * self.Ta * self.unit), -self.Cs * burning])
