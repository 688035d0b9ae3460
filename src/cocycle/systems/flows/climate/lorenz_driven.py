"""A Lorenz flow that drives another."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LorenzDriven"]


class LorenzDriven(Flow):
    r"""A chaotic Lorenz flow that drives a quiet one through its first variable.

    $$\dot x_1 = \sigma (y_1 - x_1), \quad \dot y_1 = x_1 (\rho_1 - z_1) - y_1, \quad \dot z_1 = x_1 y_1 - \beta z_1$$
    $$\dot x_2 = \sigma (y_2 - x_2) + \epsilon (x_1 - x_2), \quad \dot y_2 = x_2 (\rho_2 - z_2) - y_2, \quad
    \dot z_2 = x_2 y_2 - \beta z_2$$

    Nothing acts back. The first three exponents are those of [@lorenz1963] at $\rho_1$, the other three are conditional
    and tell whether the response follows: if all are negative, it is a function of the drive (generalised
    synchronisation), as the method of the auxiliary system shows [@abarbanel1996]. The response alone, at
    $\rho_2 = 1.15$, would rest.

    **Arguments**: `sigma` 10 and `beta` 8/3 of both; `rho1` 35 drive, `rho2` 1.15 response; `epsilon` 2.85.

    **Good values**: the defaults; `epsilon=0` two separate flows.
    """

    sigma: Any = param(10.0)
    beta: Any = param(8 / 3)
    rho1: Any = param(35.0)
    rho2: Any = param(1.15)
    epsilon: Any = param(2.85)

    card: ClassVar = Card(
        title="Lorenz drive and response",
        equation=(
            r"\dot x_1 = \sigma (y_1 - x_1),\ \dot y_1 = x_1 (\rho_1 - z_1) - y_1,\ "
            r"\dot z_1 = x_1 y_1 - \beta z_1,\ "
            r"\dot x_2 = \sigma (y_2 - x_2) + \epsilon (x_1 - x_2),\ \dot y_2 = x_2 (\rho_2 - z_2) - y_2,\ "
            r"\dot z_2 = x_2 y_2 - \beta z_2"
        ),
        field="climate",
        cite=("lorenz1963", "abarbanel1996"),
        variables=("x1", "y1", "z1", "x2", "y2", "z2"),
        state=(-7.9519, 0.93321, 40.726, -3.36, -0.90292, 0.84682),
        period=0.65,
        dt=0.006,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"epsilon": 2.85}},
        known={
            "divergence": Known(-2 * (11 + 8 / 3) - 2.85, Source.EXACT, "-2 (sigma + 1 + beta) - epsilon", 1e-11),
            "symmetry": Known((-1, -2, 3, -4, -5, 6), Source.EXACT, "both pairs (x, y) -> (-x, -y)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x1, y1, z1, x2, y2, z2 = x
        return (
            self.sigma * (y1 - x1),
            x1 * (self.rho1 - z1) - y1,
            x1 * y1 - self.beta * z1,
            self.sigma * (y2 - x2) + self.epsilon * (x1 - x2),
            x2 * (self.rho2 - z2) - y2,
            x2 * y2 - self.beta * z2,
        )
