"""Stuart's row of vortices."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["StuartVortices"]


class StuartVortices(Flow):
    r"""A particle in Stuart's row of vortices, the cat's eyes of a mixing layer: an exact steady flow of Euler.

    $$\dot x = \frac{\sinh y}{\cosh y - \epsilon \cos x}, \quad
    \dot y = -\frac{\epsilon \sin x}{\cosh y - \epsilon \cos x}$$

    The stream function is $\ln(\cosh y - \epsilon \cos x)$, which a particle keeps: it circulates in an eye, around
    $(0, 0)$, or drifts past the eyes above or below. From $\epsilon = 0$ to 1 the family goes from the layer
    $\tanh y$ to a row of point vortices [@stuart1967]. Near the centre of the eye the period is
    $2\pi (1 - \epsilon)/\sqrt\epsilon$.

    **Arguments**: `epsilon`, how far the vorticity is concentrated, 1/2.

    **Good values**: `epsilon=0.5` eyes; `epsilon=0` parallel flow, no eyes.
    """

    epsilon: Any = param(0.5)

    card: ClassVar = Card(
        title="Stuart vortices",
        equation=(
            r"\dot x = \frac{\sinh y}{\cosh y - \epsilon \cos x},\ "
            r"\dot y = -\frac{\epsilon \sin x}{\cosh y - \epsilon \cos x}"
        ),
        field="fluids",
        cite=("stuart1967",),
        variables=("x", "y"),
        state=(2.0, 0.0),
        period=13.34,
        dt=0.13,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous"}),
        presets={"eyes": {"epsilon": 0.5}, "parallel": {"epsilon": 0.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "incompressible", 1e-13),
            "fixed_points": Known(
                ((0.0, 0.0), (math.pi, 0.0)), Source.EXACT, "centre of the eye, and stagnation point", 1e-13
            ),
            "symmetry": Known((-1, -2), Source.EXACT, "half a turn", 1e-13),
            "reversor": Known((1, -2), Source.EXACT, "t -> -t with y -> -y", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        density = jnp.cosh(y) - self.epsilon * jnp.cos(x)
        return jnp.sinh(y) / density, -self.epsilon * jnp.sin(x) / density

    def invariants(self, state):
        x, y = state
        return {"stream function": jnp.log(jnp.cosh(y) - self.epsilon * jnp.cos(x))}
