"""Waleffe's model of the self-sustaining process."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SelfSustainingProcess"]


class SelfSustainingProcess(Flow):
    r"""Waleffe's four modes of a shear flow: streaks and vortices that keep each other alive.

    $$\dot M = \frac{\kappa_m^2}{R} (1 - M) - \sigma_u U V + \sigma_m W^2, \quad
    \dot U = -\frac{\kappa_u^2}{R} U + \sigma_u M V - \sigma_w W^2$$
    $$\dot V = -\frac{\kappa_v^2}{R} V + \sigma_v W^2, \quad
    \dot W = -\frac{\kappa_w^2}{R} W + \sigma_w U W - \sigma_m M W - \sigma_v V W$$

    `M` is the mean shear, `U` the streaks, `V` the vortices along the flow, `W` an instability of the streaks. The
    quadratic terms conserve $M^2 + U^2 + V^2 + W^2$. The laminar flow, $M = 1$ alone, is stable at every Reynolds
    number. From $R = 104.84$ on [@waleffe1997] (106.0 with the coefficients as printed, to two digits) there are two
    more steady states with $W > 0$: a saddle and an upper state, stable at larger `R`.

    **Arguments**

    - `R`: Reynolds number, 300.
    - `kappa_m`, `kappa_u`, `kappa_v`, `kappa_w`: wave numbers; their squares are 2.47, 5.20, 7.67 and 7.13.
    - `sigma_m` 0.31, `sigma_u` 1.29, `sigma_v` 0.22, `sigma_w` 0.68: the strengths of the couplings.

    **Good values**: `R=300` the laminar and the upper state are stable; `R=90` always laminar.
    """

    R: Any = param(300.0)
    kappa_m: Any = param(2.47**0.5)
    kappa_u: Any = param(5.20**0.5)
    kappa_v: Any = param(7.67**0.5)
    kappa_w: Any = param(7.13**0.5)
    sigma_m: Any = param(0.31)
    sigma_u: Any = param(1.29)
    sigma_v: Any = param(0.22)
    sigma_w: Any = param(0.68)

    card: ClassVar = Card(
        title="Self-sustaining process",
        equation=(
            r"\dot M = \frac{\kappa_m^2}{R} (1 - M) - \sigma_u U V + \sigma_m W^2,\ "
            r"\dot U = -\frac{\kappa_u^2}{R} U + \sigma_u M V - \sigma_w W^2,\ "
            r"\dot V = -\frac{\kappa_v^2}{R} V + \sigma_v W^2,\ "
            r"\dot W = -\frac{\kappa_w^2}{R} W + \sigma_w U W - \sigma_m M W - \sigma_v V W"
        ),
        field="fluids",
        cite=("waleffe1997",),
        variables=("M", "U", "V", "W"),
        state=(0.1, 0.12, 0.09, 0.1),
        period=160.0,
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "polynomial"}),
        presets={"bistable": {"R": 300.0}, "laminar": {"R": 90.0}},
        known={
            "fixed_points": Known(((1.0, 0.0, 0.0, 0.0),), Source.EXACT, "the laminar flow, at every R", 1e-14),
            "bifurcation:R": Known(104.84, Source.PAPER, "waleffe1997, saddle-node of the steady states", 1.5),
            "symmetry": Known((1, 2, 3, -4), Source.EXACT, "W -> -W", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def kinetic_energy(self, x):
        """The sum of the squares, which the quadratic terms conserve."""
        M, U, V, W = x
        return M * M + U * U + V * V + W * W

    def vector_field(self, t, x):
        del t
        M, U, V, W = x
        km, ku, kv, kw = (k * k / self.R for k in (self.kappa_m, self.kappa_u, self.kappa_v, self.kappa_w))
        return (
            km * (1 - M) - self.sigma_u * U * V + self.sigma_m * W * W,
            -ku * U + self.sigma_u * M * V - self.sigma_w * W * W,
            -kv * V + self.sigma_v * W * W,
            W * (self.sigma_w * U - self.sigma_m * M - self.sigma_v * V - kw),
        )
