"""Reactive strategies in the prisoner's dilemma."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["ReactiveStrategies"]


class ReactiveStrategies(Flow):
    r"""Adaptive dynamics of the iterated prisoner's dilemma between players who react to the last move only.

    $$\dot p = \frac{q\, F}{(1 - r)(1 - r^2)}, \quad \dot q = \frac{(1 - p)\, F}{(1 - r)(1 - r^2)}, \quad r = p - q$$

    `p` and `q` are the probabilities to cooperate after the other's cooperation and defection, $s = q/(1 - r)$ how
    often both cooperate in the long run, and $F = (R - S - T + P)\, s\, (1 + r) + (T - P)\, r + S - P$ says whether
    more cooperation pays [@nowak1990; @hofbauer1998]. Motion is along the circles $(1 - p)^2 + q^2 = $ const, and rests
    where $F = 0$. With the payoffs of a donation, benefit `b` and cost `c`, that is the line $r = c/b$. Motion may
    leave the square of probabilities at $p = 1$, where cooperation is always answered.

    **Arguments**: `R` 3 reward, `S` 0 sucker's payoff, `T` 5 temptation, `P` 1 punishment.

    **Good values**: `T=5` Axelrod's payoffs; the preset `donation` has b = 3, c = 1.
    """

    R: Any = param(3.0)
    S: Any = param(0.0)
    T: Any = param(5.0)
    P: Any = param(1.0)

    card: ClassVar = Card(
        title="Adaptive dynamics of reactive strategies",
        equation=(
            r"\dot p = \frac{q F}{(1 - r) (1 - r^2)},\ \dot q = \frac{(1 - p) F}{(1 - r) (1 - r^2)},\ r = p - q,\ "
            r"s = \frac{q}{1 - r},\ F = (R - S - T + P) s (1 + r) + (T - P) r + S - P"
        ),
        field="economics",
        cite=("nowak1990", "hofbauer1998"),
        variables=("p", "q"),
        state=(0.5, 0.05),
        period=4.0,
        dt=0.04,
        transient=20.0,
        tags=frozenset({"fixed-point", "autonomous"}),
        presets={"axelrod": {"T": 5.0}, "donation": {"R": 2.0, "S": -1.0, "T": 3.0, "P": 0.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        p, q = x
        r = p - q
        s = q / (1 - r)
        gain = (self.R - self.S - self.T + self.P) * s * (1 + r) + (self.T - self.P) * r + self.S - self.P
        common = gain / ((1 - r) * (1 - r * r))
        return q * common, (1 - p) * common

    def invariants(self, x):
        p, q = x
        return {"squared radius": (1 - p) ** 2 + q * q}
