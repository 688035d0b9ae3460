"""The torus map of Kim and Ostlund."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["KimOstlund"]


class KimOstlund(Map):
    r"""Two circle maps, each driven by the other: motion with three frequencies, and how it locks.

    $$x_{n+1} = x_n + \omega_x - \frac{a}{2\pi} \sin 2\pi y_n \pmod 1, \quad
    y_{n+1} = y_n + \omega_y - \frac{a}{2\pi} \sin 2\pi x_n \pmod 1$$

    Up to $a = 1$ the map is invertible: its determinant is $1 - a^2 \cos 2\pi x \cos 2\pi y$. Resonances with one and
    with two integer relations fill the plane of the frequencies, and toroidal chaos grows where they meet [@kim1986;
    @baesens1991].

    **Arguments**: the frequencies `omega_x` 0.6180 and `omega_y` 0.4142; `a`, the coupling, 0.5.

    **Good values**: `a=0.5` quasi-periodic; `a=1` locked to a cycle of 23; `a=3` chaotic, both
    exponents positive.
    """

    omega_x: Any = param((5**0.5 - 1) / 2)
    omega_y: Any = param(2**0.5 - 1)
    a: Any = param(0.5)

    card: ClassVar = Card(
        title="Kim-Ostlund torus map",
        equation=(
            r"x_{n+1} = x_n + \omega_x - \frac{a}{2 \pi} \sin(2 \pi y_n) \pmod{1},\ "
            r"y_{n+1} = y_n + \omega_y - \frac{a}{2 \pi} \sin(2 \pi x_n) \pmod{1}"
        ),
        field="mathematics",
        cite=("kim1986", "baesens1991"),
        variables=("x", "y"),
        state=(0.070231, 0.63637),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"quasi-periodic", "piecewise", "phases"}),
        presets={"quasi-periodic": {"a": 0.5}, "period 23": {"a": 1.0}, "hyperchaotic": {"a": 3.0}},
        known={"bifurcation:a": Known(1.0, Source.EXACT, "no longer invertible above", 1e-12)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        turn, kick = 2 * jnp.pi, self.a / (2 * jnp.pi)
        return (
            jnp.mod(x + self.omega_x - kick * jnp.sin(turn * y), 1.0),
            jnp.mod(y + self.omega_y - kick * jnp.sin(turn * x), 1.0),
        )
