"""Rossler's hyperchaotic flow."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["HyperRossler"]


class HyperRossler(Flow):
    r"""Rossler's four-dimensional flow, the first with two positive exponents.

    $$\dot x = -y - z, \quad \dot y = x + a y + w, \quad \dot z = b + x z, \quad \dot w = -c z + d w$$

    Orbits spiral out in `x, y` while `w` grows slowly; bursts of `z` throw them back. The basin is bounded, and so is
    the range of parameters: many neighbours of the standard ones escape [@rossler1979].

    **Arguments**: `a` 0.25, `b` 3, `c` 0.5, `d` 0.05. Exponents in [@wolf1985, table 1].
    """

    a: Any = param(0.25)
    b: Any = param(3.0)
    c: Any = param(0.5)
    d: Any = param(0.05)

    card: ClassVar = Card(
        title="Hyperchaotic Rossler",
        equation=r"\dot x = -y - z,\ \dot y = x + a y + w,\ \dot z = b + x z,\ \dot w = -c z + d w",
        field="mathematics",
        cite=("rossler1979", "wolf1985"),
        variables=("x", "y", "z", "w"),
        state=(-1.4354, 9.0522, 2.2269, 36.0901),
        period=6.7,
        dt=0.07,
        transient=200.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial"}),
        known={
            # printed in bits per unit of time: 0.16, 0.03, 0.00, -39.0
            "lyapunov": Known((0.111, 0.021, 0.0), Source.PAPER, "wolf1985, table 1, times ln 2", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z, w = x
        return -y - z, x + self.a * y + w, self.b + x * z, -self.c * z + self.d * w
