"""Euler's free rigid body."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["RigidBody"]


def _period(i1: float, i2: float, i3: float, w: tuple[float, float, float]) -> float:
    # for i1 < i2 < i3 and M^2 > 2 E i2: 4 K(k) sqrt(i1 i2 i3 / ((i3 - i2) (M^2 - 2 E i1))), K by the AGM
    energy2 = i1 * w[0] ** 2 + i2 * w[1] ** 2 + i3 * w[2] ** 2
    square = (i1 * w[0]) ** 2 + (i2 * w[1]) ** 2 + (i3 * w[2]) ** 2
    modulus2 = (i2 - i1) * (energy2 * i3 - square) / ((i3 - i2) * (square - energy2 * i1))
    a, b = 1.0, math.sqrt(1 - modulus2)
    for _ in range(8):
        a, b = (a + b) / 2, math.sqrt(a * b)
    return 2 * math.pi / a * math.sqrt(i1 * i2 * i3 / ((i3 - i2) * (square - energy2 * i1)))


_STATE = (0.1, 1.0, 0.1)
_PERIOD = _period(1.0, 2.0, 3.0, _STATE)


class RigidBody(Flow):
    r"""A rigid body that turns freely: Euler's equations in the frame of its principal axes.

    $$I_1 \dot\omega_1 = (I_2 - I_3)\, \omega_2 \omega_3, \quad I_2 \dot\omega_2 = (I_3 - I_1)\, \omega_3 \omega_1,
    \quad I_3 \dot\omega_3 = (I_1 - I_2)\, \omega_1 \omega_2$$

    `omega1`, `omega2`, `omega3` are the components of the angular velocity. Energy and the square of the angular
    momentum are conserved, so the motion is periodic, in Jacobi's elliptic functions. Rotation about the axes of the
    smallest and the largest moment is stable, about the middle one not: there the body tumbles over and over
    [@landau1976, sections 36 and 37].

    **Arguments**: `I1` 1, `I2` 2 and `I3` 3, the principal moments of inertia. The default state turns about the middle
    axis, slightly perturbed.

    **Good values**: `I1=1` tumbling; `I1=2` a symmetric top, which precesses.
    """

    I1: Any = param(1.0)
    I2: Any = param(2.0)
    I3: Any = param(3.0)

    card: ClassVar = Card(
        title="Free rigid body",
        equation=(
            r"I_1 \dot\omega_1 = (I_2 - I_3) \omega_2 \omega_3,\ I_2 \dot\omega_2 = (I_3 - I_1) \omega_3 \omega_1,\ "
            r"I_3 \dot\omega_3 = (I_1 - I_2) \omega_1 \omega_2"
        ),
        field="physics",
        cite=("landau1976",),
        variables=("omega1", "omega2", "omega3"),
        state=_STATE,
        period=_PERIOD,
        dt=0.2,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial"}),
        presets={"tumbling": {"I1": 1.0}, "symmetric": {"I1": 2.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "no rate depends on its own variable", 1e-14),
            "fixed_points": Known(
                ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), Source.EXACT, "turning about an axis", 1e-14
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "half a turn about an axis", 1e-14),
            "reversor": Known((-1, -2, -3), Source.EXACT, "t -> -t with omega -> -omega", 1e-14),
            "period": Known(_PERIOD, Source.EXACT, "an elliptic integral of energy and angular momentum", 1e-6),
            "lyapunov": Known((0.0, 0.0, 0.0), Source.EXACT, "integrable", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        a, b, c = x
        i1, i2, i3 = self.I1, self.I2, self.I3
        return (i2 - i3) * b * c / i1, (i3 - i1) * c * a / i2, (i1 - i2) * a * b / i3

    def invariants(self, x):
        a, b, c = self.I1 * x[0], self.I2 * x[1], self.I3 * x[2]
        energy = 0.5 * (a * x[0] + b * x[1] + c * x[2])
        return {"energy": energy, "squared angular momentum": a * a + b * b + c * c}
