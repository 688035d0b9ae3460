"""Goodwin's genetic oscillator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["GoodwinOscillator"]


class GoodwinOscillator(Flow):
    r"""Goodwin's oscillator: a gene whose product, two steps later, represses it.

    $$\dot x = \frac{\alpha}{1 + z^n} - x, \quad \dot y = x - y, \quad \dot z = y - z$$

    `x`, `y`, `z` are messenger, protein and repressor, scaled, with equal decay rates [@goodwin1965]. The steady
    state loses stability only for a cooperativity $n > 8$ [@griffith1968], and then at $\alpha = \frac{n}{n - 8}
    (\frac{8}{n - 8})^{1/n}$, where $z^n = 8/(n - 8)$.

    **Arguments**: `alpha` 15, the strength of transcription; `n` 10, the cooperativity of repression.

    **Good values**: `alpha=15` oscillates; `alpha=4` steady.
    """

    alpha: Any = param(15.0)
    n: Any = param(10.0)

    card: ClassVar = Card(
        title="Goodwin oscillator",
        equation=r"\dot x = \frac{\alpha}{1 + z^n} - x,\ \dot y = x - y,\ \dot z = y - z",
        field="biology",
        cite=("goodwin1965", "griffith1968"),
        variables=("x", "y", "z"),
        state=(2.47005, 1.51399, 1.1751),
        period=3.75,
        dt=0.03,
        transient=200.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"alpha": 15.0}, "steady": {"alpha": 4.0}},
        known={
            "divergence": Known(-3.0, Source.EXACT, "the three decay rates", 1e-13),
            "bifurcation:alpha": Known(5 * 4**0.1, Source.EXACT, "n / (n - 8) (8 / (n - 8))^(1/n), Hopf", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.alpha / (1 + z**self.n) - x, x - y, y - z
