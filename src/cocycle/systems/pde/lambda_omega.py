"""Lambda-omega systems with diffusion."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["LambdaOmega"]


class LambdaOmega(PeriodicField):
    r"""The lambda-omega system with diffusion, on a periodic square or a ring: oscillators with spiral waves.

    $$u_t = D\, \nabla^2 u + \lambda(A)\, u - \omega(A)\, v, \quad v_t = D\, \nabla^2 v + \omega(A)\, u + \lambda(A)\,
    v, \quad \lambda = 1 - A^2,\ \omega = -\beta A^2,\ A^2 = u^2 + v^2$$

    Each point turns on a circle, the outer ones faster. Plane waves of wave number $q$ have $A^2 = 1 - D q^2$ and turn
    with $-\beta A^2$ [@kopell1973]; short ones, with $D q^2 > 1 / (3 + 2 \beta^2)$, are unstable. In the plane spirals
    turn about points where $A = 0$, and send out waves of a length that $\beta$ selects [@hagan1982]. Much used as a
    test of learning methods at $D = 0.1$, $\beta = 1$ [@rudy2017].

    The state holds $u$ on `n` points a side, then $v$.

    **Arguments**: `beta` 1 change of frequency with amplitude; `D` 0.1 diffusivity; `length` 10 of a side; `n` 32 grid
    points a side (static); `dimensions` 2 or 1 (static).

    **Good values**: the default is two pairs of spirals that turn in opposite senses.
    """

    beta: Any = param(1.0)
    D: Any = param(0.1)
    length: Any = param(10.0)
    n: int = eqx.field(default=32, static=True)
    dimensions: int = eqx.field(default=2, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Lambda-omega waves",
        equation=r"u_t = D \nabla^2 u + (1 - A^2) u + \beta A^2 v,\ v_t = D \nabla^2 v - \beta A^2 u + (1 - A^2) v,\ "
        r"A = \sqrt{u^2 + v^2}",
        field="mathematics",
        cite=("kopell1973", "hagan1982", "rudy2017"),
        variables=("u", "v"),
        period=13.9,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"spirals": {"beta": 1.0}, "ring": {"n": 64, "length": 20.0, "dimensions": 1}},
        known={
            "fixed_points": Known((constant(32, 0.0, 0.0, dimensions=2),), Source.EXACT, "no oscillation", 1e-14),
            "symmetry": Known((*range(1025, 2049), *range(-1, -1025, -1)), Source.EXACT, "a quarter turn", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def plane_wave(self, waves: int, t: Any = 0.0):
        """The exact solution with `waves` whole waves along the first axis, as a state."""
        q = 2 * jnp.pi / self.length * waves
        square = 1 - self.D * q**2
        angle = waves * self.angles[0] - self.beta * square * t
        return self.state(jnp.sqrt(square) * jnp.cos(angle), jnp.sqrt(square) * jnp.sin(angle))

    def default_state(self):
        first, second = self.angles[0], self.angles[-1]
        if self.dimensions == 2:
            return self.state(jnp.sin(first), jnp.sin(second))
        return self.state(jnp.cos(first) + 0.1 * jnp.cos(2 * first), jnp.sin(first))

    def linear(self):
        return self.D * jnp.stack([self.laplacian, self.laplacian])

    def nonlinear(self, t, modes):
        del t
        u, v = self.backward(modes)
        square = u * u + v * v
        growth, turning = 1 - square, -self.beta * square
        return self.forward(jnp.stack([growth * u - turning * v, turning * u + growth * v]))
