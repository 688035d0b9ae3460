"""Sprott's simple chaotic flow, case H."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottH"]


class SprottH(Flow):
    r"""Sprott's case H: a linear spiral in $x, y$, driven by the square of a relaxing variable.

    $$\dot x = -y + z^2, \quad \dot y = x + a y, \quad \dot z = x - z$$

    Case F in other coordinates, $(x, y, z)_H = (x + y + z, x - (1 + a) y, x)_F$ [@sprott1994, table I]. The fixed
    points are 0 and $(-1/a, 1/a^2, -1/a)$.

    **Arguments**: `a`, 0.5.

    **Good values**: `a=0.5` chaotic; `a=0.3` periodic.
    """

    a: Any = param(0.5)

    card: ClassVar = Card(
        title="Sprott H",
        equation=r"\dot x = -y + z^2,\ \dot y = x + a y,\ \dot z = x - z",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(1.2836, -0.27208, 0.52973),
        period=5.4,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.5}, "periodic": {"a": 0.3}},
        known={
            "divergence": Known(-0.5, Source.EXACT, "a - 1", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (-2.0, 4.0, -2.0)), Source.EXACT, "0 and (-1/a, 1/a^2, -1/a)", 1e-12
            ),
            "lyapunov": Known((0.117, 0.0, -0.617), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -y + z * z, x + self.a * y, x - z
