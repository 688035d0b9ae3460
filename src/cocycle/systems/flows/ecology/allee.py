"""A population with an Allee effect."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Allee"]


class Allee(Flow):
    r"""A population that needs a minimum number to survive: the strong Allee effect.

    $$\dot x = r x (1 - \frac{x}{K}) (\frac{x}{A} - 1)$$

    `x` counts the individuals. Below the threshold `A` they die out, above it they grow to the capacity `K`
    [@courchamp2008].

    **Arguments**: `r` 1 the rate of decline of a small population; `K` 1 the capacity; `A` 0.2 the threshold.
    """

    r: Any = param(1.0)
    K: Any = param(1.0)
    A: Any = param(0.2)

    card: ClassVar = Card(
        title="Allee effect",
        equation=r"\dot x = r x (1 - \frac{x}{K}) (\frac{x}{A} - 1)",
        field="ecology",
        cite=("courchamp2008",),
        variables=("x",),
        state=(0.25,),
        period=5.0,
        dt=0.05,
        transient=30.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "polynomial"}),
        known={
            "fixed_points": Known(((0.0,), (0.2,), (1.0,)), Source.EXACT, "extinction, threshold, capacity", 1e-15),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        (x,) = x
        return (self.r * x * (1 - x / self.K) * (x / self.A - 1),)
