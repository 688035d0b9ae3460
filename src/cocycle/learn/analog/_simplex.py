"""Simplex projection: the weighted mean of what followed the nearest neighbours."""

import dataclasses
from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import param
from cocycle.learn._fitted import About, DelayModel, about, windows
from cocycle.learn._learner import Learner, check_positive

from ._library import decorrelation, library, neighbours, select_dimension, simplex_weights

__all__ = ["AnalogMap", "Simplex"]


def nearest(squared: Any, k: int) -> tuple[Any, Any]:
    """The `k` smallest entries and where they are, by `k` passes: for small `k` far quicker than a sort."""

    def body(rest, _):
        i = jnp.argmin(rest)
        return rest.at[i].set(jnp.inf), i

    _, index = jax.lax.scan(body, jax.lax.stop_gradient(squared), length=k)
    return squared[index], index


class AnalogMap(DelayModel):
    """Simplex projection from a library of past states.

    **Fields**: `points` `(N, E * obs)`, standardised delay vectors; `targets` `(N, obs)`, what followed each. The step
    is smooth except where the set of neighbours changes.
    """

    about: About
    points: Any = param()
    targets: Any = param()
    delay: int = eqx.field(static=True, default=1)
    neighbours: int = eqx.field(static=True, default=2)
    lags: int = eqx.field(static=True, default=1)

    def predict(self, window, u=None):
        del u
        z = ((window[:: self.delay] - self.about.center) / self.about.scale).reshape(-1)
        squared, index = nearest(jnp.sum((self.points - z) ** 2, axis=1), self.neighbours)
        distance = jnp.sqrt(jnp.maximum(squared, 1e-24))  # the floor keeps derivatives finite on a library point
        weights = jnp.exp(-distance / distance[0])
        return weights @ self.targets[index] / jnp.sum(weights)


@dataclasses.dataclass(frozen=True)
class Simplex(Learner):
    r"""Simplex projection, $\hat x_{n+1} = \sum_j w_j\,x_{j+1} / \sum_j w_j$ over neighbours. [@sugihara1990]

    The state is a delay vector of `dimension` samples of every variable; the $E + 1$ nearest library points ($E$ the
    number of columns) get weights $w_j = \exp(-d_j / d_1)$, where $d_1$ is the smallest distance.

    **Settings**

    - `dimension`: samples in the delay vector; left out, chosen up to `max_dimension` by leave-one-out error.
    - `delay`: samples between them (default 1). - `library`: how many of the most recent states are kept.

    The model holds the library. Forecasts never leave the convex hull of what was seen.
    """

    dimension: int | None = None
    delay: int = 1
    max_dimension: int = 10
    library: int = 10_000

    title: ClassVar[str] = "simplex projection"
    few: ClassVar[int] = 2

    def __post_init__(self):
        check_positive(self, dimension=1, delay=1, max_dimension=1, library=10)

    def minimum(self, dim):
        return ((self.dimension or 1) - 1) * self.delay + 1 + 2 * ((self.dimension or 1) * dim + 1) + 6

    @classmethod
    def grid(cls, data):
        delay = decorrelation(data.longest)
        return [cls()] + ([cls(delay=d) for d in {max(1, delay // 2), delay} - {1}])

    def learn(self, data, key, on_step):
        dimension = self.dimension or select_dimension(data, self.delay, self.max_dimension, self.library)
        on_step(1, 2)
        lags = (dimension - 1) * self.delay + 1
        k = dimension * data.dim + 1
        lib = library(data, dimension, self.delay, self.library)
        queries = np.arange(len(lib.points))[-2000:]
        distance, index = neighbours(lib, k, 1, queries)
        predicted = np.einsum("qk,qkd->qd", simplex_weights(distance), lib.targets[index])
        on_step(2, 2)
        start = windows(data.at_least(lags).values[-1], lags)[-1]
        return AnalogMap(
            about=about(data, start, lib.targets[queries] - predicted),
            points=lib.points,
            targets=lib.targets,
            delay=self.delay,
            neighbours=k,
            lags=lags,
        )
