"""Lorenz's 1996 model with two scales."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Flow, Known, Source, Status, param

__all__ = ["Lorenz96TwoScale"]


class Lorenz96TwoScale(Flow):
    r"""Lorenz's model with two scales: `K` sectors of a circle of latitude, each with `J` small and fast ones.

    $$\dot X_k = (X_{k+1} - X_{k-2})\, X_{k-1} - X_k + F - \frac{h c}{b} \sum_{j=1}^{J} Y_{j,k}$$
    $$\dot Y_{j,k} = -c b\, (Y_{j+2,k} - Y_{j-1,k})\, Y_{j+1,k} - c Y_{j,k} + \frac{h c}{b} X_k$$

    Both rings close, and the small sectors run through: $Y_{J+1,k} = Y_{1,k+1}$. The small scale is `c` times as fast
    and `b` times as small as the large one. Advection and coupling conserve $\sum X_k^2 + \sum Y_{j,k}^2$; the damping
    contracts volumes at the rate $K(1 + cJ)$. It is the test bed for closures of the small scale [@lorenz1996;
    @wilks2005].

    The state is all `X`, then all `Y`, sector by sector.

    **Arguments**

    - `K`: large sectors, 36, at least 4. `J`: small ones in each, 10. Static.
    - `F`: forcing, 10. `h`: coupling, 1. `b` 10 and `c` 10: ratios of amplitude and of speed.

    **Good values**: the defaults are Lorenz's; `K=8, J=32, F=20` those of Wilks.
    """

    K: int = eqx.field(default=36, static=True)
    J: int = eqx.field(default=10, static=True)
    F: Any = param(10.0)
    h: Any = param(1.0)
    b: Any = param(10.0)
    c: Any = param(10.0)

    card: ClassVar = Card(
        title="Lorenz 1996 with two scales",
        equation=(
            r"\dot X_k = (X_{k+1} - X_{k-2}) X_{k-1} - X_k + F - \frac{h c}{b} \sum_{j=1}^{J} Y_{j,k},\ "
            r"\dot Y_{j,k} = -c b (Y_{j+2,k} - Y_{j-1,k}) Y_{j+1,k} - c Y_{j,k} + \frac{h c}{b} X_k,\ "
            r"Y_{j+J,k} = Y_{j,k+1},\ Y_{j-J,k} = Y_{j,k-1}"
        ),
        field="climate",
        cite=("lorenz1996", "wilks2005"),
        variables=("x",),
        period=0.5,
        dt=0.01,
        transient=20.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial", "fast-slow", "network"}),
        presets={"lorenz": {"K": 36, "J": 10, "F": 10.0}, "wilks": {"K": 8, "J": 32, "F": 20.0}},
        known={
            "divergence": Known(-36.0 * 101, Source.EXACT, "-K (1 + c J)", 1e-8),
            "symmetry": Known(
                (*range(2, 37), 1, *range(47, 397), *range(37, 47)), Source.EXACT, "shift by one large sector", 1e-12
            ),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.K < 4 or self.J < 1 or self.K * self.J < 4:
            raise CocycleError(
                f"Lorenz96TwoScale needs K of at least 4 and J of at least 1, or neighbours coincide; got K={self.K}, "
                f"J={self.J}."
            )

    @property
    def variables(self):
        """`X1 ... XK`, then `Y1_1 ... YJ_K` (small sector, large sector)."""
        large = range(1, self.K + 1)
        return tuple(f"X{k}" for k in large) + tuple(f"Y{j}_{k}" for k in large for j in range(1, self.J + 1))

    def default_state(self):
        # a mean flow, disturbed by a fixed pattern that excites every wave number
        k, j = jnp.arange(self.K), jnp.arange(self.K * self.J)
        X = 0.3 * self.F + jnp.sin(2.0 + 3.0 * k + 0.7 * k**2)
        return jnp.concatenate([X, 0.1 * jnp.sin(1.0 + 3.0 * j + 0.7 * j**2)])

    def vector_field(self, t, x):
        del t
        X, Y = x[: self.K], x[self.K :]
        rate = self.h * self.c / self.b
        ring = jnp.concatenate([X[-2:], X, X[:1]])
        small = jnp.concatenate([Y[-1:], Y, Y[:2]])
        load = jnp.sum(Y.reshape(self.K, self.J), axis=1)
        dX = (ring[3:] - ring[:-3]) * ring[1:-2] - X + self.F - rate * load
        dY = -self.c * self.b * (small[3:] - small[:-3]) * small[2:-1] - self.c * Y + rate * jnp.repeat(X, self.J)
        return jnp.concatenate([dX, dY])
