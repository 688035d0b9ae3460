"""Sprott's simple chaotic flow, case A."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SprottA"]


class SprottA(Flow):
    r"""Sprott's case A, the Nose-Hoover oscillator: no attractor, a chaotic sea around invariant tori.

    $$\dot x = y, \quad \dot y = -x + y z, \quad \dot z = a - y^2$$

    The only case of the search without dissipation: an oscillator whose friction `-z` is regulated so that $y^2$ has
    the mean `a`. Reversible; it has no fixed point. What a start leads to, chaos or a torus, depends on the start
    [@sprott1994, table I]; the default one lies in the chaotic sea of (0, 5, 0). It was known before: Hoover recognised
    the thermostatted oscillator of molecular dynamics [@hoover1995], in which $\dot q = p, \dot p = -q - \xi p, \dot\xi
    = \alpha (p^2 - 1)$ [@posch1986]; there $\alpha$ is our `a`, with $q = x/\sqrt a$, $p = y/\sqrt a$, $\xi = -z$.

    **Arguments**: `a`, the temperature of the thermostat, 1.
    """

    a: Any = param(1.0)

    card: ClassVar = Card(
        title="Sprott A",
        equation=r"\dot x = y,\ \dot y = -x + y z,\ \dot z = a - y^2",
        field="mathematics",
        cite=("sprott1994", "hoover1995", "posch1986"),
        variables=("x", "y", "z"),
        state=(-1.4733, 2.2649, 0.18856),
        period=8.3,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        known={
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
            "reversor": Known((1, -2, -3), Source.EXACT, "t -> -t with (x, y, z) -> (x, -y, -z)", 1e-12),
            "lyapunov": Known((0.014, 0.0, -0.014), Source.PAPER, "sprott1994, table I", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return y, -x + y * z, self.a - y * y
