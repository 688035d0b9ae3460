"""Sprott's flow in which a strange attractor and invariant tori coexist."""

from typing import ClassVar

from cocycle.core import Card, Flow, Known, Source, Status

__all__ = ["SprottTorus"]


class SprottTorus(Flow):
    r"""Sprott's flow with a strange attractor beside invariant tori: both sorts of motion at once.

    $$\dot x = y + 2 x y + x z, \quad \dot y = 1 - 2 x^2 + y z, \quad \dot z = x - x^2 - y^2$$

    Reversible, so that every attractor has a mirrored repeller, and without fixed points. The start (2, 0, 0) goes to
    the attractor, the start (1, 0, 0) lies on a torus and stays there, volumes conserved on average [@sprott2014].

    **Arguments**: none.
    """

    card: ClassVar = Card(
        title="Sprott's attractor and tori",
        equation=r"\dot x = y + 2 x y + x z,\ \dot y = 1 - 2 x^2 + y z,\ \dot z = x - x^2 - y^2",
        field="mathematics",
        cite=("sprott2014",),
        variables=("x", "y", "z"),
        state=(0.069671, 0.56478, -1.1475),
        period=10.0,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        known={"reversor": Known((1, -2, -3), Source.EXACT, "t -> -t with (x, y, z) -> (x, -y, -z)", 1e-12)},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y + 2 * x * y + x * z, 1 - 2 * x * x + y * z, x - x * x - y * y
