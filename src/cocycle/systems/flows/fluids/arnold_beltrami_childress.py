"""The flow of Arnold, Beltrami and Childress."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ArnoldBeltramiChildress"]

_Z = math.atan2(1 / math.sqrt(3), math.sqrt(2 / 3))


class ArnoldBeltramiChildress(Flow):
    r"""The ABC flow: a particle in a steady solution of Euler's equations whose streamlines are chaotic.

    $$\dot x = A \sin z + C \cos y, \quad \dot y = B \sin x + A \cos z, \quad \dot z = C \sin y + B \cos x$$

    The velocity is parallel to its curl and has no divergence; it has the period $2\pi$ in each direction, and the
    position is not wrapped [@arnold1965]. With one of the amplitudes zero the flow is integrable; otherwise tubes of
    regular streamlines lie in a chaotic sea. Stagnation points exist where the squares of the amplitudes can be the
    sides of a triangle [@dombre1986]; at the defaults, $3 = 2 + 1$, they just appear.

    **Arguments**: `A` $\sqrt3$, `B` $\sqrt2$, `C` 1, the amplitudes of three helical waves.

    **Good values**: the defaults chaotic; `A=B=C=1` with thin chaotic layers; `C=0` integrable.
    """

    A: Any = param(3**0.5)
    B: Any = param(2**0.5)
    C: Any = param(1.0)

    card: ClassVar = Card(
        title="ABC flow",
        equation=(r"\dot x = A \sin z + C \cos y,\ \dot y = B \sin x + A \cos z,\ \dot z = C \sin y + B \cos x"),
        field="fluids",
        cite=("arnold1965", "dombre1986"),
        variables=("x", "y", "z"),
        state=(0.5, 1.0, 2.0),
        period=7.5,
        dt=0.07,
        transient=0.0,
        unbounded=("x", "y", "z"),
        tags=frozenset({"chaotic", "conservative", "autonomous"}),
        presets={"chaotic": {"C": 1.0}, "equal": {"A": 1.0, "B": 1.0, "C": 1.0}, "integrable": {"C": 0.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "incompressible", 1e-13),
            "fixed_points": Known(
                (
                    (math.pi / 2, 0.0, _Z + math.pi),
                    (math.pi / 2, math.pi, math.pi - _Z),
                    (-math.pi / 2, 0.0, -_Z),
                    (-math.pi / 2, math.pi, _Z),
                ),
                Source.EXACT,
                "stagnation points: cos x = sin y = 0, sin z = -cos y / sqrt(3), cos z = -sin x sqrt(2/3)",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.A * jnp.sin(z) + self.C * jnp.cos(y),
            self.B * jnp.sin(x) + self.A * jnp.cos(z),
            self.C * jnp.sin(y) + self.B * jnp.cos(x),
        )
