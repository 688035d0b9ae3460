"""Vallis's model of El Niño."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["VallisElNino"]


class VallisElNino(Flow):
    r"""Vallis's model of El Niño: an ocean current between a warm west and a cold east, and the wind that drives it.

    $$\dot x = B y - C (x + p), \quad \dot y = -y + x z, \quad \dot z = -z - x y + 1$$

    `x` is the current, `y` half the difference and `z` half the sum of the temperatures in the east and the west
    [@vallis1986; @vallis1988]. Without the trade wind ($p = 0$) it is Lorenz's system with $\sigma = C$, $\rho = B/C$
    and $\beta = 1$, with $\rho - z$ for `z`; its fixed points are then $(0, 0, 1)$ and $x = \pm\sqrt{B/C - 1}$,
    $y = Cx/B$, $z = C/B$.

    **Arguments**: `B` 102, the response of the wind; `C` 3, the friction; `p` 0, the mean wind.

    **Good values**: `B=102, C=3` chaotic, at `p=0` symmetric and at `p=0.4` not.
    """

    B: Any = param(102.0)
    C: Any = param(3.0)
    p: Any = param(0.0)

    card: ClassVar = Card(
        title="Vallis El Niño",
        equation=r"\dot x = B y - C (x + p),\ \dot y = -y + x z,\ \dot z = -z - x y + 1",
        field="climate",
        cite=("vallis1986", "vallis1988"),
        variables=("x", "y", "z"),
        state=(-3.7986, -0.25937, 0.28362),
        period=1.2,
        dt=0.01,
        transient=50.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"symmetric": {"p": 0.0}, "trade wind": {"p": 0.4}},
        known={
            "divergence": Known(-5.0, Source.EXACT, "-(C + 2)", 1e-11),
            "fixed_points": Known(
                ((0.0, 0.0, 1.0), (33**0.5, 33**0.5 / 34, 1 / 34), (-(33**0.5), -(33**0.5) / 34, 1 / 34)),
                Source.EXACT,
                "(0, 0, 1); x = +-sqrt(B / C - 1), y = C x / B, z = C / B",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.B * y - self.C * (x + self.p), x * z - y, 1 - z - x * y
