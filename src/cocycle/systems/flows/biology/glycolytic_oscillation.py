"""Decroly and Goldbeter's two enzymes in series."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["GlycolyticOscillation"]


class GlycolyticOscillation(Flow):
    r"""Decroly and Goldbeter's model of two enzymes in series, each activated by its product: birhythmicity and chaos.

    $$\dot\alpha = v - \sigma_1 \phi, \quad \dot\beta = q_1 \sigma_1 \phi - \sigma_2 \eta, \quad
    \dot\gamma = q_2 \sigma_2 \eta - k_s \gamma, \quad
    \phi = \frac{\alpha (1 + \alpha) (1 + \beta)^2}{L_1 + (1 + \alpha)^2 (1 + \beta)^2}, \quad
    \eta = \frac{\beta (1 + \gamma)^2}{L_2 + (1 + \gamma)^2}$$

    $\alpha$ is the substrate, $\beta$ and $\gamma$ the products of the two enzymes, in units of dissociation
    constants; time is in seconds. In glycolysis one such enzyme is phosphofructokinase. As $k_s$ grows the model
    passes through simple oscillations, two coexisting rhythms, chaos and complex oscillations [@decroly1982].

    **Arguments**: `v` 0.45 per second, the input; `sigma1` and `sigma2` 10 per second, the maximum rates; `q1` 50 and
    `q2` 0.02, ratios of dissociation constants; `L1` 5e8 and `L2` 100, allosteric constants; `ks` 1.99 per second,
    the removal of the last product.

    **Good values**: `ks=1.99` chaotic; `ks=1.5` and `ks=2.6` periodic.
    """

    v: Any = param(0.45)
    sigma1: Any = param(10.0)
    sigma2: Any = param(10.0)
    q1: Any = param(50.0)
    q2: Any = param(0.02)
    L1: Any = param(5e8)
    L2: Any = param(100.0)
    ks: Any = param(1.99)

    card: ClassVar = Card(
        title="Glycolytic oscillation (Decroly-Goldbeter)",
        equation=(
            r"\dot\alpha = v - \sigma_1 \phi,\ \dot\beta = q_1 \sigma_1 \phi - \sigma_2 \eta,\ "
            r"\dot\gamma = q_2 \sigma_2 \eta - k_s \gamma,\ "
            r"\phi = \frac{\alpha (1 + \alpha) (1 + \beta)^2}{L_1 + (1 + \alpha)^2 (1 + \beta)^2},\ "
            r"\eta = \frac{\beta (1 + \gamma)^2}{L_2 + (1 + \gamma)^2}"
        ),
        field="biology",
        cite=("decroly1982",),
        variables=("alpha", "beta", "gamma"),
        state=(30.1768, 117.783, 0.159636),
        period=113.0,
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"ks": 1.99}, "periodic": {"ks": 1.5}, "complex": {"ks": 2.6}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        alpha, beta, gamma = x
        active = (1 + alpha) * (1 + beta) * (1 + beta)
        first = self.sigma1 * alpha * active / (self.L1 + (1 + alpha) * active)
        second = self.sigma2 * beta * (1 + gamma) * (1 + gamma) / (self.L2 + (1 + gamma) * (1 + gamma))
        return self.v - first, self.q1 * first - second, self.q2 * second - self.ks * gamma
