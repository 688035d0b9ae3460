"""Susceptible, infected and recovered."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SIR"]


_S = (365 / 7 + 1 / 70) / 520
_I = (1 - _S) / 70 / (365 / 7 + 1 / 70)


class SIR(Flow):
    r"""Kermack and McKendrick's epidemic, with births, deaths and waning immunity.

    $$\dot s = \mu (1 - s) - \beta s i + \omega (1 - s - i), \quad \dot i = \beta s i - (\gamma + \mu) i$$

    `s` and `i` are the susceptible and infected fractions of a population; the rest is immune [@kermack1927]. With
    $R_0 = \beta/(\gamma + \mu) < 1$ the infection dies out; for $R_0 > 1$ it spirals into the endemic state $s =
    1/R_0$, $i = (\mu + \omega)(1 - s)/(\gamma + \mu + \omega)$. The defaults, in years, are those of [@keeling2008,
    program 2.2].

    **Arguments**: `beta` 520, the contacts; `gamma` 365/7, the recovery; `mu` 1/70, births and deaths; `omega` 0, the
    loss of immunity: all per year.

    **Good values**: `omega=0` endemic, damped waves every 2.4 years; `omega=1` immunity wanes (SIRS); `mu=0` one
    epidemic; `beta=40` dies out.
    """

    beta: Any = param(520.0)
    gamma: Any = param(365 / 7)
    mu: Any = param(1 / 70)
    omega: Any = param(0.0)

    card: ClassVar = Card(
        title="SIR epidemic",
        equation=r"\dot s = \mu (1 - s) - \beta s i + \omega (1 - s - i),\ \dot i = \beta s i - (\gamma + \mu) i",
        field="biology",
        cite=("kermack1927", "keeling2008"),
        variables=("s", "i"),
        state=(0.11, 3e-4),
        period=2.43,
        dt=0.02,
        transient=150.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "polynomial"}),
        presets={
            "endemic": {"omega": 0.0},
            "waning": {"omega": 1.0},
            "epidemic": {"mu": 0.0},
            "extinct": {"beta": 40.0},
        },
        known={
            "fixed_points": Known(
                ((1.0, 0.0), (_S, _I)),
                Source.EXACT,
                "no infection; s = 1 / R0, i = (mu + omega) (1 - s) / (gamma + mu + omega)",
                1e-13,
            ),
            "bifurcation:beta": Known(365 / 7 + 1 / 70, Source.EXACT, "gamma + mu, transcritical", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        s, i = x
        infection = self.beta * s * i
        return self.mu * (1 - s) - infection + self.omega * (1 - s - i), infection - (self.gamma + self.mu) * i
