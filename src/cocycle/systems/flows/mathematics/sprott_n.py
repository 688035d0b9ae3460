"""Sprott's simple chaotic flow, case N."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottN"]


class SprottN(Flow):
    r"""Sprott's case N: six terms, one quadratic, strong dissipation.

    $$\dot x = -a y, \quad \dot y = x + z^2, \quad \dot z = 1 + y - b z$$

    The fixed point is $(-1/b^2, 0, 1/b)$. It is case J in other coordinates [@sprott1994, table I], at `a=b=2` with
    $(x, y, z)_N = (-x - 1/4, z, y + 1/2)_J$.

    **Arguments**: `a` 2, `b` 2.

    **Good values**: `a=2` chaotic; `a=2.5` periodic.
    """

    a: Any = param(2.0)
    b: Any = param(2.0)

    card: ClassVar = Card(
        title="Sprott N",
        equation=r"\dot x = -a y,\ \dot y = x + z^2,\ \dot z = 1 + y - b z",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-9.8894, 7.1904, 3.3715),
        period=4.84,
        dt=0.06,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 2.0}, "periodic": {"a": 2.5}},
        known={
            "divergence": Known(-2.0, Source.EXACT, "-b", 1e-12),
            "fixed_points": Known(((-0.25, 0.0, 0.5),), Source.EXACT, "(-1/b^2, 0, 1/b)", 1e-12),
            "lyapunov": Known((0.076, 0.0, -2.076), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -self.a * y, x + z * z, 1 + y - self.b * z
