"""Quasi-periodic motion on a torus."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["TorusFlow"]


class TorusFlow(Flow):
    r"""Steady rotation around both circles of a torus: the simplest quasi-periodic flow.

    $$\dot x = -y - \frac{n x z}{\rho}, \quad \dot y = x - \frac{n y z}{\rho}, \quad \dot z = n\,(\rho - r),
    \quad \rho = \sqrt{x^2 + y^2}$$

    Every torus around the circle $\rho = r$, $z = 0$ is invariant; on it the angle along the circle grows at rate 1
    and the angle around it at rate $n$ [@strogatz1994, section 8.6]. For irrational $n$ the orbit fills the torus, for
    rational $n$ it closes to a knot. All exponents are zero.

    **Arguments**: `n` ratio of the two rates, the golden mean; `r` radius of the circle, 1. The start sets the radius
    of the tube, by default 1/2.

    **Good values**: the golden mean is quasi-periodic; `n=1.5` is a trefoil knot.
    """

    n: Any = param((1 + math.sqrt(5)) / 2)
    r: Any = param(1.0)

    card: ClassVar = Card(
        title="Quasi-periodic flow on a torus",
        equation=(
            r"\dot x = -y - \frac{n x z}{\rho},\ \dot y = x - \frac{n y z}{\rho},\ \dot z = n (\rho - r),\ "
            r"\rho = \sqrt{x^2 + y^2}"
        ),
        field="mathematics",
        cite=("strogatz1994",),
        variables=("x", "y", "z"),
        state=(1.5, 0.0, 0.0),
        period=2 * math.pi,
        dt=2 * math.pi / 100,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous"}),
        presets={"quasi-periodic": {"n": (1 + math.sqrt(5)) / 2}, "trefoil": {"n": 1.5}},
        known={
            "symmetry": Known((-1, -2, 3), Source.EXACT, "half a turn about the axis", 1e-13),
            "reversor": Known((1, -2, -3), Source.EXACT, "t -> -t with half a turn about the x axis", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        rho = jnp.sqrt(x * x + y * y)
        return -y - self.n * x * z / rho, x - self.n * y * z / rho, self.n * (rho - self.r)

    def invariants(self, state):
        x, y, z = state
        return {"tube": (jnp.sqrt(x * x + y * y) - self.r) ** 2 + z * z}
