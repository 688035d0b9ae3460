"""Wright and Fisher's population."""

from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp

from cocycle.core import Card, Known, RandomMap, Source, Status, param

__all__ = ["WrightFisher"]

_C = (1 - 2 * 0.01) ** 2
_VARIANCE = 1 / (4 * 100) / (1 - _C * (1 - 1 / 100))


class WrightFisher(RandomMap):
    r"""Genetic drift: each generation is a random sample of the last, with mutation.

    $$x_{n+1} = \frac{1}{N} \operatorname{Binomial}(N, p_n), \quad p_n = (1 - u) x_n + u (1 - x_n)$$

    `x` is the frequency of one of two types among `N` genes, `u` the probability of mutation either way. In the long
    run the mean is 1/2 and the variance $\frac{1}{4 N} / [1 - (1 - 2u)^2 (1 - 1/N)]$; where $2 N u < 1$, roughly, one
    of the types is nearly fixed most of the time [@wright1931].

    **Arguments**: `N` number of genes, 100, static; `u` mutation, 0.01.

    **Good values**: `u=0.01` both types common; `u=0.001` long times near fixation.
    """

    N: int = eqx.field(default=100, static=True)
    u: Any = param(0.01)

    card: ClassVar = Card(
        title="Wright-Fisher model",
        equation=r"N x_{n+1} \text{ binomial, of } N \text{ trials with the chance } (1 - u) x_n + u (1 - x_n)",
        field="biology",
        cite=("wright1931",),
        variables=("x",),
        state=(0.5,),
        dt=1.0,
        transient=500.0,
        tags=frozenset({"autonomous"}),
        presets={"mixed": {"u": 0.01}, "drift": {"u": 0.001}},
        known={
            "mean": Known((0.5,), Source.EXACT, "symmetry", 0.0),
            "variance": Known((_VARIANCE,), Source.EXACT, "1/(4 N) / (1 - (1 - 2 u)^2 (1 - 1/N))", 0.0),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x, key):
        del n
        x, u = jax.lax.stop_gradient(x), jax.lax.stop_gradient(self.u)
        p = jnp.clip(u + (1 - 2 * u) * x, 0.0, 1.0)
        return jax.random.binomial(key, self.N, p, x.shape, x.dtype) / self.N
