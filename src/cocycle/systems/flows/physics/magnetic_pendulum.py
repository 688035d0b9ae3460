"""The magnetic pendulum."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MagneticPendulum"]

_Y = 0.75**0.5


class MagneticPendulum(Flow):
    r"""An iron bob that swings over three magnets: which one it ends at depends on the start in a fractal way.

    $$\dot x = u, \quad \dot y = v, \quad \dot u = -\omega^2 x - \alpha u - \sum_{i=1}^{3} \frac{x - x_i}{D_i^3}, \quad
    \dot v = -\omega^2 y - \alpha v - \sum_{i=1}^{3} \frac{y - y_i}{D_i^3}$$
    $$D_i = \sqrt{(x - x_i)^2 + (y - y_i)^2 + d^2}$$

    The magnets are at the corners $(1, 0)$, $(-\tfrac12, \pm\tfrac{\sqrt3}{2})$ of a triangle. Friction takes all
    energy in the end, so the chaos is doubly transient: even the chaotic set that makes the basins fractal fades away
    [@motter2013].

    **Arguments**: `omega` frequency 0.5 of the pendulum; `alpha` friction 0.2; `d` height 0.3 of the pendulum above the
    magnets. Length is in units of the radius of the triangle.

    **Good values**: the defaults; `alpha=0` conservative, chaotic.
    """

    omega: Any = param(0.5)
    alpha: Any = param(0.2)
    d: Any = param(0.3)

    card: ClassVar = Card(
        title="Magnetic pendulum",
        equation=(
            r"\dot x = u,\ \dot y = v,\ "
            r"\dot u = -\omega^2 x - \alpha u - \frac{x - 1}{D(x - 1, y)} - \frac{x + \frac12}{D(x + \frac12, y - c)}"
            r" - \frac{x + \frac12}{D(x + \frac12, y + c)},\ "
            r"\dot v = -\omega^2 y - \alpha v - \frac{y}{D(x - 1, y)} - \frac{y - c}{D(x + \frac12, y - c)}"
            r" - \frac{y + c}{D(x + \frac12, y + c)},\ "
            r"D(a, b) = (a^2 + b^2 + d^2)^{3/2},\ c = \frac{\sqrt{3}}{2}"
        ),
        field="physics",
        cite=("motter2013",),
        variables=("x", "y", "u", "v"),
        state=(1.3, 1.1, 0.0, 0.0),
        period=1.03,
        dt=0.01,
        transient=100.0,
        tags=frozenset({"transient-chaos", "fixed-point", "dissipative", "autonomous"}),
        presets={"damped": {"alpha": 0.2}, "conservative": {"alpha": 0.0}},
        known={
            "divergence": Known(-0.4, Source.EXACT, "-2 alpha", 1e-12),
            "fixed_points": Known(((0.0,) * 4,), Source.EXACT, "the centre, by symmetry; unstable", 1e-12),
            "symmetry": Known((1, -2, 3, -4), Source.EXACT, "mirror image", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, u, v = x
        a = x - jnp.array([1.0, -0.5, -0.5])
        b = y - jnp.array([0.0, _Y, -_Y])
        cube = (a * a + b * b + self.d * self.d) ** 1.5
        spring = self.omega * self.omega
        return (
            u,
            v,
            -spring * x - self.alpha * u - jnp.sum(a / cube),
            -spring * y - self.alpha * v - jnp.sum(b / cube),
        )
