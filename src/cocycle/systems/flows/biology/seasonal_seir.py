"""The seasonally forced epidemic of measles."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["SeasonalSEIR"]


class SeasonalSEIR(Flow):
    r"""A childhood epidemic with contacts that vary with the school year: period doubling and chaos in measles.

    $$\dot S = \mu (N - S) - B S I / N, \quad \dot E = B S I / N - (\mu + \alpha) E, \quad
    \dot I = \alpha E - (\mu + \gamma) I, \quad B = \beta_0 (1 + \beta_1 \cos 2 \pi t)$$

    `S`, `E`, `I` are those susceptible, exposed and infectious among `N`; time in years. With growing seasonality
    $\beta_1$ the yearly cycle doubles to the two-year cycle of measles and further [@aron1984]; at 0.28 the epidemics
    are chaotic [@olsen1990]. Counts out of a large `N`, in place of fractions, keep the deep troughs above the
    solver's absolute tolerance.

    **Arguments**

    - `beta0` 1800 and `beta1` 0.28: the mean of the contacts, per year, and their relative seasonal amplitude.
    - `mu` 0.02, `alpha` 35.84, `gamma` 100: births and deaths, the end of latency, and recovery, per year.
    - `N` 1e9: the population.

    **Good values**: `beta1=0.28` chaotic; `beta1=0.1` the two-year cycle; `beta1=0.02` yearly.
    """

    beta0: Any = param(1800.0)
    beta1: Any = param(0.28)
    mu: Any = param(0.02)
    alpha: Any = param(35.84)
    gamma: Any = param(100.0)
    N: Any = param(1e9)

    card: ClassVar = Card(
        title="Seasonal SEIR (measles)",
        equation=(
            r"\dot S = \mu (N - S) - B S I / N,\ \dot E = B S I / N - (\mu + \alpha) E,\ "
            r"\dot I = \alpha E - (\mu + \gamma) I,\ B = \beta_0 (1 + \beta_1 \cos 2 \pi t)"
        ),
        field="biology",
        cite=("aron1984", "olsen1990"),
        variables=("S", "E", "I"),
        state=(57429000.0, 0.658389, 0.218548),
        period=1.0,
        dt=0.01,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "forced"}),
        presets={"chaotic": {"beta1": 0.28}, "biennial": {"beta1": 0.1}, "yearly": {"beta1": 0.02}},
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 1.0

    def vector_field(self, t, x):
        S, E, I = x  # noqa: E741 - the symbol of the field
        contacts = self.beta0 * (1 + self.beta1 * jnp.cos(2 * jnp.pi * t))
        infection = contacts * S * I / self.N
        return (
            self.mu * (self.N - S) - infection,
            infection - (self.mu + self.alpha) * E,
            self.alpha * E - (self.mu + self.gamma) * I,
        )
