"""The Burgers map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["BurgersMap"]


class BurgersMap(Map):
    r"""A map after Burgers's model of turbulence: a mean flow `x` feeds and is braked by a disturbance `y`.

    $$x_{n+1} = a x_n - y_n^2, \quad y_{n+1} = b y_n + x_n y_n$$

    The laminar state 0 is unstable for $b > 1$; the pair $(1 - b, \pm\sqrt{(1 - a)(b - 1)})$ branches off there
    and loses stability through a Neimark-Sacker bifurcation at $b = 3/2$ [@whitehead1984, there $a = 1 - \nu$ and
    $b = 1 + \mu$]. Exponents in [@sprott2003, appendix A].

    **Arguments**: `a`, what damping leaves of the flow, 0.75; `b`, the growth of the disturbance, 1.75.

    **Good values**: `b=1.75` chaotic; `b=1.55` an invariant circle; `b=1.3` fixed point.
    """

    a: Any = param(0.75)
    b: Any = param(1.75)

    card: ClassVar = Card(
        title="Burgers map",
        equation=r"x_{n+1} = a x_n - y_n^2,\ y_{n+1} = b y_n + x_n y_n",
        field="fluids",
        cite=("whitehead1984", "sprott2003"),
        variables=("x", "y"),
        state=(-0.24193, -0.0028761),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "polynomial"}),
        presets={"chaotic": {"b": 1.75}, "invariant circle": {"b": 1.55}, "fixed point": {"b": 1.3}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0), (-0.75, 0.1875**0.5), (-0.75, -(0.1875**0.5))),
                Source.EXACT,
                "0 and x = 1 - b, y^2 = (1 - a) (b - 1)",
                1e-14,
            ),
            "symmetry": Known((1, -2), Source.EXACT, "(x, y) -> (x, -y)", 1e-14),
            "lyapunov": Known((0.12076, -0.22136), Source.PAPER, "sprott2003, appendix A", 2e-3),
            "bifurcation:b": Known(1.5, Source.EXACT, "Neimark-Sacker: the determinant a + 2 y^2 is 1", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return self.a * x - y * y, self.b * y + x * y
