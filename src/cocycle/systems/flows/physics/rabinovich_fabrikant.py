"""The Rabinovich-Fabrikant equations."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["RabinovichFabrikant"]


def _fixed() -> tuple[tuple[float, float, float], ...]:
    # besides the origin x y = -alpha, and u = x^2 solves (4 - 3 gamma/alpha) u^2 - 4 u + alpha gamma = 0
    a, g = 1.1, 0.87
    root = (4 - 4 * a * g + 3 * g * g) ** 0.5
    squares = [(2 + s * root) / (4 - 3 * g / a) for s in (1, -1)]
    points = [(s * u**0.5, -s * a / u**0.5, 1 - u + g * u / a) for u in squares for s in (1, -1)]
    return ((0.0, 0.0, 0.0), *points)


class RabinovichFabrikant(Flow):
    r"""The Rabinovich-Fabrikant flow: waves that modulate themselves in an active medium.

    $$\dot x = y (z - 1 + x^2) + \gamma x, \quad \dot y = x (3 z + 1 - x^2) + \gamma y, \quad \dot z = -2 z (\alpha + x
    y)$$

    `x` and `y` describe the amplitude of the wave, `z` the intensity of its satellites; $\gamma$ is the growth rate of
    the wave, $\alpha$ the damping of the satellites [@rabinovich1979]. Attractors are small and many: starts nearby,
    and other parameters, often escape. The plane $z = 0$ is invariant. Exponents in [@sprott2003, appendix A.5.8].

    **Arguments**: `alpha` 1.1, `gamma` 0.87.

    **Good values**: `gamma=0.87` chaotic; `gamma=0.6` periodic.
    """

    alpha: Any = param(1.1)
    gamma: Any = param(0.87)

    card: ClassVar = Card(
        title="Rabinovich-Fabrikant",
        equation=(
            r"\dot x = y (z - 1 + x^2) + \gamma x,\ "
            r"\dot y = x (3 z + 1 - x^2) + \gamma y,\ "
            r"\dot z = -2 z (\alpha + x y)"
        ),
        field="physics",
        cite=("rabinovich1979", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-0.44738, 1.554, 1.0377),
        period=2.5,
        dt=0.02,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"gamma": 0.87}, "periodic": {"gamma": 0.6}},
        known={
            "divergence": Known(-0.46, Source.EXACT, "2 (gamma - alpha)", 1e-12),
            "fixed_points": Known(
                _fixed(), Source.EXACT, "the origin, and x y = -alpha with x^2 from a quadratic", 1e-11
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known((0.1981, 0.0, -0.6581), Source.PAPER, "sprott2003, appendix A.5.8", 3e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            y * (z - 1 + x * x) + self.gamma * x,
            x * (3 * z + 1 - x * x) + self.gamma * y,
            -2 * z * (self.alpha + x * y),
        )
