"""Ma and Chen's financial system."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Finance"]

_X = ((1.2 - 0.2 - 0.9 * 0.2 * 1.2) / 1.2) ** 0.5


class Finance(Flow):
    r"""Ma and Chen's macroeconomic model: interest rate, investment demand and price index.

    $$\dot x = z + (y - a) x, \quad \dot y = 1 - b y - x^2, \quad \dot z = -x - c z$$

    `x` is the interest rate, `y` the investment demand, `z` the price index [@ma2001finance]. If $c - b - abc \le 0$
    there is one fixed point, $(0, 1/b, 0)$; beyond there are two more, $x = \pm\sqrt{(c - b - abc)/c}$,
    $y = (1 + ac)/c$, $z = -x/c$. Cai and Huang's finance system [@cai2007finance] is this one with `y` measured from
    $1/b$.

    **Arguments**: `a` the saving, 0.9; `b` the cost of an investment, 0.2; `c` the elasticity of demand, 1.2.

    **Good values**: the defaults chaotic; `a=6` settles on the fixed point $(0, 1/b, 0)$.
    """

    a: Any = param(0.9)
    b: Any = param(0.2)
    c: Any = param(1.2)

    card: ClassVar = Card(
        title="Ma-Chen finance",
        equation=r"\dot x = z + (y - a) x,\ \dot y = 1 - b y - x^2,\ \dot z = -x - c z",
        field="economics",
        cite=("ma2001finance", "cai2007finance"),
        variables=("x", "y", "z"),
        state=(-0.45913, 1.4969, 0.61436),
        period=5.5,
        dt=0.06,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"a": 0.9}, "fixed point": {"a": 6.0}, "cai huang": {"a": 0.001, "b": 0.2, "c": 1.1}},
        known={
            "fixed_points": Known(
                ((0.0, 5.0, 0.0), (_X, 2.08 / 1.2, -_X / 1.2), (-_X, 2.08 / 1.2, _X / 1.2)),
                Source.EXACT,
                "(0, 1 / b, 0); x = +-sqrt((c - b - a b c) / c), y = (1 + a c) / c, z = -x / c",
                1e-11,
            ),
            "symmetry": Known((-1, 2, -3), Source.EXACT, "(x, y, z) -> (-x, y, -z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return z + (y - self.a) * x, 1 - self.b * y - x * x, -x - self.c * z
