"""The Willamowski-Rössler reaction."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["WillamowskiRossler"]


class WillamowskiRossler(Flow):
    r"""Willamowski and Rössler's reaction: chaos from elementary steps of mass action.

    $$\dot x = k_1 x - k_{-1} x^2 - k_2 x y + k_{-2} y^2 - k_4 x z + k_{-4}, \quad
    \dot y = k_2 x y - k_{-2} y^2 - k_3 y + k_{-3}, \quad \dot z = k_5 z - k_{-5} z^2 - k_4 x z + k_{-4}$$

    `x`, `y`, `z` are concentrations; `x` grows autocatalytically, feeds `y`, and is removed together with `z`, which
    grows on its own. Every step is reversible and at most bimolecular [@willamowski1980].

    **Arguments**: `k1` 30, `k2` 1, `k3` 10, `k4` 1, `k5` 16.5: forward rates; `km1` 0.25, `km2` 1e-4, `km3` 1e-3,
    `km4` 1e-3, `km5` 0.5: reverse rates.

    **Good values**: `km1=0.25` chaotic; `km1=0.4` periodic.
    """

    k1: Any = param(30.0)
    km1: Any = param(0.25)
    k2: Any = param(1.0)
    km2: Any = param(1e-4)
    k3: Any = param(10.0)
    km3: Any = param(1e-3)
    k4: Any = param(1.0)
    km4: Any = param(1e-3)
    k5: Any = param(16.5)
    km5: Any = param(0.5)

    card: ClassVar = Card(
        title="Willamowski-Rössler",
        equation=(
            r"\dot x = k_1 x - k_{-1} x^2 - k_2 x y + k_{-2} y^2 - k_4 x z + k_{-4},\ "
            r"\dot y = k_2 x y - k_{-2} y^2 - k_3 y + k_{-3},\ \dot z = k_5 z - k_{-5} z^2 - k_4 x z + k_{-4}"
        ),
        field="chemistry",
        cite=("willamowski1980",),
        variables=("x", "y", "z"),
        state=(22.9255, 7.39064, 8.69261),
        period=0.76,
        dt=0.005,
        transient=20.0,
        symbols={"k_{-1}": "km1", "k_{-2}": "km2", "k_{-3}": "km3", "k_{-4}": "km4", "k_{-5}": "km5"},
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"km1": 0.25}, "periodic": {"km1": 0.4}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.k1 * x - self.km1 * x * x - self.k2 * x * y + self.km2 * y * y - self.k4 * x * z + self.km4,
            self.k2 * x * y - self.km2 * y * y - self.k3 * y + self.km3,
            self.k5 * z - self.km5 * z * z - self.k4 * x * z + self.km4,
        )
