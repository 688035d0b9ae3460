"""The symmetric flow of Arneodo, Coullet and Tresser, 1981."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ArneodoCoulletTresser"]


def _fixed() -> tuple[tuple[float, float, float], ...]:
    # x = y; besides x = 0, z = 4 alpha - mu u with u = x^2 from b u^2 + p u + q = 0
    a, b, d, m = 1.8, -0.07, 1.5, 0.02
    p, q = d * a * m + 1 - 8 * a * b * m, 16 * a * a * b - 4 * d * a * a
    root = (p * p - 4 * b * m * m * q) ** 0.5
    squares = (-2 * q / (p + root), (-p - root) / (2 * b * m * m))
    pairs = tuple((s * u**0.5, s * u**0.5, 4 * a - m * u) for u in squares for s in (1, -1))
    return ((0.0, 0.0, 0.0), (0.0, 0.0, d * a / b), *pairs)


class ArneodoCoulletTresser(Flow):
    r"""The ACT flow: chaos from symmetric homoclinic orbits.

    $$\dot x = \alpha (x - y), \quad \dot y = -4 \alpha y + x z + \mu x^3, \quad \dot z = -\delta \alpha z + x y + \beta
    z^2$$

    Made to show a route to turbulence by homoclinic orbits that split, in pairs because of the symmetry $(x, y) \to
    (-x, -y)$. With the other parameters as here the authors find a symmetric cycle at $\mu = 0.05$, a pair of mirrored
    ones at 0.034, and a strange attractor at 0.02 [@arneodo1981]. Exponents in [@sprott2003, appendix A.5.7].

    **Arguments**: `alpha` 1.8, `beta` -0.07, `delta` 1.5, `mu` 0.02.

    **Good values**: `mu=0.02` chaotic; `mu=0.034` two mirrored cycles; `mu=0.05` one symmetric cycle.
    """

    alpha: Any = param(1.8)
    beta: Any = param(-0.07)
    delta: Any = param(1.5)
    mu: Any = param(0.02)

    card: ClassVar = Card(
        title="Arneodo-Coullet-Tresser",
        equation=(
            r"\dot x = \alpha (x - y),\ "
            r"\dot y = -4 \alpha y + x z + \mu x^3,\ "
            r"\dot z = -\delta \alpha z + x y + \beta z^2"
        ),
        field="mathematics",
        cite=("arneodo1981", "sprott2003"),
        variables=("x", "y", "z"),
        state=(1.7462, 10.154, 15.601),
        period=2.39,
        dt=0.02,
        transient=60.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"mu": 0.02}, "periodic pair": {"mu": 0.034}, "periodic": {"mu": 0.05}},
        known={
            "fixed_points": Known(
                _fixed(),
                Source.EXACT,
                "(0, 0, 0), (0, 0, delta alpha / beta), and x = y = +-sqrt(u) with u from a quadratic",
                1e-8,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known((0.1634, 0.0), Source.PAPER, "sprott2003, appendix A.5.7", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            self.alpha * (x - y),
            -4 * self.alpha * y + x * z + self.mu * x**3,
            -self.delta * self.alpha * z + x * y + self.beta * z * z,
        )
