"""Rossler's 1976 model: chaos with a single quadratic term."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Rossler"]

_ROOT = (5.7**2 - 4 * 0.2 * 0.2) ** 0.5
_FIXED = tuple((0.2 * s, -s, s) for s in ((5.7 - _ROOT) / 0.4, (5.7 + _ROOT) / 0.4))


class Rossler(Flow):
    r"""Rossler's flow: one nonlinear term, one scroll, folded once a turn.

    $$\dot x = -y - z, \quad \dot y = x + a y, \quad \dot z = b + z (x - c)$$

    The rotation in the plane spirals out (rate about $a/2$) until $x > c$ switches on $z$, which throws the orbit back.
    As `c` grows from 2 the limit cycle doubles its period and the motion becomes chaotic near `c = 4.2` [@rossler1976].

    **Arguments**: `a` 0.2, `b` 0.2, `c` 5.7.

    Exponents in [@sprott2003, appendix A].

    **Good values**: `c=5.7` chaotic (phase coherent); `c=2.5` periodic; `c=3.5` period two.
    """

    a: Any = param(0.2)
    b: Any = param(0.2)
    c: Any = param(5.7)

    card: ClassVar = Card(
        title="Rossler",
        equation=r"\dot x = -y - z,\ \dot y = x + a y,\ \dot z = b + z (x - c)",
        field="mathematics",
        cite=("rossler1976", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-7.5227, -5.155, 0.0148),
        period=5.87,
        dt=0.08,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"c": 5.7}, "periodic": {"c": 2.5}, "period 2": {"c": 3.5}},
        known={
            "fixed_points": Known(_FIXED, Source.EXACT, "x = a s, y = -s, z = s, a s^2 - c s + b = 0", 1e-11),
            "lyapunov": Known((0.0714, 0.0, -5.3943), Source.PAPER, "sprott2003, appendix A", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -y - z, x + self.a * y, self.b + z * (x - self.c)
