"""Two stirring rods that take turns in a round vessel."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["BlinkingRotlet"]


class BlinkingRotlet(Flow):
    r"""Stirring in a round vessel by two thin turning rods, of which one at a time is on.

    $$\dot x = \partial_y \psi, \quad \dot y = -\partial_x \psi, \quad
    \psi = \sigma \left(h\, \phi(x, y, b) + (1 - h)\, \phi(x, y, -b)\right), \quad
    h = \tfrac12 \left(1 + \tanh(k \sin \tfrac{2 \pi t}{\tau})\right)$$
    $$\phi(x, y, c) = \tfrac12 \left(\ln \frac{\zeta}{\kappa} + s \frac{\gamma}{\kappa}\right), \quad
    \zeta = (x - c)^2 + y^2, \quad \kappa = 1 + c^2 r^2 - 2 c x, \quad \gamma = (1 - r^2)(1 - c^2 r^2)$$

    With `s = 1` each rod is a rotlet in a viscous fluid that sticks to the wall $r = 1$ [@meleshko1996]; with `s = 0`
    it is a vortex and its image, and the flow is Aref's blinking vortex in its vessel [@aref1984] (`BlinkingVortex` is
    the map without a wall). The default `b` makes the place of one rod a stagnation point of the other's flow. The
    papers switch at once; here `k` smooths the change. The flow is incompressible, so the exponents are a pair of
    opposite sign; the values of a known collection of chaotic flows, (5.6, -6.2), do not pair.

    **Arguments**: `sigma`, the strength, -1; `b`, the distance of the rods from the centre, 0.52988; `s`, 1 for a wall
    that holds the fluid, 0 for one along which it slips; `tau`, the period, 3; `k`, the steepness of the change, 60.

    **Good values**: `tau=3` chaotic; `BlinkingRotlet.preset("vortex")` chaotic.
    """

    sigma: Any = param(-1.0)
    b: Any = param(0.5298833894399929)
    s: Any = param(1.0)
    tau: Any = param(3.0)
    k: Any = param(60.0)

    card: ClassVar = Card(
        title="Blinking rotlet",
        equation=(
            r"\dot x = \sigma (h U(x, y, b) + (1 - h) U(x, y, -b)),\ "
            r"\dot y = \sigma (h V(x, y, b) + (1 - h) V(x, y, -b)),\ "
            r"U(x, y, c) = \frac{y}{Z(x, y, c)} - \frac{c^2 y}{K(x, y, c)} "
            r"- s \frac{y N(x, y, c)}{K(x, y, c)} - s \frac{c^2 y G(x, y, c)}{K(x, y, c)^2},\ "
            r"V(x, y, c) = \frac{c - x}{Z(x, y, c)} + \frac{c^2 x - c}{K(x, y, c)} "
            r"+ s \frac{x N(x, y, c)}{K(x, y, c)} + s \frac{(c^2 x - c) G(x, y, c)}{K(x, y, c)^2},\ "
            r"Z(x, y, c) = (x - c)^2 + y^2,\ K(x, y, c) = 1 + c^2 (x^2 + y^2) - 2 c x,\ "
            r"G(x, y, c) = (1 - x^2 - y^2) (1 - c^2 (x^2 + y^2)),\ N(x, y, c) = 1 + c^2 - 2 c^2 (x^2 + y^2),\ "
            r"h = \frac{1 + \tanh(k \sin(2 \pi t / \tau))}{2}"
        ),
        field="fluids",
        cite=("meleshko1996", "aref1984"),
        variables=("x", "y"),
        state=(-0.0681, 0.0739),
        period=3.0,
        dt=0.03,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "forced"}),
        presets={"chaotic": {"tau": 3.0}, "vortex": {"s": 0.0, "b": 0.5}},
        known={"divergence": Known(0.0, Source.EXACT, "incompressible", 1e-10)},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return self.tau

    def vector_field(self, t, x):
        h = (1 + jnp.tanh(self.k * jnp.sin(2 * jnp.pi * t / self.tau))) / 2
        return self.sigma * (h * self._around(x[0], x[1], self.b) + (1 - h) * self._around(x[0], x[1], -self.b))

    def _around(self, x, y, c):
        """Velocity of the rod at `(c, 0)`: the curl of the stream function."""
        square = x * x + y * y
        near = (x - c) ** 2 + y * y
        image = 1 + c * c * square - 2 * c * x
        wall = (1 - square) * (1 - c * c * square) / image
        bend = 1 + c * c - 2 * c * c * square
        common = 1 / near - (c * c + self.s * (bend + c * c * wall)) / image  # turns about the centre
        return jnp.stack([y * common, -x * common + c / near - c * (1 + self.s * wall) / image])
