"""Keller and Segel's model of chemotaxis, with growth."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["KellerSegel"]


class KellerSegel(PeriodicField):
    r"""Keller and Segel's model of chemotaxis, on a ring or a periodic square, with logistic growth of the cells.

    $$u_t = \nabla\cdot(D \nabla u - \chi\, u \nabla v) + r\, u\, (1 - u), \quad v_t = \nabla^2 v + u - v$$

    Cells $u$ climb the gradient of a signal $v$ that they make themselves [@keller1970]. The uniform state $u = v = 1$
    loses its stability at $\chi = \big(\sqrt D + \sqrt r\big)^2$. Far beyond, heaps of cells merge and new ones emerge
    between them, for ever and irregularly: space-time chaos [@painter2011]. Without growth ($r = 0$) the mass is
    conserved, and in the plane a large one collapses to a point in finite time.

    The state holds $u$ on `n` points a side, then $v$.

    **Arguments**: `D` 0.1 diffusivity of the cells; `chi` 3 their sensitivity; `r` 1 rate of growth; `length` 10 of a
    side; `n` 128 grid points a side (static); `dimensions` 1 or 2 (static).

    **Good values**: `chi=3` chaotic; `chi=1` uniform.
    """

    D: Any = param(0.1)
    chi: Any = param(3.0)
    r: Any = param(1.0)
    length: Any = param(10.0)
    n: int = eqx.field(default=128, static=True)
    dimensions: int = eqx.field(default=1, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Keller-Segel with growth",
        equation=r"u_t = D \nabla^2 u - \chi \nabla \cdot (u \nabla v) + r u (1 - u),\ v_t = \nabla^2 v + u - v",
        field="biology",
        cite=("keller1970", "painter2011"),
        variables=("u", "v"),
        period=4.0,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"merging": {"chi": 3.0}, "uniform": {"chi": 1.0}},
        known={
            "fixed_points": Known((constant(128, 0.0, 0.0), constant(128, 1.0, 1.0)), Source.EXACT, "uniform", 1e-9),
            "bifurcation:chi": Known(
                (0.1**0.5 + 1) ** 2, Source.EXACT, "the uniform state loses stability (on an endless line)", 0.0
            ),
        },
        status=Status.UNVERIFIED,
        reason="the exponents do not converge in the time of a build",
    )

    def default_state(self):
        first, second = self.angles[0], self.angles[-1]
        wave = jnp.cos(3 * first) + jnp.sin(2 * first + 1) + 0.5 * jnp.sin(5 * second)
        return self.state(1 + 0.1 * wave, 1.0)

    def linear(self):
        return jnp.stack([self.D * self.laplacian, self.laplacian - 1])

    def nonlinear(self, t, modes):
        del t
        u, v = modes
        cells = self.backward(u)
        growth = self.r * self.forward(cells * (1 - cells))
        return jnp.stack([growth - self.chi * self.divergence_of(u, v), u])
