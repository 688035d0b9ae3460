"""A perturbed normal form of the fold-Hopf bifurcation."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["GuckenheimerHolmes"]


class GuckenheimerHolmes(Flow):
    r"""Chaos near a fold-Hopf bifurcation: a fast turn in a plane whose growth a slow third variable switches.

    $$\dot x = a x - b y + c x z + d z (x^2 + y^2), \quad \dot y = a y + b x + c y z, \quad
    \dot z = e - z^2 - f (x^2 + y^2) - a z^3$$

    The terms without `d` are the normal form of a zero and an imaginary pair of eigenvalues, symmetric under turns
    about the `z` axis, with a cubic term [@guckenheimer1983, section 7.4]; by the symmetry its motion is no more than
    a torus. The term with `d` breaks it and makes chaos. Form and constants are those of collections of attractors,
    as [@meier2003]; the book does not print them. The axis $x = y = 0$ is invariant.

    **Arguments**: `a` 0.4, growth; `b` 20.25, the rate of turning; `c` 3 and `f` 0.44, coupling; `d` 1.6, the breaking
    of the symmetry; `e` 1.7.

    **Good values**: `d=1.6` chaotic.
    """

    a: Any = param(0.4)
    b: Any = param(20.25)
    c: Any = param(3.0)
    d: Any = param(1.6)
    e: Any = param(1.7)
    f: Any = param(0.44)

    card: ClassVar = Card(
        title="Guckenheimer-Holmes",
        equation=(
            r"\dot x = a x - b y + c x z + d z (x^2 + y^2),\ \dot y = a y + b x + c y z,\ "
            r"\dot z = e - z^2 - f (x^2 + y^2) - a z^3"
        ),
        field="mathematics",
        cite=("guckenheimer1983", "meier2003"),
        variables=("x", "y", "z"),
        state=(0.23171, -0.52842, -0.48423),
        period=0.31,
        dt=0.003,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"d": 1.6}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        square = x * x + y * y
        return (
            self.a * x - self.b * y + self.c * x * z + self.d * z * square,
            self.a * y + self.b * x + self.c * y * z,
            self.e - z * z - self.f * square - self.a * z**3,
        )
