"""Yamada's laser with a saturable absorber."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["YamadaLaser"]


def _lit(sign: int) -> tuple[float, float, float]:
    # a I^2 + (1 + a - a A + B) I + 1 - A + B = 0 at the defaults
    p, q = (1 + 1.8 - 1.8 * 7 + 5.8) / 1.8, (1 - 7 + 5.8) / 1.8
    intensity = -p / 2 + sign * (p * p / 4 - q) ** 0.5
    return 7 / (1 + intensity), 5.8 / (1 + 1.8 * intensity), intensity


class YamadaLaser(Flow):
    r"""A laser with a saturable absorber: excitable below its threshold, self-pulsing above (passive Q-switching).

    $$\dot G = \gamma (A - G - G I), \quad \dot Q = \gamma (B - Q - a Q I), \quad \dot I = (G - Q - 1) I$$

    `G` is the gain, `Q` the absorption and `I` the intensity; gain and absorption are slow [@yamada1993]. The dark
    state $(A, B, 0)$ loses stability at $A = B + 1$; just below, a kick beyond a threshold is answered by one pulse,
    above, pulses follow each other, and at strong pumping the light is steady [@dubbeldam1999].

    **Arguments**: `A` pump of the gain, 7; `B` strength 5.8 and `a` saturability 1.8 of the absorber; `gamma` rate of
    gain and absorption per lifetime of light in the cavity, 0.04.

    **Good values**: `A=7` pulses; `A=6.5` excitable; `A=9` steady; `B=0` without absorber, steady.
    """

    A: Any = param(7.0)
    B: Any = param(5.8)
    a: Any = param(1.8)
    gamma: Any = param(0.04)

    card: ClassVar = Card(
        title="Yamada laser with saturable absorber",
        equation=(r"\dot G = \gamma (A - G - G I),\ \dot Q = \gamma (B - Q - a Q I),\ \dot I = (G - Q - 1) I"),
        field="physics",
        cite=("yamada1993", "dubbeldam1999"),
        variables=("G", "Q", "I"),
        state=(5.92418, 4.84587, 0.0027),
        period=88.5,
        dt=0.5,
        transient=1000.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial", "fast-slow"}),
        presets={"pulses": {"A": 7.0}, "excitable": {"A": 6.5}, "steady": {"A": 9.0}, "no absorber": {"B": 0.0}},
        known={
            "fixed_points": Known(
                ((7.0, 5.8, 0.0), _lit(1), _lit(-1)), Source.EXACT, "dark; lit (the second one has I < 0)", 1e-12
            ),
            "bifurcation:A": Known(6.8, Source.EXACT, "B + 1: transcritical bifurcation of the dark state", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        G, Q, I = x  # noqa: E741 - the symbol of the field
        return (
            self.gamma * (self.A - G - G * I),
            self.gamma * (self.B - Q - self.a * Q * I),
            (G - Q - 1) * I,
        )
