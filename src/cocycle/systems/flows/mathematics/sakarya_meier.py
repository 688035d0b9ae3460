"""A second flow called Sakarya."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SakaryaMeier"]


class SakaryaMeier(Flow):
    r"""A flow with a product in each equation, known as Sakarya from collections of attractors.

    $$\dot x = a x + h y + s y z, \quad \dot y = -b y - p x + q x z, \quad \dot z = c z - r x y$$

    [@meier2003] gives it without a paper. It is not the flow with four wings of [@li2015wing], to which it is often
    ascribed: that one is `Sakarya`. The z axis is invariant and `z` grows on it, for $c > 0$, so that an orbit may be
    carried off: from (10.101, 3.1283, 1.7499) this happened at a time of 17,000, from the default state not within
    60,000. Whether there is an attractor is open.

    **Arguments**: `a` -1, `b` 1, `c` 1, linear rates; `h` 1 and `p` 1, linear coupling; `q` 0.4, `r` 0.3, `s` 1, the
    products.

    **Good values**: the defaults, chaotic for long.
    """

    a: Any = param(-1.0)
    b: Any = param(1.0)
    c: Any = param(1.0)
    h: Any = param(1.0)
    p: Any = param(1.0)
    q: Any = param(0.4)
    r: Any = param(0.3)
    s: Any = param(1.0)

    card: ClassVar = Card(
        title="Sakarya (Meier)",
        equation=r"\dot x = a x + h y + s y z,\ \dot y = -b y - p x + q x z,\ \dot z = c z - r x y",
        field="mathematics",
        cite=("meier2003", "li2015wing"),
        variables=("x", "y", "z"),
        state=(-2.8976, 3.8878, 3.0747),
        period=1.5,
        dt=0.015,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial", "transient-chaos"}),
        known={
            "divergence": Known(-1.0, Source.EXACT, "a - b + c", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.UNVERIFIED,
        reason="some orbits are carried off along the z axis, after thousands of turns",
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.a * x + self.h * y + self.s * y * z,
            -self.b * y - self.p * x + self.q * x * z,
            self.c * z - self.r * x * y,
        )
