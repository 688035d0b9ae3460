"""Cells that sense each other through the medium that they share."""

import math
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Flow, Known, Source, Status, param

__all__ = ["CellBulkSensing"]


def _rest(n: int = 8) -> tuple[float, ...]:
    area, mu, alpha, d1, d2, tau = 3.0, 2.0, 0.9, 0.8, 0.2, 0.2
    dilution = 1 + 2 * math.pi * n * d1 / area
    v = mu / (1 + 2 * math.pi * d2 / (tau * dilution))
    return (2 * math.pi * d2 * n * v / (area * dilution), *(v,) * n, *(mu / (alpha + v * v),) * n)


class CellBulkSensing(Flow):
    r"""Quorum sensing: identical cells with Sel'kov kinetics, coupled through a well-mixed bulk of a common chemical.

    $$\dot U = -\frac{U}{\tau} - \frac{2\pi}{\tau A} \sum_j (d_1 U - d_2 v_j), \quad
    \dot v_j = \alpha w_j + w_j v_j^2 - v_j + \frac{2\pi}{\tau} (d_1 U - d_2 v_j), \quad
    \dot w_j = \epsilon\, [\mu - (\alpha w_j + w_j v_j^2)]$$

    `U` is the concentration in the bulk, `v` that in the cells, `w` their second species: what is left of a
    diffusion equation outside small cells when the diffusion is fast [@gou2016]. Alone, a cell is at rest
    at $v = \mu$; coupled, at $v = \mu / [1 + 2\pi d_2 / (\tau q)]$ with $q = 1 + 2\pi n d_1 / A$, from which it can
    start to oscillate in step with the others.

    **Arguments**

    - `n`: number of cells, 8. Static.
    - `area` 3: of the domain; `tau` 0.2: reaction time of the bulk; `d1` 0.8, `d2` 0.2: permeabilities, inwards and
      outwards.
    - `mu` 2, `alpha` 0.9, `epsilon` 0.15: Sel'kov's kinetics.

    **Good values**: `tau=0.2` oscillating; `tau=1` quiet; with `n=5` there is no quorum: quiet too.
    """

    n: int = eqx.field(default=8, static=True)
    area: Any = param(3.0)
    tau: Any = param(0.2)
    d1: Any = param(0.8)
    d2: Any = param(0.2)
    mu: Any = param(2.0)
    alpha: Any = param(0.9)
    epsilon: Any = param(0.15)

    card: ClassVar = Card(
        title="Cells in a well-mixed bulk",
        equation=(
            r"\dot U = -\frac{U}{\tau} - \frac{2 \pi}{\tau A} \sum_j (d_1 U - d_2 v_j),\ "
            r"\dot v_i = \alpha w_i + w_i v_i^2 - v_i + \frac{2 \pi}{\tau} (d_1 U - d_2 v_i),\ "
            r"\dot w_i = \epsilon (\mu - (\alpha w_i + w_i v_i^2))"
        ),
        symbols={"A": "area", "d_1": "d1", "d_2": "d2"},
        field="biology",
        cite=("gou2016",),
        variables=("U", "v", "w"),
        period=8.3,
        dt=0.1,
        transient=200.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial", "network", "synchronisation"}),
        presets={"oscillating": {"tau": 0.2}, "quiet": {"tau": 1.0}},
        known={
            "fixed_points": Known((_rest(),), Source.EXACT, "all cells alike; see above", 1e-13),
            "symmetry": Known(
                (1, *range(3, 10), 2, *range(11, 18), 10), Source.EXACT, "permutation of the cells", 1e-13
            ),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 1:
            raise CocycleError(f"CellBulkSensing needs at least one cell; got n={self.n}.")

    @property
    def variables(self):
        return ("U", *(f"v{i}" for i in range(self.n)), *(f"w{i}" for i in range(self.n)))

    def default_state(self):
        i = jnp.arange(1.0 * self.n)
        return jnp.concatenate([jnp.array([0.3]), 1.0 + 0.1 * jnp.sin(2 + 3 * i), 1.0 + 0.1 * jnp.cos(1 + 2 * i)])

    def vector_field(self, t, x):
        del t
        U, v, w = x[0], x[1 : self.n + 1], x[self.n + 1 :]
        into = 2 * jnp.pi / self.tau * (self.d1 * U - self.d2 * v)
        made = self.alpha * w + w * v * v
        dU = -U / self.tau - jnp.sum(into) / self.area
        return jnp.concatenate([dU[None], made - v + into, self.epsilon * (self.mu - made)])
