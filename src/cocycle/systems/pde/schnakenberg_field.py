"""The Schnakenberg model of Turing patterns."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, Known, Source, Status, param

from ._periodic import PeriodicField, constant

__all__ = ["SchnakenbergField"]

_A, _B = 0.1, 0.9
# the Jacobian of the reaction at the uniform state, for gamma = 1
_FU, _FV, _GU, _GV = (_B - _A) / (_A + _B), (_A + _B) ** 2, -2 * _B / (_A + _B), -((_A + _B) ** 2)
_DET = _FU * _GV - _FV * _GU
# onset of patterns: (d f_u + g_v)^2 = 4 d det
_HALF = 2 * _DET - _FU * _GV
_ONSET = (_HALF + (_HALF**2 - (_FU * _GV) ** 2) ** 0.5) / _FU**2


class SchnakenbergField(PeriodicField):
    r"""The Schnakenberg model on a periodic square or a ring: the simplest chemistry with Turing patterns.

    $$u_t = \nabla^2 u + \gamma\, (a - u + u^2 v), \quad v_t = d\, \nabla^2 v + \gamma\, (b - u^2 v)$$

    $u$ makes itself at the expense of $v$ [@schnakenberg1979]. The uniform state $u = a + b$, $v = b / (a + b)^2$ is
    stable without diffusion where $b - a < (a + b)^3$, and loses its stability to a pattern where $v$ diffuses fast:
    from $d = 8.57$ for $a = 0.1$, $b = 0.9$ [@murray2003, ch. 2].

    The state holds $u$ on `n` points a side, then $v$.

    **Arguments**: `a` 0.1 and `b` 0.9 supplies; `d` 20 ratio of the diffusivities; `gamma` 1 rate of the reaction;
    `length` 40 of a side; `n` 32 grid points a side (static); `dimensions` 2 or 1 (static).

    **Good values**: `d=20` spots; `d=5` uniform.
    """

    a: Any = param(_A)
    b: Any = param(_B)
    d: Any = param(20.0)
    gamma: Any = param(1.0)
    length: Any = param(40.0)
    n: int = eqx.field(default=32, static=True)
    dimensions: int = eqx.field(default=2, static=True)  # type: ignore[misc]
    components: ClassVar[int] = 2

    card: ClassVar = Card(
        title="Schnakenberg (field)",
        equation=r"u_t = \nabla^2 u + \gamma (a - u + u^2 v),\ v_t = d \nabla^2 v + \gamma (b - u^2 v)",
        field="chemistry",
        cite=("schnakenberg1979", "murray2003"),
        variables=("u", "v"),
        period=6.0,
        dt=0.1,
        transient=500.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "pde", "polynomial"}),
        presets={"spots": {"d": 20.0}, "uniform": {"d": 5.0}, "line": {"n": 64, "dimensions": 1}},
        known={
            "fixed_points": Known(
                (constant(32, _A + _B, _B / (_A + _B) ** 2, dimensions=2),), Source.EXACT, "uniform", 1e-11
            ),
            "bifurcation:d": Known(_ONSET, Source.EXACT, "Turing: the uniform state loses stability to a pattern", 0.0),
        },
        status=Status.VERIFIED,
    )

    @property
    def uniform(self):
        """The uniform state, shape `(2,)`."""
        total = self.a + self.b
        return jnp.stack([total, self.b / total**2])

    def default_state(self):
        # the uniform state, disturbed in a few waves
        u, v = self.uniform
        first = self.angles[0]
        wave = jnp.cos(3 * first) + jnp.sin(2 * first + 1)
        if self.dimensions == 2:
            second = self.angles[1]
            wave = wave + jnp.cos(first + 3 * second) + jnp.sin(3 * second - 2 * first)
        return self.state(u + 0.1 * wave, v)

    def linear(self):
        return jnp.stack([self.laplacian - self.gamma, self.d * self.laplacian])

    def nonlinear(self, t, modes):
        del t
        u, v = self.backward(modes)
        made = self.forward(u * u * v)
        return self.gamma * jnp.stack([self.a * self.unit + made, self.b * self.unit - made])
