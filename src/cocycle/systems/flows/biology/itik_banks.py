"""Itik and Banks' cancer model."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ItikBanks"]


class ItikBanks(Flow):
    r"""Itik and Banks' model of a tumour among healthy and immune cells, with a chaotic attractor.

    $$\dot x = x (1 - x) - a_{12} x y - a_{13} x z, \quad \dot y = r_2 y (1 - y) - a_{21} x y, \quad
    \dot z = \frac{r_3 x z}{x + k_3} - a_{31} x z - d_3 z$$

    `x`, `y`, `z` are the scaled numbers of tumour, healthy and effector immune cells; at the default parameters they
    vary chaotically [@itik2010].

    **Arguments**: `a12` 1, `a13` 2.5: loss of tumour to the others; `r2` 0.6, `a21` 1.5: growth and loss of healthy
    cells; `r3` 4.5, `k3` 1, `a31` 0.2, `d3` 0.5: recruitment, loss and death of effector cells.

    **Good values**: `r2=0.6` chaotic; `r2=0.4` periodic.
    """

    a12: Any = param(1.0)
    a13: Any = param(2.5)
    a21: Any = param(1.5)
    a31: Any = param(0.2)
    r2: Any = param(0.6)
    r3: Any = param(4.5)
    k3: Any = param(1.0)
    d3: Any = param(0.5)

    card: ClassVar = Card(
        title="Cancer model (Itik-Banks)",
        equation=(
            r"\dot x = x (1 - x) - a_{12} x y - a_{13} x z,\ \dot y = r_2 y (1 - y) - a_{21} x y,\ "
            r"\dot z = \frac{r_3 x z}{x + k_3} - a_{31} x z - d_3 z"
        ),
        field="biology",
        cite=("itik2010",),
        variables=("x", "y", "z"),
        state=(0.0466863, 0.893119, 0.00112735),
        period=35.0,
        dt=0.3,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"r2": 0.6}, "periodic": {"r2": 0.4}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
                Source.EXACT,
                "no cells; tumour alone; healthy cells alone",
                1e-14,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            x * (1 - x - self.a12 * y - self.a13 * z),
            y * (self.r2 * (1 - y) - self.a21 * x),
            z * (self.r3 * x / (x + self.k3) - self.a31 * x - self.d3),
        )
