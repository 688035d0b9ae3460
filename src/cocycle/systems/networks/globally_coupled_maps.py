"""Kaneko's globally coupled maps."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, Map, Source, Status, param

__all__ = ["GloballyCoupledMaps"]

_UNIFORM = (-1 + (1 + 4 * 1.8) ** 0.5) / (2 * 1.8)


class GloballyCoupledMaps(Map):
    r"""`n` quadratic maps, each coupled to the mean of all: a network of chaotic elements that cluster.

    $$x_i' = (1 - \epsilon)\, f(x_i) + \frac{\epsilon}{n} \sum_j f(x_j), \quad f(x) = 1 - a x^2$$

    Between full synchrony at strong coupling and turbulence at weak coupling lie phases in which the elements split
    into a few or many clusters [@kaneko1990]. Synchrony is stable where $\lambda + \ln(1 - \epsilon) < 0$, with
    $\lambda$ the exponent of `f` itself: for `a = 2`, $\lambda = \ln 2$, above $\epsilon = 1/2$.

    **Arguments**

    - `n`: number of elements, 32. Static.
    - `a`: nonlinearity, 1.8.
    - `epsilon`: coupling, 0.1.

    **Good values**: `epsilon=0.1` turbulent, no two alike; `epsilon=0.2` clusters; `epsilon=0.4` synchronous.
    """

    n: int = eqx.field(default=32, static=True)
    a: Any = param(1.8)
    epsilon: Any = param(0.1)

    card: ClassVar = Card(
        title="Globally coupled maps",
        equation=r"x_i' = (1 - \epsilon) f(x_i) + \frac{\epsilon}{n} \sum_j f(x_j),\ f(x) = 1 - a x^2",
        field="mathematics",
        cite=("kaneko1990",),
        variables=("x",),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "polynomial", "network", "synchronisation"}),
        presets={"turbulent": {"epsilon": 0.1}, "clusters": {"epsilon": 0.2}, "synchronous": {"epsilon": 0.4}},
        known={
            "fixed_points": Known(((_UNIFORM,) * 32,), Source.EXACT, "a x^2 + x - 1 = 0 for all elements", 1e-13),
            "symmetry": Known((*range(2, 33), 1), Source.EXACT, "any permutation", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"GloballyCoupledMaps needs at least 2 elements; got n={self.n}.")

    def default_state(self):
        i = jnp.arange(self.n)
        return 0.5 * jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)

    def step(self, n, x):
        del n
        f = 1 - self.a * x * x
        return (1 - self.epsilon) * f + self.epsilon * jnp.mean(f)
