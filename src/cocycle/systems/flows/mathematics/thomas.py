"""Thomas's cyclically symmetric attractor."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Thomas"]


class Thomas(Flow):
    r"""Thomas's labyrinth: a damped particle in a three-dimensional lattice of forces.

    $$\dot x = \sin y - b x, \quad \dot y = \sin z - b y, \quad \dot z = \sin x - b z$$

    The damping alone decides: for $b > 1$ the origin attracts all, at $b \approx 0.329$ a limit cycle appears, below
    $b \approx 0.208$ the motion is chaotic, and at $b = 0$ it wanders through the labyrinth for ever, volumes conserved
    [@thomas1999].

    **Arguments**: `b`, the damping, 0.18.

    Exponents in [@sprott2003, appendix A].

    **Good values**: `b=0.18` chaotic; `b=0.05` chaotic, through many cells of the labyrinth; `b=0.3` periodic; `b=0`
    conservative and unbounded.
    """

    b: Any = param(0.18)

    card: ClassVar = Card(
        title="Thomas",
        equation=r"\dot x = \sin y - b x,\ \dot y = \sin z - b y,\ \dot z = \sin x - b z",
        field="mathematics",
        cite=("thomas1999", "sprott2003"),
        variables=("x", "y", "z"),
        state=(-1.4061, 3.9401, 0.2486),
        period=29.0,
        dt=0.4,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "biology"}),
        presets={"chaotic": {"b": 0.18}, "labyrinth": {"b": 0.05}, "periodic": {"b": 0.3}, "fixed point": {"b": 1.2}},
        known={
            "divergence": Known(-0.54, Source.EXACT, "-3 b", 1e-13),
            "symmetry": Known((2, 3, 1), Source.EXACT, "cyclic", 1e-13),
            "lyapunov": Known((0.0349, 0.0, -0.5749), Source.PAPER, "sprott2003, appendix A", 2e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return jnp.sin(y) - self.b * x, jnp.sin(z) - self.b * y, jnp.sin(x) - self.b * z
