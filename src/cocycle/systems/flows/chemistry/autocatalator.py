"""The three-variable autocatalator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Autocatalator"]


_BETA = 0.154 * 65 / (1 - 0.154)


class Autocatalator(Flow):
    r"""Peng, Scott and Showalter's autocatalator: cubic autocatalysis in a closed vessel, with a slow feedback.

    $$\dot\alpha = \mu (\kappa + \gamma) - \alpha \beta^2 - \alpha, \quad
    \sigma \dot\beta = \alpha \beta^2 + \alpha - \beta, \quad \delta \dot\gamma = \beta - \gamma$$

    $\alpha$, $\beta$, $\gamma$ are scaled concentrations of the intermediates; $\gamma$ catalyses the production of
    $\alpha$. The one steady state has $\beta = \gamma = \mu\kappa/(1 - \mu)$ and $\alpha = \beta/(1 + \beta^2)$. With
    growing $\mu$ its limit cycle doubles its period into chaos [@peng1990]; at other constants small and large
    oscillations alternate [@petrov1992].

    **Arguments**: `mu` 0.154, the concentration of the precursor; `kappa` 65, the uncatalysed feed; `sigma` 0.005 and
    `delta` 0.02, ratios of time scales.

    **Good values**: `Autocatalator.preset("mixed-mode")` three small peaks for each large one; `mu=0.14` periodic;
    `mu=0.154` chaotic.
    """

    mu: Any = param(0.154)
    kappa: Any = param(65.0)
    sigma: Any = param(0.005)
    delta: Any = param(0.02)

    card: ClassVar = Card(
        title="Three-variable autocatalator",
        equation=(
            r"\dot\alpha = \mu (\kappa + \gamma) - \alpha \beta^2 - \alpha,\ "
            r"\sigma \dot\beta = \alpha \beta^2 + \alpha - \beta,\ \delta \dot\gamma = \beta - \gamma"
        ),
        field="chemistry",
        cite=("peng1990", "petrov1992"),
        variables=("alpha", "beta", "gamma"),
        state=(0.213076, 3.1449, 9.15773),
        period=0.06,
        dt=0.0006,
        transient=2.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial", "fast-slow"}),
        presets={
            "chaotic": {"mu": 0.154},
            "periodic": {"mu": 0.14},
            "mixed-mode": {"mu": 0.29786, "kappa": 2.5, "sigma": 0.013, "delta": 1.0},
        },
        known={
            "fixed_points": Known(
                ((_BETA / (1 + _BETA * _BETA), _BETA, _BETA),),
                Source.EXACT,
                "beta = gamma = mu kappa / (1 - mu), alpha = beta / (1 + beta^2)",
                1e-9,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        alpha, beta, gamma = x
        catalysis = alpha * beta * beta
        return (
            self.mu * (self.kappa + gamma) - catalysis - alpha,
            (catalysis + alpha - beta) / self.sigma,
            (beta - gamma) / self.delta,
        )
