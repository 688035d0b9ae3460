"""Sprott's simple chaotic flows, cases A to E of his 1994 search."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottA", "SprottB", "SprottC", "SprottD", "SprottE"]

_WHERE = "sprott1994, table I"
_TAGS = frozenset({"chaotic", "dissipative", "autonomous", "polynomial"})


class SprottA(Flow):
    r"""Sprott's case A, the Nose-Hoover oscillator: conservative on average, chaotic seas around invariant tori.

    $$\dot x = y, \quad \dot y = -x + y z, \quad \dot z = a - y^2$$

    The only case of the search without dissipation: an oscillator whose friction `z` is regulated so that $y^2$ has
    the mean `a`. Reversible; it has no fixed point. What a start leads to, chaos or a torus, depends on the start
    [@sprott1994, table I; @hoover1995].

    **Arguments**: `a`, the temperature of the thermostat, 1.
    """

    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Sprott A",
        equation=r"\dot x = y,\ \dot y = -x + y z,\ \dot z = a - y^2",
        field="mathematics",
        cite=("sprott1994", "hoover1995"),
        variables=("x", "y", "z"),
        state=(0.0, 5.0, 0.0),
        period=7.8,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial", "physics"}),
        known={
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-13),
            "reversor": Known((1, -2, -3), Source.EXACT, "t -> -t with (x, y, z) -> (x, -y, -z)", 1e-13),
            "lyapunov": Known((0.014, 0.0, -0.014), Source.PAPER, _WHERE, 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, -x + y * z, self.a - y * y


class SprottB(Flow):
    r"""Sprott's case B: five terms, two of them quadratic.

    $$\dot x = y z, \quad \dot y = x - y, \quad \dot z = a - x y$$

    Symmetric under $(x, y) \to (-x, -y)$, two wings like Lorenz's [@sprott1994, table I].

    **Arguments**: `a`, 1.
    """

    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Sprott B",
        equation=r"\dot x = y z,\ \dot y = x - y,\ \dot z = a - x y",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.9319, 0.6141, 1.251),
        period=6.5,
        dt=0.08,
        transient=200.0,
        tags=_TAGS,
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-13),
            "fixed_points": Known(
                ((1.0, 1.0, 0.0), (-1.0, -1.0, 0.0)), Source.EXACT, "x = y = +-sqrt(a), z = 0", 1e-13
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-13),
            "lyapunov": Known((0.210, 0.0, -1.210), Source.PAPER, _WHERE, 4e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y * z, x - y, self.a - x * y


class SprottC(Flow):
    r"""Sprott's case C: case B with $x^2$ in place of $x y$.

    $$\dot x = y z, \quad \dot y = x - y, \quad \dot z = a - x^2$$

    [@sprott1994, table I].

    **Arguments**: `a`, 1.
    """

    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Sprott C",
        equation=r"\dot x = y z,\ \dot y = x - y,\ \dot z = a - x^2",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-0.0206, -0.0229, 0.669),
        period=6.2,
        dt=0.08,
        transient=200.0,
        tags=_TAGS,
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-13),
            "fixed_points": Known(
                ((1.0, 1.0, 0.0), (-1.0, -1.0, 0.0)), Source.EXACT, "x = y = +-sqrt(a), z = 0", 1e-13
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-13),
            "lyapunov": Known((0.163, 0.0, -1.163), Source.PAPER, _WHERE, 4e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y * z, x - y, self.a - x * x


class SprottD(Flow):
    r"""Sprott's case D: two quadratic terms in one equation, a degenerate fixed point at the origin.

    $$\dot x = -y, \quad \dot y = x + z, \quad \dot z = x z + a y^2$$

    The divergence is `x`: it dissipates only on average [@sprott1994, table I].

    **Arguments**: `a`, 3.
    """

    a: Any = param(3.0)

    card: ClassVar = Card(
        title="Sprott D",
        equation=r"\dot x = -y,\ \dot y = x + z,\ \dot z = x z + a y^2",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(-0.2723, 0.3672, 0.8188),
        period=5.5,
        dt=0.08,
        transient=200.0,
        tags=_TAGS,
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "y = 0, x = -z, x z = 0", 1e-13),
            "lyapunov": Known((0.103, 0.0, -1.320), Source.PAPER, _WHERE, 4e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -y, x + z, x * z + self.a * y * y


class SprottE(Flow):
    r"""Sprott's case E: five terms, one fixed point, one scroll.

    $$\dot x = y z, \quad \dot y = x^2 - y, \quad \dot z = 1 - a x$$

    [@sprott1994, table I].

    **Arguments**: `a`, 4.
    """

    a: Any = param(4.0)

    card: ClassVar = Card(
        title="Sprott E",
        equation=r"\dot x = y z,\ \dot y = x^2 - y,\ \dot z = 1 - a x",
        field="mathematics",
        cite=("sprott1994",),
        variables=("x", "y", "z"),
        state=(0.082, 0.0151, 3.9577),
        period=6.5,
        dt=0.1,
        transient=200.0,
        tags=_TAGS,
        known={
            "divergence": Known(-1.0, Source.EXACT, "-1", 1e-13),
            "fixed_points": Known(((0.25, 0.0625, 0.0),), Source.EXACT, "x = 1/a, y = x^2, z = 0", 1e-13),
            "lyapunov": Known((0.078, 0.0, -1.078), Source.PAPER, _WHERE, 4e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y * z, x * x - y, 1 - self.a * x
