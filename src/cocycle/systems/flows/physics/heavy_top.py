"""The heavy top."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HeavyTop"]


class HeavyTop(Flow):
    r"""A rigid body that turns about a fixed point under gravity: the equations of Euler and Poisson.

    $$I_1 \dot\omega_1 = (I_2 - I_3)\, \omega_2 \omega_3 + c_3 \gamma_2 - c_2 \gamma_3, \quad
    \dot\gamma_1 = \omega_3 \gamma_2 - \omega_2 \gamma_3, \quad \text{and cyclically}$$

    In the frame of the principal axes `omega1`, `omega2`, `omega3` are the components of the angular velocity and
    `gamma1`, `gamma2`, `gamma3` those of the upward vertical, a unit vector; `c` is the position of the centre of mass
    times the weight. Energy, the vertical angular momentum and $|\gamma|^2$ are conserved. A fourth integral exists for
    all starts in three cases only: $c = 0$ (Euler), $I_1 = I_2$ and $c_1 = c_2 = 0$ (Lagrange), $I_1 = I_2 = 2 I_3$ and
    $c_3 = 0$ (Kovalevskaya) [@kowalevski1889; @arnold1989]; otherwise there is chaos [@galgani1981].

    **Arguments**: `I1` 1, `I2` 2 and `I3` 3, the principal moments of inertia; `c1` 1, `c2` 0 and `c3` 1.

    **Good values**: the presets `chaotic`, `lagrange` and `kovalevskaya`.
    """

    I1: Any = param(1.0)
    I2: Any = param(2.0)
    I3: Any = param(3.0)
    c1: Any = param(1.0)
    c2: Any = param(0.0)
    c3: Any = param(1.0)

    card: ClassVar = Card(
        title="Heavy top",
        equation=(
            r"I_1 \dot\omega_1 = (I_2 - I_3) \omega_2 \omega_3 + c_3 \gamma_2 - c_2 \gamma_3,\ "
            r"I_2 \dot\omega_2 = (I_3 - I_1) \omega_3 \omega_1 + c_1 \gamma_3 - c_3 \gamma_1,\ "
            r"I_3 \dot\omega_3 = (I_1 - I_2) \omega_1 \omega_2 + c_2 \gamma_1 - c_1 \gamma_2,\ "
            r"\dot\gamma_1 = \omega_3 \gamma_2 - \omega_2 \gamma_3,\ "
            r"\dot\gamma_2 = \omega_1 \gamma_3 - \omega_3 \gamma_1,\ "
            r"\dot\gamma_3 = \omega_2 \gamma_1 - \omega_1 \gamma_2"
        ),
        field="physics",
        cite=("kowalevski1889", "arnold1989", "galgani1981"),
        variables=("omega1", "omega2", "omega3", "gamma1", "gamma2", "gamma3"),
        state=(1.5, 1.0, 1.0, 0.6, 0.0, 0.8),
        period=6.0,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={
            "chaotic": {"I1": 1.0},
            "lagrange": {"I1": 1.0, "I2": 1.0, "I3": 2.0, "c1": 0.0, "c2": 0.0, "c3": 1.0},
            "kovalevskaya": {"I1": 2.0, "I2": 2.0, "I3": 1.0, "c1": 1.0, "c2": 0.0, "c3": 0.0},
        },
        known={
            "divergence": Known(0.0, Source.EXACT, "no rate depends on its own variable", 1e-14),
            "fixed_points": Known(
                ((0.0, 0.0, 0.0, 0.5**0.5, 0.0, 0.5**0.5), (0.0, 0.0, 0.0, -(0.5**0.5), 0.0, -(0.5**0.5))),
                Source.EXACT,
                "standing and hanging at rest: gamma = +-c / |c|",
                1e-14,
            ),
            "reversor": Known((-1, -2, -3, 4, 5, 6), Source.EXACT, "t -> -t with omega -> -omega", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        a, b, c, u, v, w = x
        i1, i2, i3, c1, c2, c3 = self.I1, self.I2, self.I3, self.c1, self.c2, self.c3
        return (
            ((i2 - i3) * b * c + c3 * v - c2 * w) / i1,
            ((i3 - i1) * c * a + c1 * w - c3 * u) / i2,
            ((i1 - i2) * a * b + c2 * u - c1 * v) / i3,
            c * v - b * w,
            a * w - c * u,
            b * u - a * v,
        )

    def invariants(self, x):
        a, b, c, u, v, w = x
        i1, i2, i3 = self.I1, self.I2, self.I3
        return {
            "energy": 0.5 * (i1 * a * a + i2 * b * b + i3 * c * c) + self.c1 * u + self.c2 * v + self.c3 * w,
            "vertical angular momentum": i1 * a * u + i2 * b * v + i3 * c * w,
            "squared vertical": u * u + v * v + w * w,
        }
