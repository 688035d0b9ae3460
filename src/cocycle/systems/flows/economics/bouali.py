"""Bouali's flow with a stretched loop."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Bouali"]


class Bouali(Flow):
    r"""Bouali's model of business cycles with a slow third variable: turns around two foci and a long stretched loop.

    $$\dot x = x (k - y) + \alpha z, \quad \dot y = -y (1 - x^2), \quad \dot z = -x (m - s z) - c z$$

    `x` and `y` alone, with $\alpha = 0$, are an oscillator of the van der Pol kind that Bouali used for profits and
    investment [@bouali1999]; this flow is that of [@bouali2012]. Fixed points are the origin, one more at $y = 0$, and
    one at each of $x = \pm 1$. At the published $\alpha = 0.3$ we find the chaos to be transient: after thousands of
    turns the orbit falls on a stable cycle. At 0.25 it lasts.

    **Arguments**: `k` 4, `alpha` 0.25, `m` 1.5, `s` 1 and `c` 0.05, without dimension.

    **Good values**: `alpha=0.25` chaotic; `alpha=0.3` transient chaos; `alpha=0.4` periodic.
    """

    k: Any = param(4.0)
    alpha: Any = param(0.25)
    m: Any = param(1.5)
    s: Any = param(1.0)
    c: Any = param(0.05)

    card: ClassVar = Card(
        title="Bouali's stretched loop",
        equation=r"\dot x = x (k - y) + \alpha z,\ \dot y = -y (1 - x^2),\ \dot z = -x (m - s z) - c z",
        field="economics",
        cite=("bouali1999", "bouali2012"),
        variables=("x", "y", "z"),
        state=(-0.6554, 3.1627, 1.3331),
        period=3.04,
        dt=0.03,
        transient=300.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"alpha": 0.25}, "transient chaos": {"alpha": 0.3}, "periodic": {"alpha": 0.4}},
        known={
            "fixed_points": Known(
                (
                    (0.0, 0.0, 0.0),
                    (-0.04375, 0.0, 0.7),
                    (1.0, 4.0 + 0.25 * 1.5 / 0.95, 1.5 / 0.95),
                    (-1.0, 4.0 - 0.25 * 1.5 / 1.05, 1.5 / 1.05),
                ),
                Source.EXACT,
                "0; y = 0, z = -k x / alpha, x = (c k - m alpha) / (s k); x = +-1, z = m / (s -+ c), y = k +- alpha z",
                1e-12,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return x * (self.k - y) + self.alpha * z, -y * (1 - x * x), -x * (self.m - self.s * z) - self.c * z
