"""The Shimizu-Morioka model."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ShimizuMorioka"]


class ShimizuMorioka(Flow):
    r"""The Shimizu-Morioka flow: Lorenz's bifurcations in fewer terms.

    $$\dot x = y, \quad \dot y = x - \lambda y - x z, \quad \dot z = -\alpha z + x^2$$

    A model for Lorenz's flow at large Rayleigh numbers [@shimizu1980] and a normal form for its bifurcations
    [@shilnikov1993]. The fixed points are 0, a saddle, and $(\pm\sqrt\alpha, 0, 1)$, which lose stability at $\lambda
    (\lambda + \alpha) = 2$.

    **Arguments**: `lam` 0.85 ($\lambda$), damping of `y`; `alpha` 0.5, decay of `z`.

    **Good values**: `lam=0.85` chaotic; `lam=1.3` fixed point.
    """

    lam: Any = param(0.85)
    alpha: Any = param(0.5)

    card: ClassVar = Card(
        title="Shimizu-Morioka",
        equation=r"\dot x = y,\ \dot y = x - \lambda y - x z,\ \dot z = -\alpha z + x^2",
        symbols={r"\lambda": "lam"},
        field="mathematics",
        cite=("shimizu1980", "shilnikov1993"),
        variables=("x", "y", "z"),
        state=(0.11558, -0.047086, 0.56232),
        period=9.3,
        dt=0.09,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"lam": 0.85}, "fixed point": {"lam": 1.3}},
        known={
            "divergence": Known(-1.35, Source.EXACT, "-(lam + alpha)", 1e-12),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (0.5**0.5, 0.0, 1.0), (-(0.5**0.5), 0.0, 1.0)),
                Source.EXACT,
                "0 and (+-sqrt(alpha), 0, 1)",
                1e-12,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "bifurcation:lam": Known(
                (8.25**0.5 - 0.5) / 2,
                Source.EXACT,
                "(sqrt(alpha^2 + 8) - alpha)/2: Hopf of the outer fixed points",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, x - self.lam * y - x * z, -self.alpha * z + x * x
