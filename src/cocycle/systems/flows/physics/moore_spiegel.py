"""The Moore-Spiegel oscillator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MooreSpiegel"]


class MooreSpiegel(Flow):
    r"""Moore and Spiegel's oscillator: a parcel of gas on a spring, heated from outside.

    $$\dot x = y, \quad \dot y = z, \quad \dot z = -z - (T - R + R x^2) y - T x$$

    `x` is the displacement of a parcel in a stratified atmosphere, which exchanges heat with its surroundings: as one
    equation, $\dddot x + \ddot x + (T - R + R x^2) \dot x + T x = 0$ [@moore1966]. The origin is the only fixed point,
    unstable for $R > 0$. The parameters are those of [@sprott2003, appendix A.5.11], where the largest exponent is
    0.1119; from six starts and with three step sizes we find about 0.095.

    **Arguments**: `T` 6, the stiffness of the spring, and `R` 20, the strength of the thermal driving.

    **Good values**: `T=6` chaotic; `T=12` periodic.
    """

    T: Any = param(6.0)
    R: Any = param(20.0)

    card: ClassVar = Card(
        title="Moore-Spiegel",
        equation=r"\dot x = y,\ \dot y = z,\ \dot z = -z - (T - R + R x^2) y - T x",
        field="physics",
        cite=("moore1966", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-1.5248, 5.4625, -7.4518),
        period=3.3,
        dt=0.02,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"T": 6.0}, "periodic": {"T": 12.0}},
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-12),
            "symmetry": Known((-1, -2, -3), Source.EXACT, "(x, y, z) -> (-x, -y, -z)", 1e-12),
            "bifurcation:R": Known(0.0, Source.EXACT, "Hopf of the origin", 1e-12),
            "lyapunov": Known(
                (0.1119, 0.0, -1.1119),
                Source.PAPER,
                "sprott2003, appendix A.5.11",
                1e-4,
                disputed="we find 0.095 from six starts and with three step sizes",
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, z, -z - (self.T - self.R + self.R * x * x) * y - self.T * x
