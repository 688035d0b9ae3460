"""Watson and Lovelock's planet of daisies."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Daisyworld"]


def _coexistence() -> tuple[float, float]:
    # both grow at the death rate where T = 295.5 -+ d; the heat transport fixes d, the energy balance the albedo
    d = 5.0
    for _ in range(50):
        d -= (8 * 295.5**3 * d + 8 * 295.5 * d**3 - 1.03e9) / (8 * 295.5**3 + 24 * 295.5 * d * d)
    bare = 0.3 / (1 - 0.003265 * d * d)
    sun = 917 / 5.67e-8
    albedo = ((295.5 - d) ** 4 + 2.06e9 * 0.75 - sun) / (2.06e9 - sun)
    white = 2 * (albedo - 0.5 * bare - 0.25 * (1 - bare))
    return white, 1 - bare - white


class Daisyworld(Flow):
    r"""Watson and Lovelock's Daisyworld: white and black daisies keep the temperature of their planet.

    $$\dot a_w = a_w (x \beta(T_w) - \gamma), \quad \dot a_b = a_b (x \beta(T_b) - \gamma), \quad x = 1 - a_w - a_b$$
    $$\beta(T) = \max(0,\ 1 - 0.003265\, (295.5 - T)^2), \quad T_i^4 = q (A - A_i) + \frac{S L}{\sigma} (1 - A)$$

    `a_w` and `a_b` are the shares of the ground under white and black daisies, `x` the bare ground, and
    $A = A_g x + A_w a_w + A_b a_b$ the albedo. Daisies grow best at 22.5 degrees Celsius; the white ones are
    cooler, the black ones warmer than the planet. Where both live, the local temperatures do not depend on the
    luminosity, and a brighter sun makes the planet cooler [@watson1983].

    **Arguments**

    - `L`: luminosity of the sun, 1; both kinds live from 0.739 to 1.359.
    - `gamma`: death rate, 0.3, in units of the greatest growth rate.
    - `S`: the sun's flux, 917 W/m^2. `q`: insulation between the regions, 2.06e9 K^4.
    - `A_w` 0.75, `A_b` 0.25, `A_g` 0.5: albedos of white and black daisies and of the ground.

    **Good values**: `L=1` both; `L=0.7` black only; `L=1.7` a dead planet.
    """

    L: Any = param(1.0)
    gamma: Any = param(0.3)
    S: Any = param(917.0)
    q: Any = param(2.06e9)
    A_w: Any = param(0.75)
    A_b: Any = param(0.25)
    A_g: Any = param(0.5)

    card: ClassVar = Card(
        title="Daisyworld",
        equation=(
            r"\dot a_w = a_w (x \beta(T_w) - \gamma),\ \dot a_b = a_b (x \beta(T_b) - \gamma),\ x = 1 - a_w - a_b,\ "
            r"\beta(T) = \max(0, 1 - 0.003265 (295.5 - T)^2),\ A = A_g x + A_w a_w + A_b a_b,\ "
            r"T_w = (q (A - A_w) + \frac{S L}{\sigma} (1 - A))^{1/4},\ "
            r"T_b = (q (A - A_b) + \frac{S L}{\sigma} (1 - A))^{1/4}"
        ),
        field="climate",
        cite=("watson1983",),
        variables=("a_w", "a_b"),
        state=(0.1, 0.5),
        period=20.0,
        dt=0.2,
        transient=200.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous"}),
        presets={"both": {"L": 1.0}, "black": {"L": 0.7}, "dead": {"L": 1.7}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0), _coexistence()), Source.EXACT, "dead; both, growing as fast at 295.5 -+ d", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    @property
    def sigma(self) -> float:
        """The Stefan-Boltzmann constant, 5.67e-8 W/(m^2 K^4)."""
        return 5.67e-8

    def temperature(self, x):
        """Temperatures of the white, the black and the whole ground, in kelvin."""
        white, black = x
        A = self.A_g * (1 - white - black) + self.A_w * white + self.A_b * black
        planet = self.S * self.L / self.sigma * (1 - A)
        return tuple((self.q * (A - own) + planet) ** 0.25 for own in (self.A_w, self.A_b, A))

    def vector_field(self, t, x):
        del t
        warm_white, warm_black, _ = self.temperature(x)
        white, black = x
        bare = 1 - white - black
        growth = [jnp.maximum(0.0, 1 - 0.003265 * (295.5 - T) ** 2) for T in (warm_white, warm_black)]
        return white * (bare * growth[0] - self.gamma), black * (bare * growth[1] - self.gamma)
