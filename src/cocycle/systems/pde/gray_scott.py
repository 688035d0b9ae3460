"""The Gray-Scott model."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["GrayScott"]


class GrayScott(PeriodicField):
    r"""The Gray-Scott model on a periodic square or a ring: spots that divide, worms, mazes and chemical turbulence.

    $$u_t = D_u \nabla^2 u - u v^2 + F (1 - u), \quad v_t = D_v \nabla^2 v + u v^2 - (F + k)\, v$$

    $u$ is fed at the rate $F$ and turned into $v$, which makes itself and is washed out at the rate $F + k$
    [@gray1985]. The empty state $(1, 0)$ is always stable; two more uniform states exist where $4 (F + k)^2 < F$.
    Diffusion adds a great variety of patterns, which a finite disturbance of the empty state starts [@pearson1993].

    The state holds $u$ on `n` points a side, then $v$. Patterns have structure down to about 0.05; one point per 0.02
    resolves it.

    **Arguments**: `F` 0.04 feed and `k` 0.06 loss; `Du` 2e-5 and `Dv` 1e-5 diffusivities; `length` 0.6 of a side
    (in the paper 2.5); `n` 32 grid points a side (static; for `length=2.5` take 128); `dimensions` 2 or 1 (static).

    **Good values**: the presets, most of them with the letter of their kind in the paper: holes $\delta$, dividing
    spots $\epsilon$, stripes $\gamma$, maze $\theta$, worms $\mu$.
    """

    F: Any = param(0.04)
    k: Any = param(0.06)
    Du: Any = param(2e-5)
    Dv: Any = param(1e-5)
    length: Any = param(0.6)
    n: int = eqx.field(default=32, static=True)
    dimensions: int = eqx.field(default=2, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Gray-Scott",
        equation=r"u_t = D_u \nabla^2 u - u v^2 + F (1 - u),\ v_t = D_v \nabla^2 v + u v^2 - (F + k) v",
        field="chemistry",
        cite=("gray1985", "pearson1993"),
        variables=("u", "v"),
        period=200.0,
        dt=2.0,
        transient=5000.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={
            "maze": {"F": 0.04, "k": 0.06},
            "holes": {"F": 0.03, "k": 0.055},
            "dividing spots": {"F": 0.018, "k": 0.055},
            "spots": {"F": 0.034, "k": 0.063},
            "stripes": {"F": 0.022, "k": 0.051},
            "worms": {"F": 0.046, "k": 0.065},
        },
        known={"fixed_points": Known((constant(32, 1.0, 0.0, dimensions=2),), Source.EXACT, "empty", 1e-14)},
        status=Status.UNVERIFIED,
        reason="the exponents do not converge in the time of a build",
    )

    def default_state(self):
        # the paper's start, a patch of (1/2, 1/4) in the empty state, with soft edges and without its symmetry
        first = self.angles[0]
        away = 1 - jnp.cos(first - 3.0)
        if self.dimensions == 2:
            second = self.angles[1]
            away = away + 1.5 * (1 - jnp.cos(second - 3.3)) + 0.2 * jnp.sin(first) * jnp.sin(second)
        patch = 0.5 * (1 - jnp.tanh(8 * (away - 0.35)))
        return self.state(1 - 0.5 * patch, 0.25 * patch)

    def linear(self):
        return jnp.stack([self.Du * self.laplacian - self.F, self.Dv * self.laplacian - self.F - self.k])

    def nonlinear(self, t, modes):
        del t
        u, v = self.backward(modes)
        made = self.forward(u * v * v)
        return jnp.stack([self.F * self.unit - made, made])
