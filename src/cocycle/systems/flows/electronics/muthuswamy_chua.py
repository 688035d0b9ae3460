"""The circuit of Muthuswamy and Chua."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MuthuswamyChua"]


class MuthuswamyChua(Flow):
    r"""The simplest chaotic circuit: a coil, a capacitor and a memristor in series.

    $$\dot x = \frac{y}{C}, \quad \dot y = -\frac{x + \beta (z^2 - 1)\, y}{L}, \quad \dot z = -y - \alpha z + y z$$

    `x` is the voltage of the capacitor, `y` the current and `z` the internal state of the memristor, whose resistance
    is $\beta (z^2 - 1)$ [@muthuswamy2010].

    **Arguments**: `C` capacitance 1; `L` inductance 3; `beta` 1.5 and `alpha` 0.6, strength and relaxation of the
    memristor.

    **Good values**: `alpha=0.6` chaotic; `alpha=1.2` periodic.
    """

    C: Any = param(1.0)
    L: Any = param(3.0)
    beta: Any = param(1.5)
    alpha: Any = param(0.6)

    card: ClassVar = Card(
        title="Muthuswamy-Chua circuit",
        equation=(r"\dot x = \frac{y}{C},\ \dot y = -\frac{x + \beta (z^2 - 1) y}{L},\ \dot z = -y - \alpha z + y z"),
        field="electronics",
        cite=("muthuswamy2010",),
        variables=("x", "y", "z"),
        state=(-0.37666, -0.59072, 0.35297),
        period=11.6,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"alpha": 0.6}, "periodic": {"alpha": 1.2}},
        known={"fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin, the only one", 1e-14)},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y / self.C, -(x + self.beta * (z * z - 1) * y) / self.L, -y - self.alpha * z + y * z
