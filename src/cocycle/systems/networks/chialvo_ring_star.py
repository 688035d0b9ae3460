"""Four Chialvo neurons: one in the middle, three around it, coupled in pairs and triples."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["ChialvoRingStar"]


class ChialvoRingStar(Map):
    r"""The smallest ring-star network: a central Chialvo neuron and a ring of three, with higher-order coupling.

    $$x_i' = x_i^2 e^{y_i - x_i} + k + C_i, \quad y_i' = a y_i - b x_i + c, \quad i = 1, \dots, 4$$

    with $C_i = \sum_j M_{ij} (x_j - x_i) + \sigma_2 \sum_{j<k} (x_j + x_k - 2 x_i)$; $M$ is $\mu$ between the centre
    `i = 1` and the ring and $\sigma$ within the ring, and the second sum is over the three triangles at `i`
    [@nair2024]. Because the coupling is linear and the graph complete, a triangle does what pairs do: the second sum
    is $2 \sum_j (x_j - x_i)$. In step, every neuron moves as `Chialvo` alone.

    **Arguments**: `a` 0.89, `b` 0.6, `c` 0.28, `k` 0.04 of each neuron; `mu` 0.001, `sigma` -0.001 in pairs;
    `sigma2` -0.05 in triples.

    **Good values**: `sigma2=-0.05` chaotic; `sigma2=0.02` in step, on a closed curve.
    """

    a: Any = param(0.89)
    b: Any = param(0.6)
    c: Any = param(0.28)
    k: Any = param(0.04)
    mu: Any = param(0.001)
    sigma: Any = param(-0.001)
    sigma2: Any = param(-0.05)

    card: ClassVar = Card(
        title="Higher-order ring-star of Chialvo neurons",
        equation=(
            r"x_1' = x_1^2 e^{y_1 - x_1} + k + (\mu + 2 \sigma_2) (x_2 + x_3 + x_4 - 3 x_1),\ "
            r"x_2' = x_2^2 e^{y_2 - x_2} + k + (\mu + 2 \sigma_2) (x_1 - x_2) "
            r"+ (\sigma + 2 \sigma_2) (x_3 + x_4 - 2 x_2),\ "
            r"x_3' = x_3^2 e^{y_3 - x_3} + k + (\mu + 2 \sigma_2) (x_1 - x_3) "
            r"+ (\sigma + 2 \sigma_2) (x_4 + x_2 - 2 x_3),\ "
            r"x_4' = x_4^2 e^{y_4 - x_4} + k + (\mu + 2 \sigma_2) (x_1 - x_4) "
            r"+ (\sigma + 2 \sigma_2) (x_2 + x_3 - 2 x_4),\ "
            r"y_1' = a y_1 - b x_1 + c,\ y_2' = a y_2 - b x_2 + c,\ y_3' = a y_3 - b x_3 + c,\ y_4' = a y_4 - b x_4 + c"
        ),
        symbols={r"\sigma_2": "sigma2"},
        field="neuroscience",
        cite=("nair2024",),
        variables=("x1", "x2", "x3", "x4", "y1", "y2", "y3", "y4"),
        state=(0.2, 0.9, 0.4, 1.1, 0.9, 0.4, 1.2, 0.6),
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"chaotic", "dissipative", "network", "synchronisation"}),
        presets={"chaotic": {"sigma2": -0.05}, "in step": {"sigma2": 0.02}},
        known={
            "symmetry": Known((1, 3, 4, 2, 5, 7, 8, 6), Source.EXACT, "a turn of the ring", 1e-12),
        },
        status=Status.DISPUTED,
        reason=(
            "Written from the paper's abstract and introduction (central node, ring of three, linear diffusive "
            "coupling in pairs and triples); its equations and parameter values could not be read."
        ),
    )

    def step(self, n, x):
        del n
        x, y = jnp.split(x, 2)
        centre, ring = self.mu + 2 * self.sigma2, self.sigma + 2 * self.sigma2
        felt = centre * (x[0] - x) + ring * (jnp.sum(x[1:]) - 3 * x)
        felt = felt.at[0].set(centre * (jnp.sum(x) - 4 * x[0]))
        return jnp.concatenate([x * x * jnp.exp(y - x) + self.k + felt, self.a * y - self.b * x + self.c])
