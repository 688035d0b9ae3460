"""The homopolar dynamo of Hide, Skeldon and Acheson."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HideSkeldonAcheson"]

_X = (1 - (1 + 2 / 1.2) / 20) ** 0.5


class HideSkeldonAcheson(Flow):
    r"""A Faraday disk that drives a motor in series with its coil: a self-exciting dynamo with reversals.

    $$\dot x = x (y - 1) - \beta z, \quad \dot y = \alpha (1 - x^2) - \kappa y, \quad \dot z = x - \lambda z$$

    `x` is the current, `y` the speed of the disk and `z` that of the motor [@hide1996]. The state without a field,
    $(0, \alpha/\kappa, 0)$, loses stability in a Hopf bifurcation at $\alpha = \kappa(1 + \lambda)$ where
    $\beta > \lambda^2$, and two steady dynamos branch off it at $\alpha = \kappa(1 + \beta/\lambda)$. With
    $\beta = \kappa = 0$ it is Bullard's dynamo.

    **Arguments**: `alpha` the torque, 20; `beta` the coupling to the motor, 2; `kappa` the friction of the disk, 1;
    `lambda_` ($\lambda$) that of the motor, 1.2.

    **Good values**: `alpha=20` chaotic; `alpha=5` periodic; `alpha=1` no field.
    """

    alpha: Any = param(20.0)
    beta: Any = param(2.0)
    kappa: Any = param(1.0)
    lambda_: Any = param(1.2)

    card: ClassVar = Card(
        title="Hide-Skeldon-Acheson dynamo",
        equation=(r"\dot x = x (y - 1) - \beta z,\ \dot y = \alpha (1 - x^2) - \kappa y,\ \dot z = x - \lambda z"),
        field="physics",
        cite=("hide1996",),
        symbols={r"\lambda": "lambda_"},
        variables=("x", "y", "z"),
        state=(-2.54842, -5.47128, -0.5522),
        period=1.3,
        dt=0.013,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"alpha": 20.0}, "periodic": {"alpha": 5.0}, "no field": {"alpha": 1.0}},
        known={
            "fixed_points": Known(
                ((0.0, 20.0, 0.0), (_X, 1 + 2 / 1.2, _X / 1.2), (-_X, 1 + 2 / 1.2, -_X / 1.2)),
                Source.EXACT,
                "no field; y = 1 + beta / lambda, x^2 = 1 - kappa y / alpha, z = x / lambda",
                1e-12,
            ),
            "symmetry": Known((-1, 2, -3), Source.EXACT, "(x, y, z) -> (-x, y, -z)", 1e-12),
            "bifurcation:alpha": Known(2.2, Source.EXACT, "kappa (1 + lambda): Hopf of the state without field", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return x * (y - 1) - self.beta * z, self.alpha * (1 - x * x) - self.kappa * y, x - self.lambda_ * z
