"""Autoregressive processes."""

import math
from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, RandomMap, Source, Status, param

__all__ = ["Autoregressive"]

_A1, _A2 = 1.5, -0.8
_VARIANCE = (1 - _A2) / ((1 + _A2) * ((1 - _A2) ** 2 - _A1**2))


class Autoregressive(RandomMap):
    r"""The autoregressive process AR(p): the next value is a linear function of the last `p`, plus noise.

    $$x_{n+1} = \sum_{k=1}^{p} a_k x_{n+1-k} + \sigma \xi_n$$

    with independent standard Gaussian $\xi_n$; the state is $(x_n, x_{n-1}, \dots)$. AR(1) with $|a_1| < 1$ has the
    variance $\sigma^2/(1 - a_1^2)$ and the correlations $a_1^k$. AR(2) with complex roots, as by default, is a noisy
    oscillation with damping $\sqrt{-a_2}$ per step and angular frequency $\arccos(a_1 / (2 \sqrt{-a_2}))$, Yule's model
    of the sunspots [@yule1927]; its variance is $\frac{1 - a_2}{1 + a_2} \frac{\sigma^2}{(1 - a_2)^2 - a_1^2}$
    [@luetkepohl2005].

    **Arguments**: `a` the coefficients, shape `(p,)`, (1.5, -0.8); `sigma` strength of the noise, 1.

    **Good values**: `a=(0.9,)` red noise; `a=(1.5, -0.8)` a noisy oscillation with a period of 11 steps.
    """

    a: Any = param((_A1, _A2))
    sigma: Any = param(1.0)

    card: ClassVar = Card(
        title="Autoregressive process",
        equation=r"x_{n+1} = \sum_{k=1}^{p} a_k x_{n+1-k} + \sigma \xi_n \text{ with Gaussian } \xi_n",
        symbols={"p": "dim"},
        field="mathematics",
        cite=("yule1927", "luetkepohl2005"),
        variables=("x",),
        dt=1.0,
        transient=200.0,
        tags=frozenset({"autonomous"}),
        presets={"oscillation": {"a": (_A1, _A2)}, "red noise": {"a": (0.9,)}},
        known={
            "determinant": Known(-_A2, Source.EXACT, "-a_2", 1e-13),
            "mean": Known((0.0, 0.0), Source.EXACT, "no constant term", 0.0),
            "variance": Known(
                (_VARIANCE, _VARIANCE), Source.EXACT, "(1 - a2) sigma^2 / ((1 + a2) ((1 - a2)^2 - a1^2))", 0.0
            ),
            "lyapunov": Known((0.5 * math.log(-_A2),) * 2, Source.EXACT, "ln sqrt(-a_2), twice", 1e-9),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if jnp.ndim(self.a) != 1:
            raise CocycleError(f"Autoregressive: a must have shape (p,); got {jnp.shape(self.a)}.")

    def default_state(self):
        return jnp.zeros(self.a.shape[0])

    def step(self, n, x, key):
        del n
        new = jnp.dot(self.a, x) + self.sigma * jax.random.normal(key, (), x.dtype)
        return jnp.concatenate([new[None], x[:-1]])
