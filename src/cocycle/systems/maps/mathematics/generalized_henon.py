"""The generalised Henon map of any dimension."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, Map, Source, Status, param

__all__ = ["GeneralizedHenon"]

_FIXED = tuple((x,) * 3 for x in ((-1.1 + s * (1.21 + 4 * 1.76) ** 0.5) / 2 for s in (1, -1)))


class GeneralizedHenon(Map):
    r"""Henon's map with a longer memory: with `n` variables, `n - 1` exponents are positive.

    $$x_1' = a - x_{n-1}^2 - b x_n, \quad x_i' = x_{i-1}, \quad i = 2, \dots, n$$

    One direction alone contracts, so the chaos is of the highest order possible [@baier1990]. Volumes change by the
    constant factor `b` a step; for `n = 2` it is Henon's map.

    **Arguments**: `n`, the number of variables, 3; at least 2. Static. `a`, the fold, 1.76; `b`, the contraction, 0.1.

    **Good values**: `a=1.76` hyperchaotic (`n=3`); `a=1` an invariant circle; `a=0.4` fixed point.
    """

    n: int = eqx.field(default=3, static=True)
    a: Any = param(1.76)
    b: Any = param(0.1)

    card: ClassVar = Card(
        title="Generalized Henon map",
        equation=r"x_1' = a - x_{n-1}^2 - b x_n,\ x_i' = x_{i-1}",
        field="mathematics",
        cite=("baier1990",),
        variables=("x",),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "polynomial"}),
        presets={"hyperchaotic": {"a": 1.76}, "invariant circle": {"a": 1.0}, "fixed point": {"a": 0.4}},
        known={
            "determinant": Known(-0.1, Source.EXACT, "(-1)^n b, n = 3", 1e-14),
            "fixed_points": Known(_FIXED, Source.EXACT, "all equal, x^2 + (1 + b) x - a = 0", 1e-14),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"GeneralizedHenon needs at least 2 variables; got n={self.n}.")

    def default_state(self):
        return jnp.resize(jnp.array([-0.19471475, -0.79199787, 1.45450045]), (self.n,))

    def step(self, n, x):
        del n
        first = self.a - x[-2] * x[-2] - self.b * x[-1]
        return jnp.concatenate([first[None], x[:-1]])
