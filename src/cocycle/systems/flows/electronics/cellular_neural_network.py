"""Three cells of a cellular neural network."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["CellularNeuralNetwork"]


class CellularNeuralNetwork(Flow):
    r"""Three cells of a cellular neural network: a double scroll without an oscillator.

    $$\dot x = -x + p_1 f(x) - s f(y) - s f(z), \quad \dot y = -y - s f(x) + p_2 f(y) - r f(z), \quad
    \dot z = -z - s f(x) + r f(y) + p_3 f(z)$$
    $$f(x) = \tfrac12 (|x + 1| - |x - 1|)$$

    Each cell is a leaky capacitor with a saturating amplifier `f` [@zou1993].

    **Arguments**: `p1` 1.25, `p2` 1.1, `p3` 1 strength of each cell's own feedback; `s` 3.2 and `r` 4.4 couplings.

    **Good values**: `p1=1.25` chaotic; `p1=1.1` periodic.
    """

    p1: Any = param(1.25)
    p2: Any = param(1.1)
    p3: Any = param(1.0)
    s: Any = param(3.2)
    r: Any = param(4.4)

    card: ClassVar = Card(
        title="Three-cell cellular neural network",
        equation=(
            r"\dot x = -x + p_1 f(x) - s f(y) - s f(z),\ \dot y = -y - s f(x) + p_2 f(y) - r f(z),\ "
            r"\dot z = -z - s f(x) + r f(y) + p_3 f(z),\ f(x) = \tfrac12 (|x + 1| - |x - 1|)"
        ),
        field="electronics",
        cite=("zou1993",),
        variables=("x", "y", "z"),
        state=(0.12359, 0.16967, 0.11958),
        period=3.2,
        dt=0.03,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "piecewise"}),
        presets={"chaotic": {"p1": 1.25}, "periodic": {"p1": 1.1}},
        known={
            "fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "the origin", 1e-14),
            "symmetry": Known((-1, -2, -3), Source.EXACT, "odd", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        u, v, w = 0.5 * (jnp.abs(x + 1) - jnp.abs(x - 1))
        x, y, z = x
        return (
            -x + self.p1 * u - self.s * v - self.s * w,
            -y - self.s * u + self.p2 * v - self.r * w,
            -z - self.s * u + self.r * v + self.p3 * w,
        )
