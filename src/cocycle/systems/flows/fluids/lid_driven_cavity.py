"""A cavity stirred by its lids in turn."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LidDrivenCavity"]


class LidDrivenCavity(Flow):
    r"""A particle in slow viscous flow in a wide cavity, stirred now from the left, now from the right.

    $$\dot x = w_1 \sin(k_1 x) f'_1(y) + w_2 \sin(k_2 x) f'_2(y), \quad
    \dot y = -w_1 k_1 \cos(k_1 x) f_1(y) - w_2 k_2 \cos(k_2 x) f_2(y)$$
    $$f_n(y) = y \sinh(k_n y) \cosh(k_n b) - b \sinh(k_n b) \cosh(k_n y), \quad k_n = \frac{n \pi}{a}, \quad
    w_1 = \frac{\pm 2 U_1}{\sinh 2 k_1 b + 2 k_1 b}, \quad w_2 = \frac{2 U_2}{\sinh 2 k_2 b + 2 k_2 b}$$

    The cavity is $0 < x < a$, $-b < y < b$; the flow is an exact solution of Stokes's equation whose lids move with the
    velocity $\pm U_1 \sin k_1 x + U_2 \sin k_2 x$, opposite at top and bottom. The sign is + in the first half of each
    period `tau` and - in the second, which mirrors the flow. Periodic points, or sets that are nearly cyclic, move
    around each other like stirring rods and braid the fluid [@grover2012].

    **Arguments**: `a` width 6; `b` half height 1; `U1` 9.92786 and `U2` 8.34932, speeds of the lids; `tau` period 1.

    **Good values**: `tau=1` chaotic; `tau=0.1` nearly integrable.
    """

    a: Any = param(6.0)
    b: Any = param(1.0)
    U1: Any = param(9.92786)
    U2: Any = param(8.34932)
    tau: Any = param(1.0)

    card: ClassVar = Card(
        title="Lid-driven cavity",
        equation=(
            r"\dot x = w_1 \sin(k_1 x) g(y, k_1) + w_2 \sin(k_2 x) g(y, k_2),\ "
            r"\dot y = -w_1 k_1 \cos(k_1 x) f(y, k_1) - w_2 k_2 \cos(k_2 x) f(y, k_2),\ "
            r"f(y, k) = y \sinh(k y) \cosh(k b) - b \sinh(k b) \cosh(k y),\ "
            r"g(y, k) = (\sinh(k y) + k y \cosh(k y)) \cosh(k b) - b k \sinh(k b) \sinh(k y),\ "
            r"w_1 = \frac{2 s U_1}{\sinh(2 k_1 b) + 2 k_1 b},\ w_2 = \frac{2 U_2}{\sinh(2 k_2 b) + 2 k_2 b},\ "
            r"k_1 = \frac{\pi}{a},\ k_2 = \frac{2 \pi}{a},\ "
            r"s = \begin{cases} 1 & t \bmod \tau < \tau / 2 \\ -1 & \text{otherwise} \end{cases}"
        ),
        field="fluids",
        cite=("grover2012",),
        variables=("x", "y"),
        state=(3.1, 0.2),
        period=1.0,
        dt=0.02,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "forced"}),
        presets={"chaotic": {"tau": 1.0}, "nearly integrable": {"tau": 0.1}},
        known={"divergence": Known(0.0, Source.EXACT, "incompressible", 1e-11)},
        status=Status.UNVERIFIED,
        reason="long runs of the tangent flow leave the cavity through round-off at the walls",
    )

    @property
    def forcing_period(self):
        return self.tau

    def vector_field(self, t, x):
        x, y = x
        first = jnp.mod(t, self.tau) < 0.5 * self.tau
        speed = jnp.stack([jnp.where(first, self.U1, -self.U1), self.U2])
        k, b = jnp.array([1.0, 2.0]) * jnp.pi / self.a, self.b
        weight = 2 * speed / (jnp.sinh(2 * k * b) + 2 * k * b)
        f = y * jnp.sinh(k * y) * jnp.cosh(k * b) - b * jnp.sinh(k * b) * jnp.cosh(k * y)
        slope = (jnp.sinh(k * y) + k * y * jnp.cosh(k * y)) * jnp.cosh(k * b) - b * k * jnp.sinh(k * b) * jnp.sinh(
            k * y
        )
        return jnp.sum(weight * jnp.sin(k * x) * slope), -jnp.sum(weight * k * jnp.cos(k * x) * f)
