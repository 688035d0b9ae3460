"""The Blasius-Huppert-Stone food web."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Blasius"]


class Blasius(Flow):
    r"""Blasius, Huppert and Stone's food web: even phases, chaotic amplitudes.

    $$\dot x = a x - \frac{\alpha_1 x y}{1 + k_1 x}, \quad
    \dot y = -b y + \frac{\alpha_1 x y}{1 + k_1 x} - \alpha_2 y z, \quad \dot z = -c (z - z_s) + \alpha_2 y z$$

    `x`, `y`, `z` are vegetation, herbivores and predators. The cycles are nearly equally long while their peaks vary
    chaotically, as those of hare and lynx; coupled webs therefore synchronise in phase [@blasius1999].

    **Arguments**: `a` 1 growth of the plants; `b` 1 death of herbivores; `c` 10 and `zs` 0.006 death of predators and
    their number without prey; `alpha1` 0.2, `k1` 0.05 and `alpha2` 1: feeding.

    **Good values**: `b=1` chaotic; `b=0.6` periodic.
    """

    a: Any = param(1.0)
    b: Any = param(1.0)
    c: Any = param(10.0)
    alpha1: Any = param(0.2)
    alpha2: Any = param(1.0)
    k1: Any = param(0.05)
    zs: Any = param(0.006)

    card: ClassVar = Card(
        title="Food web (Blasius-Huppert-Stone)",
        equation=(
            r"\dot x = a x - \frac{\alpha_1 x y}{1 + k_1 x},\ "
            r"\dot y = -b y + \frac{\alpha_1 x y}{1 + k_1 x} - \alpha_2 y z,\ "
            r"\dot z = -c (z - z_s) + \alpha_2 y z"
        ),
        field="ecology",
        cite=("blasius1999",),
        variables=("x", "y", "z"),
        state=(4.19, 5.54172, 0.0277605),
        period=6.64,
        dt=0.05,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"b": 1.0}, "periodic": {"b": 0.6}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.006),), Source.EXACT, "predators on other food alone", 1e-15),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        grazing = self.alpha1 * x * y / (1 + self.k1 * x)
        hunting = self.alpha2 * y * z
        return self.a * x - grazing, grazing - hunting - self.b * y, hunting - self.c * (z - self.zs)
