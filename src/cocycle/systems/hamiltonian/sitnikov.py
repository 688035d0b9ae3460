"""Sitnikov's problem."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Sitnikov"]


class Sitnikov(Flow):
    r"""A massless body on the axis of a double star: it falls through the centre of mass, back and forth.

    $$\dot z = v, \quad \dot v = -\frac{z}{(z^2 + r^2)^{3/2}}, \quad \dot E = \frac{1}{1 - e \cos E},
    \quad r = \tfrac12 (1 - e \cos E)$$

    The stars have equal masses, together 1, and go round each other in the time $2\pi$ on ellipses with semi-major axis
    1/2; `E` is their eccentric anomaly (Kepler's equation is $t = E - e \sin E$), not wrapped, and `z` the height above
    their plane. With $e = 0$ the energy $\tfrac12 v^2 - 1/\sqrt{z^2 + 1/4}$ is conserved; with $e > 0$ there are orbits
    that return after any prescribed sequence of (long enough) times [@sitnikov1960; @moser1973, chapter III].

    **Arguments**: `e` eccentricity, 0.2, below 1.

    **Good values**: `e=0` integrable; `e=0.2` has tori about the plane and chaos outside.
    """

    e: Any = param(0.2)

    card: ClassVar = Card(
        title="Sitnikov problem",
        equation=(
            r"\dot z = v,\ \dot v = -\frac{z}{(z^2 + r^2)^{3/2}},\ \dot E = \frac{1}{1 - e \cos E},\ "
            r"r = \tfrac12 (1 - e \cos E)"
        ),
        field="physics",
        cite=("sitnikov1960", "moser1973"),
        variables=("z", "v", "E"),
        unbounded=("E",),
        state=(0.3, 0.0, 0.0),
        period=2.79,
        dt=0.03,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous", "phases"}),
        presets={"eccentric": {"e": 0.2}, "integrable": {"e": 0.0}},
        known={
            "symmetry": Known((-1, -2, 3), Source.EXACT, "z -> -z", 1e-13),
            "reversor": Known((1, -2, -3), Source.EXACT, "t -> -t with v -> -v, E -> -E", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        z, v, phase = x
        near = 1 - self.e * jnp.cos(phase)
        return v, -z / (z * z + near * near / 4) ** 1.5, 1 / near
