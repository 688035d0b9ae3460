"""Li's three-scroll flow and its unified family."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["DequanLi"]


class DequanLi(Flow):
    r"""Li's three-scroll flow, a family around Lorenz's with two quadratic terms more.

    $$\dot x = a (y - x) + d x z, \quad \dot y = k x + f y - x z, \quad \dot z = c z + x y - e x^2$$

    Published as chaotic at the defaults, with exponents 0.2315, 0 and -1.987 [@li2008three]. From twelve starts and
    with steps down to 5e-5 we find a stable limit cycle there, long and winding through three scrolls; chaos is close,
    at $k = 60$ for example. The set called TSUCS-2 of the unified family [@pan2010] moves on a two-torus.

    **Arguments**: `a` 40, `c` 11/6, `d` 0.16, `e` 0.65, `f` 20, `k` 55.

    **Good values**: the defaults periodic; `k=60` chaotic; `DequanLi.preset("two-torus")` quasi-periodic.
    """

    a: Any = param(40.0)
    c: Any = param(11 / 6)
    d: Any = param(0.16)
    e: Any = param(0.65)
    f: Any = param(20.0)
    k: Any = param(55.0)

    card: ClassVar = Card(
        title="Li's three scrolls",
        equation=r"\dot x = a (y - x) + d x z,\ \dot y = k x + f y - x z,\ \dot z = c z + x y - e x^2",
        field="mathematics",
        cite=("li2008three", "pan2010"),
        variables=("x", "y", "z"),
        state=(-16.934, -17.84, 35.72),
        period=0.0943,
        dt=0.0009,
        transient=30.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"periodic": {"k": 55.0}, "chaotic": {"k": 60.0}, "two-torus": {"c": 0.833, "d": 0.5, "k": 0.0}},
        known={
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "lyapunov": Known(
                (0.2315, 0.0, -1.987),
                Source.PAPER,
                "li2008three",
                1e-3,
                disputed="we find a limit cycle: 0, -0.207, -1.495",
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return self.a * (y - x) + self.d * x * z, self.k * x + self.f * y - x * z, self.c * z + x * y - self.e * x * x
