"""Chen and Ueta's relative of the Lorenz system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Chen"]

_WING = (3.0 * (2 * 28.0 - 35.0)) ** 0.5


class Chen(Flow):
    r"""Chen's system: the Lorenz flow with feedback, found by making a stable flow chaotic.

    $$\dot x = a (y - x), \quad \dot y = (c - a) x - x z + c y, \quad \dot z = x y - b z$$

    Against Lorenz's system the sign of the linear term in $\dot y$ is the other one [@chen1999yet]. Besides the origin
    there are two fixed points, $x = y = \pm\sqrt{b(2c - a)}$, $z = 2c - a$, stable up to a Hopf bifurcation at
    $c = \frac12(\sqrt{(3a - b)^2 + 8a^2} - 3a + b) \approx 20.07$.

    **Arguments**: `a` 35, `b` 3 and `c` 28, without dimension.

    Exponents in [@sprott2003, appendix A].

    **Good values**: `c=28` chaotic; `c=18` settles on one of the two fixed points.
    """

    a: Any = param(35.0)
    b: Any = param(3.0)
    c: Any = param(28.0)

    card: ClassVar = Card(
        title="Chen",
        equation=r"\dot x = a (y - x),\ \dot y = (c - a) x - x z + c y,\ \dot z = x y - b z",
        field="mathematics",
        cite=("chen1999yet", "sprott2003"),
        variables=("x", "y", "z"),
        state=(0.21079, 2.5993, 21.054),
        period=0.6,
        dt=0.006,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"c": 28.0}, "fixed point": {"c": 18.0}},
        known={
            "divergence": Known(-10.0, Source.EXACT, "c - a - b", 1e-11),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (_WING, _WING, 21.0), (-_WING, -_WING, 21.0)),
                Source.EXACT,
                "x = y = +-sqrt(b (2 c - a)), z = 2 c - a",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "bifurcation:c": Known(
                ((102**2 + 8 * 35**2) ** 0.5 - 102) / 2, Source.EXACT, "Hopf of the two fixed points", 1e-11
            ),
            "lyapunov": Known((2.0272, 0.0, -12.0272), Source.PAPER, "sprott2003, appendix A", 2e-2),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * (y - x), (self.c - self.a) * x - x * z + self.c * y, x * y - self.b * z
