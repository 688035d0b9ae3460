"""The Pehlivan-Wei flow."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["PehlivanWei"]


class PehlivanWei(Flow):
    r"""Pehlivan and Wei's quadratic flow: chaos around two fixed points that are close to a Hopf bifurcation.

    $$\dot x = y - y z, \quad \dot y = y + y z - a x, \quad \dot z = b - x y - y^2$$

    [@pehlivan2012]. The only fixed points are $y = \pm\sqrt{a b/(a + 2)}$, $x = 2 y/a$, $z = 1$. The divergence
    $1 + z$ is not constant, so that dissipation has to come from long stays at negative `z`. The paper was not seen;
    the equation is that of secondary sources, in which `a` and `b` are the number 2.

    **Arguments**: `a` 2 and `b` 2, without dimension.

    **Good values**: the defaults chaotic.
    """

    a: Any = param(2.0)
    b: Any = param(2.0)

    card: ClassVar = Card(
        title="Pehlivan-Wei",
        equation=r"\dot x = y - y z,\ \dot y = y + y z - a x,\ \dot z = b - x y - y^2",
        field="mathematics",
        cite=("pehlivan2012",),
        variables=("x", "y", "z"),
        state=(0.4626, 0.85766, -2.6381),
        period=3.04,
        dt=0.03,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 2.0, "b": 2.0}},
        known={
            "fixed_points": Known(
                ((1.0, 1.0, 1.0), (-1.0, -1.0, 1.0)),
                Source.EXACT,
                "y = +-sqrt(a b / (a + 2)), x = 2 y / a, z = 1",
                1e-13,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y - y * z, y + y * z - self.a * x, self.b - x * y - y * y
