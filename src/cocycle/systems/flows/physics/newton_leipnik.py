"""The Newton-Leipnik system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["NewtonLeipnik"]


def _fixed() -> tuple[tuple[float, float, float], ...]:
    a, alpha = 0.4, 0.175
    heights = [(5 + s * (225 + 200 * a * a) ** 0.5) / 100 for s in (1, -1)]
    sides = [(alpha * z * (1 + 10 * z) / (5 * a)) ** 0.5 for z in heights]
    return ((0.0, 0.0, 0.0), *((s * x, s * a * x / (1 + 10 * z), z) for x, z in zip(sides, heights) for s in (1, -1)))


class NewtonLeipnik(Flow):
    r"""Newton and Leipnik's rigid body with linear feedback: two strange attractors at once.

    $$\dot x = -a x + y + 10 y z, \quad \dot y = -x - a y + 5 x z, \quad \dot z = \alpha z - 5 x y$$

    Euler's equations of a rotating body with a feedback torque. From (0.349, 0, -0.16) the orbit goes to the upper
    attractor, on which the default state lies, from (0.349, 0, -0.18) to the lower one [@leipnik1981]. The fixed points
    are the origin and four with $50 z^2 - 5 z = 1 + a^2$. Exponent in [@sprott2003, appendix A.5.9].

    **Arguments**: `a` 0.4, damping; `alpha` 0.175, feedback.

    **Good values**: `alpha=0.175` chaotic; `alpha=0.3` periodic.
    """

    a: Any = param(0.4)
    alpha: Any = param(0.175)

    card: ClassVar = Card(
        title="Newton-Leipnik",
        equation=r"\dot x = -a x + y + 10 y z,\ \dot y = -x - a y + 5 x z,\ \dot z = \alpha z - 5 x y",
        field="physics",
        cite=("leipnik1981", "sprott2003"),
        variables=("x", "y", "z"),
        state=(0.056706, -0.019933, 0.24836),
        period=9.7,
        dt=0.05,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"alpha": 0.175}, "periodic": {"alpha": 0.3}},
        known={
            "divergence": Known(-0.625, Source.EXACT, "alpha - 2 a", 1e-12),
            "fixed_points": Known(_fixed(), Source.EXACT, "the origin, and 50 z^2 - 5 z = 1 + a^2", 1e-12),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known((0.1421, 0.0), Source.PAPER, "sprott2003, appendix A.5.9", 3e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -self.a * x + y + 10 * y * z, -x - self.a * y + 5 * x * z, self.alpha * z - 5 * x * y
