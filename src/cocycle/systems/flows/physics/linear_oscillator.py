"""The harmonic oscillator, with or without damping."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["LinearOscillator"]


class LinearOscillator(Flow):
    r"""The linear oscillator, damped or not: the plane's basic motion, solved exactly.

    $$\dot x = v, \quad \dot v = -2 \zeta \omega v - \omega^2 x$$

    The eigenvalues are $\omega (-\zeta \pm \sqrt{\zeta^2 - 1})$: a decaying oscillation for $0 < \zeta < 1$, a node for
    $\zeta > 1$. Without damping, the default, the energy $v^2 + \omega^2 x^2$ is conserved and every orbit is closed
    [@landau1976, sections 21 and 25].

    **Arguments**: `omega` 1, the frequency without damping; `zeta` 0, the damping ratio.

    **Good values**: `zeta=0` closed orbits; `zeta=0.05` damped; `zeta=1` critical; `zeta=2` overdamped.
    """

    omega: Any = param(1.0)
    zeta: Any = param(0.0)

    card: ClassVar = Card(
        title="Linear oscillator",
        equation=r"\dot x = v,\ \dot v = -2 \zeta \omega v - \omega^2 x",
        field="physics",
        cite=("landau1976",),
        variables=("x", "v"),
        state=(1.0, 0.0),
        period=2 * math.pi,
        dt=0.06,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial"}),
        presets={
            "undamped": {"zeta": 0.0},
            "damped": {"zeta": 0.05},
            "critical": {"zeta": 1.0},
            "overdamped": {"zeta": 2.0},
        },
        known={
            "divergence": Known(0.0, Source.EXACT, "-2 zeta omega", 1e-13),
            "fixed_points": Known(((0.0, 0.0),), Source.EXACT, "the origin", 1e-12),
            "symmetry": Known((-1, -2), Source.EXACT, "linear", 1e-12),
            "reversor": Known((1, -2), Source.EXACT, "t -> -t with v -> -v", 1e-12),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "-zeta omega, twice", 1e-3),
            "bifurcation:zeta": Known(0.0, Source.EXACT, "the origin becomes stable", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, v = x
        return v, -2 * self.zeta * self.omega * v - self.omega * self.omega * x
