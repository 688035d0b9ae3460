"""A Brownian particle in a tilted washboard."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp
import numpy as np

from cocycle.core import Card, Known, Source, Status, StochasticFlow, param

__all__ = ["Washboard"]


class Washboard(StochasticFlow):
    r"""An overdamped Brownian particle in a tilted periodic potential: a noisy phase, a pinned charge density wave.

    $$dx = (F - A \sin x)\,dt + \sqrt{2 T}\,dW$$

    `x` is an angle, not wrapped. Without noise the particle is locked for $|F| \le A$ and else slides with the mean
    velocity $\sqrt{F^2 - A^2}$. With noise the mean velocity is
    $2\pi T (1 - e^{-2\pi F/T}) / \int_0^{2\pi} \int_0^{2\pi} e^{[V(x + y) - V(x) - F y]/T}\,dy\,dx$, $V = -A \cos x$
    (the method `mean_velocity`) [@stratonovich1967; @ambegaokar1969]. Near $F = A$ weak noise makes diffusion much
    faster than it is without the potential [@reimann2001].

    **Arguments**: `F` tilt 0.9; `A` depth 1; `T` temperature 0.1.

    **Good values**: `F=0.9` slides now and then; `F=0.5` nearly locked; `F=1.5` running.
    """

    F: Any = param(0.9)
    A: Any = param(1.0)
    T: Any = param(0.1)

    card: ClassVar = Card(
        title="Tilted washboard",
        equation=r"dx = (F - A \sin x)\,dt + \sqrt{2 T}\,dW",
        field="physics",
        cite=("stratonovich1967", "ambegaokar1969", "reimann2001"),
        variables=("x",),
        unbounded=("x",),
        state=(math.asin(0.9),),
        period=6.2832,
        dt=0.1,
        transient=100.0,
        tags=frozenset({"autonomous", "phases"}),
        presets={"sliding": {"F": 0.9}, "locked": {"F": 0.5}, "running": {"F": 1.5}},
        known={
            "fixed_points": Known(
                ((math.asin(0.9),), (math.pi - math.asin(0.9),)), Source.EXACT, "sin x = F/A, of the drift", 1e-14
            ),
            "bifurcation:F": Known(1.0, Source.EXACT, "A: without noise, a saddle-node on a circle", 0.0),
        },
        status=Status.VERIFIED,
    )
    additive: ClassVar = True

    def mean_velocity(self):
        """The exact mean velocity in the long run, by quadrature."""
        x = 2 * jnp.pi * jnp.arange(256) / 256  # periodic in x: equal weights
        nodes, weights = np.polynomial.legendre.leggauss(128)
        y = jnp.pi * (1 + nodes)
        inner = jnp.exp((self.A * (jnp.cos(x)[:, None] - jnp.cos(x[:, None] + y)) - self.F * y) / self.T)
        area = 2 * jnp.pi * jnp.mean(inner @ (jnp.pi * weights))
        return -2 * jnp.pi * self.T * jnp.expm1(-2 * jnp.pi * self.F / self.T) / area

    def drift(self, t, x):
        del t
        return self.F - self.A * jnp.sin(x)

    def diffusion(self, t, x):
        del t, x
        return jnp.reshape(jnp.sqrt(2 * self.T), (1, 1))
