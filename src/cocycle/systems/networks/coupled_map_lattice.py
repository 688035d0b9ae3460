"""Kaneko's coupled map lattice."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, Map, Source, Status, param

__all__ = ["CoupledMapLattice"]

_UNIFORM = (-1 + (1 + 4 * 1.9) ** 0.5) / (2 * 1.9)


class CoupledMapLattice(Map):
    r"""Kaneko's ring of `n` quadratic maps with diffusive coupling: spatiotemporal chaos in one line.

    $$x_i' = (1 - \epsilon)\, f(x_i) + \tfrac{\epsilon}{2}\,[f(x_{i-1}) + f(x_{i+1})], \quad f(x) = 1 - a x^2$$

    Stays in $[-1, 1]$ for $0 \le a \le 2$ and $0 \le \epsilon \le 1$. With growing `a` one sees frozen domains, pattern
    selection, defect chaos, intermittency and fully developed turbulence [@kaneko1989].

    **Arguments**

    - `n`: number of sites, 32; at least 3. Static.
    - `a`: nonlinearity, 1.9.
    - `epsilon`: coupling, 0.3.

    **Good values**: `a=1.9, epsilon=0.3` turbulent; `a=1.45, epsilon=0.2` frozen domains.
    """

    n: int = eqx.field(default=32, static=True)
    a: Any = param(1.9)
    epsilon: Any = param(0.3)

    card: ClassVar = Card(
        title="Coupled map lattice",
        equation=r"x_i' = (1 - \epsilon) f(x_i) + \tfrac{\epsilon}{2} [f(x_{i-1}) + f(x_{i+1})],\ f(x) = 1 - a x^2",
        field="mathematics",
        cite=("kaneko1989",),
        variables=("x",),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "noninvertible", "polynomial", "lattice"}),
        presets={"turbulent": {"a": 1.9}, "frozen": {"a": 1.45, "epsilon": 0.2}},
        known={
            "fixed_points": Known(((_UNIFORM,) * 32,), Source.EXACT, "a x^2 + x - 1 = 0 on all sites", 1e-13),
            "symmetry": Known((*range(2, 33), 1), Source.EXACT, "shift by one site", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 3:
            raise CocycleError(f"CoupledMapLattice needs at least 3 sites, or neighbours coincide; got n={self.n}.")

    def default_state(self):
        i = jnp.arange(self.n)
        return 0.5 * jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)

    def step(self, n, x):
        del n
        f = 1 - self.a * x * x
        ring = jnp.concatenate([f[-1:], f, f[:1]])  # slices of it fuse, rolls do not
        return (1 - self.epsilon) * f + 0.5 * self.epsilon * (ring[:-2] + ring[2:])
