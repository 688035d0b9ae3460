"""The optically injected semiconductor laser."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["InjectedLaser"]


class InjectedLaser(Flow):
    r"""A semiconductor laser that receives light of another one: locking, tori, period doubling and chaos.

    $$\dot E = K + \left(\tfrac12 (1 + i\alpha)\, n - i\omega\right) E, \quad
    \dot n = -2\Gamma n - (1 + 2 B n)(|E|^2 - 1)$$

    `x` and `y` are the real and imaginary parts of the field $E$, in the frame of the injected light, and `n` the
    excess of carriers; time is in units of the relaxation period over $2\pi$. Alone ($K = 0$) the laser settles on
    $|E| = 1$, $n = 0$ and turns at the rate $-\omega$ [@wieczorek2005].

    **Arguments**: `K` strength 0.2 and `omega` detuning 0.3 of the injection; `alpha` coupling of phase and carriers
    (linewidth enhancement), 2; `B` 0.015 lifetime of the cavity; `Gamma` 0.035 damping of the relaxation.

    **Good values**: `K=0.2`, `omega=0.3` chaotic; `omega=0.1` periodic; `K=0.1`, `omega=0.2` a torus;
    `K=0.3`, `omega=-0.4` locked.
    """

    K: Any = param(0.2)
    omega: Any = param(0.3)
    alpha: Any = param(2.0)
    B: Any = param(0.015)
    Gamma: Any = param(0.035)

    card: ClassVar = Card(
        title="Optically injected laser",
        equation=(
            r"\dot x = K + \tfrac12 n (x - \alpha y) + \omega y,\ \dot y = \tfrac12 n (y + \alpha x) - \omega x,\ "
            r"\dot n = -2 \Gamma n - (1 + 2 B n) (x^2 + y^2 - 1)"
        ),
        field="physics",
        cite=("wieczorek2005",),
        variables=("x", "y", "n"),
        state=(0.16205, -0.51891, -0.69815),
        period=6.9,
        dt=0.06,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={
            "chaotic": {"K": 0.2, "omega": 0.3},
            "periodic": {"K": 0.2, "omega": 0.1},
            "torus": {"K": 0.1, "omega": 0.2},
            "locked": {"K": 0.3, "omega": -0.4},
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, n = x
        return (
            self.K + 0.5 * n * (x - self.alpha * y) + self.omega * y,
            0.5 * n * (y + self.alpha * x) - self.omega * x,
            -2 * self.Gamma * n - (1 + 2 * self.B * n) * (x * x + y * y - 1),
        )
