"""A cubic jerk equation, named after Arneodo or after Coullet."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Arneodo"]


class Arneodo(Flow):
    r"""The cubic jerk flow known as Arneodo's or Coullet's system.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = a x - b y - c z - d x^3$$

    As one equation, $\dddot x + c \ddot x + b \dot x = a x - d x^3$: the normal form of a triple instability with the
    symmetry $x \to -x$. Fixed points are 0 and $(\pm\sqrt{a/d}, 0, 0)$; the latter two are stable for $b c > 2 a$.
    Named after [@coullet1979].

    **Arguments**: `a` 5.5, `b` 3.5, `c` 1, `d` 1.

    **Good values**: the defaults chaotic; `Arneodo.preset("coullet")` chaotic; `b=6` periodic; `b=12` fixed point.
    """

    a: Any = param(5.5)
    b: Any = param(3.5)
    c: Any = param(1.0)
    d: Any = param(1.0)

    card: ClassVar = Card(
        title="Arneodo (cubic jerk)",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = a x - b y - c z - d x^3",
        field="mathematics",
        cite=("coullet1979",),
        variables=("x", "y", "z"),
        state=(0.53579, 0.41478, -0.46993),
        period=2.9,
        dt=0.03,
        transient=60.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={
            "chaotic": {"a": 5.5, "b": 3.5, "c": 1.0},
            "coullet": {"a": 0.8, "b": 1.1, "c": 0.45},
            "periodic": {"b": 6.0},
            "fixed point": {"b": 12.0},
        },
        known={
            "divergence": Known(-1.0, Source.EXACT, "-c", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (5.5**0.5, 0.0, 0.0), (-(5.5**0.5), 0.0, 0.0)),
                Source.EXACT,
                "0 and (+-sqrt(a/d), 0, 0)",
                1e-12,
            ),
            "symmetry": Known((-1, -2, -3), Source.EXACT, "(x, y, z) -> (-x, -y, -z)", 1e-12),
            "bifurcation:b": Known(11.0, Source.EXACT, "2 a / c: Hopf of the outer fixed points", 1e-12),
        },
        status=Status.DISPUTED,
        reason="parameters differ between secondary sources (b = 3.5, 4.5); the original papers were not seen",
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, self.a * x - self.b * y - self.c * z - self.d * x**3
