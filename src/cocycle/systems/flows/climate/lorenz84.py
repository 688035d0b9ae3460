"""Lorenz's 1984 model of the westerly wind."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["Lorenz84"]


class Lorenz84(Flow):
    r"""Lorenz's lowest-order model of the general circulation: a jet and one wave that rides on it.

    $$\dot x = -y^2 - z^2 - a x + a F, \quad \dot y = x y - b x z - y + G, \quad \dot z = b x y + x z - z$$

    `x` is the strength of the westerly jet, `y` and `z` the cosine and sine amplitudes of a superposed wave, which the
    jet carries along (the terms in `b`) and feeds at its own expense. One unit of time stands for five days
    [@lorenz1984].

    **Arguments**

    - `a`: damping of the jet relative to that of the wave, 0.25.
    - `b`: speed at which the jet displaces the wave, 4.
    - `F`: heating contrast between equator and pole, 8 (winter; 6 in summer).
    - `G`: heating contrast between land and sea, 1.

    **Good values**: `F=8, G=1` chaotic; `F=6, G=1` summer, periodic; with `G=0` the jet alone, $x = F$, is a fixed
    point.
    """

    a: Any = param(0.25)
    b: Any = param(4.0)
    F: Any = param(8.0)
    G: Any = param(1.0)

    card: ClassVar = Card(
        title="Lorenz 1984",
        equation=(r"\dot x = -y^2 - z^2 - a x + a F,\ \dot y = x y - b x z - y + G,\ \dot z = b x y + x z - z"),
        field="climate",
        cite=("lorenz1984",),
        variables=("x", "y", "z"),
        state=(0.8405, -1.9116, 0.6917),
        period=1.57,
        dt=0.02,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial", "geophysics"}),
        presets={"chaotic": {"F": 8.0}, "summer": {"F": 6.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            -y * y - z * z - self.a * (x - self.F),
            x * y - self.b * x * z - y + self.G,
            self.b * x * y + x * z - z,
        )
