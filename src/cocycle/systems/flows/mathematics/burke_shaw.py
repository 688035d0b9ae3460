"""The Burke-Shaw flow."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["BurkeShaw"]


class BurkeShaw(Flow):
    r"""The flow of Burke and Shaw: Lorenz's symmetry, another organisation of its branches.

    $$\dot x = -S (x + y), \quad \dot y = -y - S x z, \quad \dot z = S x y + V$$

    Given with these parameters in [@shaw1981, p. 104]; at $V = 4.272$ its template has four branches [@letellier1996].
    The fixed points are $(\pm\sqrt{V/S}, \mp\sqrt{V/S}, 1/S)$. Exponents in [@sprott2003, appendix A.5.14].

    **Arguments**: `S` 10, `V` 13.

    **Good values**: `V=13` and `V=4.272` chaotic; `V=3.2` periodic.
    """

    S: Any = param(10.0)
    V: Any = param(13.0)

    card: ClassVar = Card(
        title="Burke-Shaw",
        equation=r"\dot x = -S (x + y),\ \dot y = -y - S x z,\ \dot z = S x y + V",
        field="mathematics",
        cite=("shaw1981", "letellier1996", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-0.66507, 0.52498, 0.59736),
        period=0.7,
        dt=0.009,
        transient=20.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"V": 13.0}, "four branches": {"V": 4.272}, "periodic": {"V": 3.2}},
        known={
            "divergence": Known(-11.0, Source.EXACT, "-(S + 1)", 1e-12),
            "fixed_points": Known(
                ((1.3**0.5, -(1.3**0.5), 0.1), (-(1.3**0.5), 1.3**0.5, 0.1)),
                Source.EXACT,
                "(+-sqrt(V/S), -+sqrt(V/S), 1/S)",
                1e-11,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known((2.2499, 0.0, -13.2499), Source.PAPER, "sprott2003, appendix A.5.14", 1e-2),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -self.S * (x + y), -y - self.S * x * z, self.S * x * y + self.V
