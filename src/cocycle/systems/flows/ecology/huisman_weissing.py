"""Huisman and Weissing's plankton."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["HuismanWeissing"]


_K = (
    (0.39, 0.34, 0.30, 0.24, 0.23),
    (0.22, 0.39, 0.34, 0.30, 0.27),
    (0.27, 0.22, 0.39, 0.34, 0.30),
    (0.30, 0.24, 0.22, 0.39, 0.34),
    (0.34, 0.30, 0.22, 0.20, 0.39),
)
_C = (
    (0.04, 0.04, 0.07, 0.04, 0.04),
    (0.08, 0.08, 0.08, 0.10, 0.08),
    (0.10, 0.10, 0.10, 0.10, 0.14),
    (0.05, 0.03, 0.03, 0.03, 0.03),
    (0.07, 0.09, 0.07, 0.07, 0.07),
)
_STATE = (12.4521, 13.583, 34.2188, 11.8513, 47.7563, 0.178979, 0.174056, 0.103599, 0.155114, 0.338038)


class HuismanWeissing(Flow):
    r"""Huisman and Weissing's plankton: species that compete for several resources and never settle.

    $$\dot N_i = N_i (\mu_i - m), \quad \dot R_j = D (S_j - R_j) - \sum_i c_{ji} \mu_i N_i, \quad
    \mu_i = \min_j \frac{r R_j}{K_{ji} + R_j}$$

    $N_i$ are the species and $R_j$ the resources, which flow in at concentrations $S_j$; the scarcest limits growth
    (Liebig's law). With three resources there are oscillations, with five chaos, so that more species can live than
    there are resources [@huisman1999].

    **Arguments**

    - `K`: half-saturation, shape `(resources, species)`; `c`: content, likewise; `S`: supply, shape `(resources,)`.
    - `r` 1 growth, `m` 0.25 death and `D` 0.25 turnover, all per day.
    """

    K: Any = param(_K)
    c: Any = param(_C)
    S: Any = param((6.0, 10.0, 14.0, 4.0, 9.0))
    r: Any = param(1.0)
    m: Any = param(0.25)
    D: Any = param(0.25)

    card: ClassVar = Card(
        title="Competition for resources (Huisman-Weissing)",
        equation=(
            r"\dot N_i = N_i (\mu_i - m),\ \dot R_j = D (S_j - R_j) - \sum_i c_{ji} \mu_i N_i,\ "
            r"\mu_i = \min_j \frac{r R_j}{K_{ji} + R_j}"
        ),
        field="ecology",
        cite=("huisman1999",),
        variables=("N1", "N2", "N3", "N4", "N5", "R1", "R2", "R3", "R4", "R5"),
        period=43.0,
        dt=0.3,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "piecewise"}),
        status=Status.VERIFIED,
    )

    def default_state(self):
        """On the attractor at the default size; else small populations in the supply, as in the source."""
        resources, species = self.K.shape
        if (resources, species) == (5, 5):
            return jnp.array(_STATE)
        return jnp.concatenate([0.1 + jnp.arange(1, species + 1) / 100, self.S])

    def vector_field(self, t, x):
        del t
        species = self.K.shape[1]
        N, R = x[:species], x[species:]
        growth = jnp.min(self.r * R[:, None] / (self.K + R[:, None]), axis=0)
        return jnp.concatenate([N * (growth - self.m), self.D * (self.S - R) - self.c @ (growth * N)])
