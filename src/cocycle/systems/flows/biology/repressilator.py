"""The repressilator."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Repressilator"]


class Repressilator(Flow):
    r"""Elowitz and Leibler's repressilator: three genes, each repressing the next.

    $$\dot m_1 = -m_1 + \frac{\alpha}{1 + p_3^n} + \alpha_0, \quad
    \dot m_2 = -m_2 + \frac{\alpha}{1 + p_1^n} + \alpha_0, \quad
    \dot m_3 = -m_3 + \frac{\alpha}{1 + p_2^n} + \alpha_0, \quad \dot p_1 = -\beta (p_1 - m_1), \quad
    \dot p_2 = -\beta (p_2 - m_2), \quad \dot p_3 = -\beta (p_3 - m_3)$$

    $m_i$ are the messenger RNAs and $p_i$ the proteins, scaled; time is in lifetimes of the RNA. The symmetric steady
    state $p$ is unstable, and the genes oscillate one after another, where $(\beta + 1)^2/\beta < 3 X^2/(4 + 2 X)$
    with $X = -\alpha n p^{n - 1}/(1 + p^n)^2$ [@elowitz2000, box 1].

    **Arguments**: `alpha` 216.404, the full strength of a promoter; `alpha0` 0.216404, its leak; `beta` 0.2, the
    ratio of protein to RNA decay; `n` 2, the cooperativity. The values follow from the rates in the caption of figure
    1 of [@elowitz2000].

    **Good values**: `alpha=216.404` oscillates; `alpha=1` steady.
    """

    alpha: Any = param(216.404)
    alpha0: Any = param(0.216404)
    beta: Any = param(0.2)
    n: Any = param(2.0)

    card: ClassVar = Card(
        title="Repressilator",
        equation=(
            r"\dot m_1 = -m_1 + \frac{\alpha}{1 + p_3^n} + \alpha_0,\ "
            r"\dot m_2 = -m_2 + \frac{\alpha}{1 + p_1^n} + \alpha_0,\ "
            r"\dot m_3 = -m_3 + \frac{\alpha}{1 + p_2^n} + \alpha_0,\ \dot p_1 = -\beta (p_1 - m_1),\ "
            r"\dot p_2 = -\beta (p_2 - m_2),\ \dot p_3 = -\beta (p_3 - m_3)"
        ),
        field="biology",
        cite=("elowitz2000",),
        variables=("m1", "m2", "m3", "p1", "p2", "p3"),
        state=(0.872953, 0.684725, 61.8509, 18.3072, 1.40767, 27.6396),
        period=43.5,
        dt=0.4,
        transient=500.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"alpha": 216.404}, "steady": {"alpha": 1.0}},
        known={
            "divergence": Known(-3.6, Source.EXACT, "-3 (1 + beta)", 1e-12),
            "symmetry": Known((2, 3, 1, 5, 6, 4), Source.EXACT, "the three genes in turn", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        m1, m2, m3, p1, p2, p3 = x

        def made(p):
            return self.alpha / (1 + p**self.n) + self.alpha0

        return (
            made(p3) - m1,
            made(p1) - m2,
            made(p2) - m3,
            self.beta * (m1 - p1),
            self.beta * (m2 - p2),
            self.beta * (m3 - p3),
        )
