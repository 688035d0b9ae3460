"""The Nose-Hoover chain."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["NoseHooverChain"]


class NoseHooverChain(Flow):
    r"""A harmonic oscillator with two thermostats in a chain: deterministic motion at constant temperature.

    $$\dot q = p, \quad \dot p = -q - \xi_1 p, \quad \dot\xi_1 = \frac{p^2 - T}{Q_1} - \xi_1 \xi_2, \quad
    \dot\xi_2 = \frac{Q_1 \xi_1^2 - T}{Q_2}$$

    The friction $\xi_1$ holds the temperature of the oscillator, $\xi_2$ that of $\xi_1$. The density
    $\exp(-[q^2 + p^2 + Q_1 \xi_1^2 + Q_2 \xi_2^2]/2T)$ is stationary, and unlike the single Nose-Hoover thermostat the
    chain fills it [@martyna1992]. Time-reversible: the exponents come in pairs of opposite sign.

    **Arguments**: `T` temperature 1; `Q1` and `Q2` masses of the thermostats, 1.

    **Good values**: the defaults, chaotic; `T` only rescales the motion if `Q1` and `Q2` grow with it.
    """

    T: Any = param(1.0)
    Q1: Any = param(1.0)
    Q2: Any = param(1.0)

    card: ClassVar = Card(
        title="Nose-Hoover chain",
        equation=(
            r"\dot q = p,\ \dot p = -q - \xi_1 p,\ \dot\xi_1 = \frac{p^2 - T}{Q_1} - \xi_1 \xi_2,\ "
            r"\dot\xi_2 = \frac{Q_1 \xi_1^2 - T}{Q_2}"
        ),
        field="physics",
        cite=("martyna1992",),
        variables=("q", "p", "xi1", "xi2"),
        state=(-0.12456, 1.09708, -1.02049, 0.88695),
        period=6.0,
        dt=0.06,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={"unit masses": {"Q1": 1.0, "Q2": 1.0}, "slow thermostat": {"Q1": 10.0, "Q2": 10.0}},
        known={
            "symmetry": Known((-1, -2, 3, 4), Source.EXACT, "(q, p) -> (-q, -p)", 1e-12),
            "reversor": Known((1, -2, -3, -4), Source.EXACT, "t -> -t with p, xi -> -p, -xi", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        q, p, xi1, xi2 = x
        return p, -q - xi1 * p, (p * p - self.T) / self.Q1 - xi1 * xi2, (self.Q1 * xi1 * xi1 - self.T) / self.Q2
