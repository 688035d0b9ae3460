"""Charney and DeVore's model of blocking."""

import math
from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["CharneyDeVore"]

_ROOT2 = math.sqrt(2)


class CharneyDeVore(Flow):
    r"""The Charney-DeVore model: a westerly wind over a mountain, blocked or not, in six modes.

    $$\dot x_1 = \tilde\gamma_1 x_3 - C (x_1 - X_1), \quad
    \dot x_2 = -(\alpha_1 x_1 - \beta_1) x_3 - C x_2 - \delta_1 x_4 x_6$$
    $$\dot x_3 = (\alpha_1 x_1 - \beta_1) x_2 - \gamma_1 x_1 - C x_3 + \delta_1 x_4 x_5, \quad
    \dot x_4 = \tilde\gamma_2 x_6 - C (x_4 - X_4) + \epsilon (x_2 x_6 - x_3 x_5)$$
    $$\dot x_5 = -(\alpha_2 x_1 - \beta_2) x_6 - C x_5 - \delta_2 x_3 x_4, \quad
    \dot x_6 = (\alpha_2 x_1 - \beta_2) x_5 - \gamma_2 x_4 - C x_6 + \delta_2 x_2 x_4$$

    A barotropic flow in a channel on the beta plane, spectrally truncated [@charney1979; @deswart1988]: `x1` and `x4`
    are the zonal flow, `x2, x3` and `x5, x6` two waves of one wave length, of the first and second mode across the
    channel. With this scaling and these values the orbit changes irregularly between zonal flow and blocking
    [@crommelin2004]. For $m = 1, 2$ the coefficients are

    $$\alpha_m = \frac{8\sqrt2}{\pi} \frac{m^2}{4m^2 - 1} \frac{b^2 + m^2 - 1}{b^2 + m^2},\
    \beta_m = \frac{\beta b^2}{b^2 + m^2},\ \delta_m = \frac{64\sqrt2}{15\pi} \frac{b^2 - m^2 + 1}{b^2 + m^2},\
    \epsilon = \frac{16\sqrt2}{5\pi}$$
    $$\gamma_m = \gamma \frac{4m^3}{4m^2 - 1} \frac{\sqrt2\, b}{\pi (b^2 + m^2)},\
    \tilde\gamma_m = \gamma \frac{4m}{4m^2 - 1} \frac{\sqrt2\, b}{\pi}$$

    **Arguments**

    - `x1_forcing` 0.95 and `x4_forcing` -0.76095: $X_1$ and $X_4$, the zonal flow towards which it relaxes.
    - `C` 0.1: the rate of that relaxation. `beta` 1.25: the gradient of the Coriolis parameter.
    - `gamma` 0.2: the height of the mountain. `b` 0.5: twice the width of the channel over its length.

    One unit of time is about a day. **Good values**: the defaults chaotic; `gamma=0`, no mountain, a travelling wave.
    """

    x1_forcing: Any = param(0.95)
    x4_forcing: Any = param(-0.76095)
    C: Any = param(0.1)
    beta: Any = param(1.25)
    gamma: Any = param(0.2)
    b: Any = param(0.5)

    card: ClassVar = Card(
        title="Charney-DeVore",
        equation=(
            r"\dot x_1 = \mu_1 x_3 - C (x_1 - X_1),\ "
            r"\dot x_2 = -(\alpha_1 x_1 - \beta_1) x_3 - C x_2 - \delta_1 x_4 x_6,\ "
            r"\dot x_3 = (\alpha_1 x_1 - \beta_1) x_2 - \gamma_1 x_1 - C x_3 + \delta_1 x_4 x_5,\ "
            r"\dot x_4 = \mu_2 x_6 - C (x_4 - X_4) + \epsilon (x_2 x_6 - x_3 x_5),\ "
            r"\dot x_5 = -(\alpha_2 x_1 - \beta_2) x_6 - C x_5 - \delta_2 x_3 x_4,\ "
            r"\dot x_6 = (\alpha_2 x_1 - \beta_2) x_5 - \gamma_2 x_4 - C x_6 + \delta_2 x_2 x_4,\ "
            r"\alpha_1 = \frac{8 \sqrt{2}}{3 \pi} \frac{b^2}{b^2 + 1},\ "
            r"\alpha_2 = \frac{32 \sqrt{2}}{15 \pi} \frac{b^2 + 3}{b^2 + 4},\ "
            r"\beta_1 = \frac{\beta b^2}{b^2 + 1},\ \beta_2 = \frac{\beta b^2}{b^2 + 4},\ "
            r"\delta_1 = \frac{64 \sqrt{2}}{15 \pi} \frac{b^2}{b^2 + 1},\ "
            r"\delta_2 = \frac{64 \sqrt{2}}{15 \pi} \frac{b^2 - 3}{b^2 + 4},\ \epsilon = \frac{16 \sqrt{2}}{5 \pi},\ "
            r"\gamma_1 = \gamma \frac{4}{3} \frac{\sqrt{2} b}{\pi (b^2 + 1)},\ "
            r"\gamma_2 = \gamma \frac{32}{15} \frac{\sqrt{2} b}{\pi (b^2 + 4)},\ "
            r"\mu_1 = \gamma \frac{4}{3} \frac{\sqrt{2} b}{\pi},\ \mu_2 = \gamma \frac{8}{15} \frac{\sqrt{2} b}{\pi}"
        ),
        symbols={"X_1": "x1_forcing", "X_4": "x4_forcing"},
        field="climate",
        cite=("charney1979", "deswart1988", "crommelin2004"),
        variables=("x1", "x2", "x3", "x4", "x5", "x6"),
        state=(0.91752, 0.10842, -0.21526, -0.63252, 0.098393, 0.28667),
        period=22.0,
        dt=0.2,
        transient=2000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"regimes": {"gamma": 0.2}, "no mountain": {"gamma": 0.0}},
        known={"divergence": Known(-0.6, Source.EXACT, "-6 C", 1e-13)},
        status=Status.VERIFIED,
    )

    def _coefficients(self, m):
        """alpha, beta, delta, gamma and gamma with the tilde of wave `m`."""
        b2 = self.b * self.b
        low, width = 4 * m * m - 1, b2 + m * m
        mountain = self.gamma * 4 * m / low * _ROOT2 * self.b / math.pi
        return (
            8 * _ROOT2 / math.pi * m * m / low * (width - 1) / width,
            self.beta * b2 / width,
            64 * _ROOT2 / (15 * math.pi) * (b2 - m * m + 1) / width,
            mountain * m * m / width,
            mountain,
        )

    def vector_field(self, t, x):
        del t
        alpha1, beta1, delta1, gamma1, zonal1 = self._coefficients(1)
        alpha2, beta2, delta2, gamma2, zonal2 = self._coefficients(2)
        epsilon = 16 * _ROOT2 / (5 * math.pi)
        x1, x2, x3, x4, x5, x6 = x
        drift1, drift2 = alpha1 * x1 - beta1, alpha2 * x1 - beta2
        return (
            zonal1 * x3 - self.C * (x1 - self.x1_forcing),
            -drift1 * x3 - self.C * x2 - delta1 * x4 * x6,
            drift1 * x2 - gamma1 * x1 - self.C * x3 + delta1 * x4 * x5,
            zonal2 * x6 - self.C * (x4 - self.x4_forcing) + epsilon * (x2 * x6 - x3 * x5),
            -drift2 * x6 - self.C * x5 - delta2 * x3 * x4,
            drift2 * x5 - gamma2 * x4 - self.C * x6 + delta2 * x2 * x4,
        )
