"""S-map: a linear model fitted anew around every state, near past states counting more."""

import dataclasses
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, param
from cocycle.learn._fitted import About, DelayModel, about, windows
from cocycle.learn._learner import Learner, check_positive

from ._library import Library, decorrelation, library, select_dimension

__all__ = ["LocalLinearMap", "SMap"]

_RIDGE = 1e-10  # relative to the weighted sum of squares: keeps collinear delay vectors solvable and differentiable
_THETAS = (0.0, 0.1, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)


class LocalLinearMap(DelayModel):
    """The S-map step: a weighted linear regression around the present state, by an orthogonal factorisation.

    **Fields**: `points` `(N, E * obs)`, standardised delay vectors; `targets` `(N, obs)`; `theta`, how local.
    """

    about: About
    points: Any = param()
    targets: Any = param()
    theta: Any = param()
    delay: int = eqx.field(static=True, default=1)
    lags: int = eqx.field(static=True, default=1)

    def predict(self, window, u=None):
        del u
        z = ((window[:: self.delay] - self.about.center) / self.about.scale).reshape(-1)
        offset = self.points - z
        distance = jnp.sqrt(jnp.maximum(jnp.sum(offset**2, axis=1), 1e-24))
        weights = jnp.exp(-self.theta * distance / jnp.mean(distance))
        target = (self.targets - self.about.center) / self.about.scale
        design = jnp.concatenate([jnp.ones_like(weights)[:, None], offset], axis=1) * weights[:, None]
        floor = jnp.sqrt(_RIDGE * jnp.mean(design[:, 1:] ** 2) * len(design)) * jnp.eye(design.shape[1])
        floor = floor.at[0, 0].set(0.0)
        q, r = jnp.linalg.qr(jnp.concatenate([design, floor]))
        right = q[: len(design)].T @ (target * weights[:, None])
        value = _back_substitute(r, right)[0]  # the regression at the present state is its intercept
        return self.about.center + self.about.scale * value


def _back_substitute(upper, right):
    from jax.scipy.linalg import solve_triangular

    return solve_triangular(upper, right)


@dataclasses.dataclass(frozen=True)
class SMap(Learner):
    r"""S-map: sequentially locally weighted global linear maps. [@sugihara1994]

    At every state a linear model is fitted to the whole library with weights $w_j = \exp(-\theta d_j / \bar d)$;
    $\theta = 0$ is one global linear model, larger $\theta$ is more local. That a positive $\theta$ forecasts better
    is a sign of nonlinearity.

    **Settings**

    - `dimension`, `delay`, `max_dimension`, `library`: as for `Simplex`.
    - `theta`: left out, the value among 0, 0.1, ... 8 with the least leave-one-out error.
    """

    dimension: int | None = None
    theta: float | None = None
    delay: int = 1
    max_dimension: int = 10
    library: int = 5_000

    title: ClassVar[str] = "S-map"
    few: ClassVar[int] = 1

    def __post_init__(self):
        check_positive(self, dimension=1, delay=1, max_dimension=1, library=10)
        if self.theta is not None and not self.theta >= 0:
            raise CocycleError(f"SMap: theta must not be negative; got {self.theta}.")

    def minimum(self, dim):
        return ((self.dimension or 1) - 1) * self.delay + 1 + 3 * ((self.dimension or 1) * dim + 1) + 6

    @classmethod
    def grid(cls, data):
        delay = decorrelation(data.longest)
        return [cls()] + ([cls(delay=d) for d in {max(1, delay // 2)} - {1}])

    def learn(self, data, key, on_step):
        dimension = self.dimension or select_dimension(data, self.delay, self.max_dimension, self.library)
        lags = (dimension - 1) * self.delay + 1
        lib = library(data, dimension, self.delay, self.library)
        center = np.concatenate(data.values).mean(axis=0)
        record = about(data, windows(data.at_least(lags).values[-1], lags)[-1], np.zeros((2, data.dim)))
        scale = np.asarray(record.scale)
        standard = lib._replace(targets=(lib.targets - center) / scale)
        thetas = _THETAS if self.theta is None else (self.theta,)
        errors = []
        for i, theta in enumerate(thetas):
            errors.append(leave_one_out(standard, theta, lags))
            on_step(i + 1, len(thetas))
        rms = [float(np.sqrt(np.mean(e**2))) for e in errors]
        best = int(np.argmin(rms))
        record = about(data, record.start, errors[best] * scale)
        return LocalLinearMap(
            about=record, points=lib.points, targets=lib.targets, theta=thetas[best], delay=self.delay, lags=lags
        )


def leave_one_out(lib: Library, theta: float, exclusion: int, most: int = 300) -> np.ndarray:
    """S-map errors at up to `most` library points, those closer in time than `exclusion` left out; standardised units.

    The regressions share the products of the library's columns, so all queries are a few matrix products.
    """
    n, width = lib.points.shape
    queries = np.unique(np.linspace(0, n - 1, min(n, most)).astype(int))
    p = width + 1
    design = np.concatenate([np.ones((n, 1)), lib.points], axis=1)
    products = (design[:, :, None] * design[:, None, :]).reshape(n, p * p)
    z = lib.points[queries]
    squared = (z**2).sum(1)[:, None] + (lib.points**2).sum(1)[None] - 2 * z @ lib.points.T
    distance = np.sqrt(np.maximum(squared, 0.0))
    weights = np.exp(-2 * theta * distance / distance.mean(axis=1, keepdims=True))
    weights[np.abs(lib.time[queries][:, None] - lib.time[None]) < exclusion] = 0.0
    gram = (weights @ products).reshape(-1, p, p)
    right = np.einsum("qn,np,nd->qpd", weights, design, lib.targets, optimize=True)
    trace = np.trace(gram, axis1=1, axis2=2)[:, None, None]
    solution = np.linalg.solve(gram + (_RIDGE * trace + 1e-300) * np.eye(p), right)
    predicted = np.einsum("qp,qpd->qd", design[queries], solution)
    return lib.targets[queries] - predicted
