"""The Holling-Tanner predator and prey."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HollingTanner"]


_ROOT = 0.41**0.5


class HollingTanner(Flow):
    r"""The Holling-Tanner model: predators whose capacity is set by the number of prey.

    $$\dot x = x (1 - x) - \frac{a x y}{x + d}, \quad \dot y = b y (1 - \frac{y}{x})$$

    `x` and `y` are scaled numbers of prey and predators [@tanner1975]. They meet at $x = y = (1 - a - d + s)/2$, $s =
    \sqrt{(1 - a - d)^2 + 4 d}$; this state is unstable, with a limit cycle, for $b < (a - s)(1 + a + d - s)/(2 a)$
    [@murray2002, section 3.4].

    **Arguments**: `a` 1, predation; `d` 0.1, half-saturation; `b` 0.1, growth of the predators.

    **Good values**: `b=0.1` oscillates; `b=0.4` steady.
    """

    a: Any = param(1.0)
    b: Any = param(0.1)
    d: Any = param(0.1)

    card: ClassVar = Card(
        title="Holling-Tanner",
        equation=r"\dot x = x (1 - x) - \frac{a x y}{x + d},\ \dot y = b y (1 - \frac{y}{x})",
        field="ecology",
        cite=("tanner1975", "murray2002"),
        variables=("x", "y"),
        state=(0.689052, 0.277689),
        period=34.0,
        dt=0.3,
        transient=500.0,
        tags=frozenset({"periodic", "dissipative", "autonomous"}),
        presets={"oscillating": {"b": 0.1}, "steady": {"b": 0.4}},
        known={
            "fixed_points": Known(
                ((1.0, 0.0), ((_ROOT - 0.1) / 2, (_ROOT - 0.1) / 2)),
                Source.EXACT,
                "prey alone; x = y = (1 - a - d + s) / 2",
                1e-13,
            ),
            "bifurcation:b": Known((1 - _ROOT) * (2.1 - _ROOT) / 2, Source.EXACT, "Hopf of the coexistence", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        return x * (1 - x) - self.a * x * y / (x + self.d), self.b * y * (1 - y / x)
