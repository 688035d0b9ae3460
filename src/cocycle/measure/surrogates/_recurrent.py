"""Surrogates that follow the recording's own orbit: shifted, jumping between twins, or between near passes."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, EstimationError
from cocycle.measure._neighbours import whole
from cocycle.measure._random import generator
from cocycle.measure._reconstruct import reconstruct
from cocycle.measure._series import as_series

from ._shapes import as_count, as_shape

__all__ = ["pseudo_periodic_surrogates", "time_shifted", "twin_surrogates"]

_LONGEST = 6000  # delay vectors whose matrix of distances is still held in memory
_RECURRENCE = 0.1  # share of recurrent pairs by default


def time_shifted(data: Any, *, n: int = 1, key=None, least: int = 1) -> np.ndarray:
    """The recording itself, cut at a random place and its two parts exchanged. [@andrzejak2003]

    Keeps all but the join: samples and the size of the spectrum exactly, every dynamics of its own. A record of "these
    two recordings are independent": shift one, and compare a statistic of both (correlation, phase locking) with that
    of the true pair by `rank_test`. Both should be stationary; if the ends of the record do not match, the join shows.

    `data`: `(T,)` or `(T, dim)` (rows stay together). `n`: how many, with different shifts as long as there are enough.
    `least`: the least shift, in samples, either way round. `key`: `jax.random.key(seed)`; `None` is seed 0.
    Returns shape `(n, T)`, or `(n, T, dim)` for several variables.
    """
    n, rng = as_count(n, "time_shifted"), generator(key, "time_shifted")
    values = as_series(data, measure="time shifting", min_length=20).values
    shifts = np.arange(whole(least, "least"), len(values) - whole(least, "least") + 1)
    if not len(shifts):
        raise CocycleError(f"time_shifted: {len(values)} samples cannot be shifted by {least} or more both ways round.")
    chosen = rng.choice(shifts, n, replace=n > len(shifts))
    return as_shape(np.stack([np.roll(values, int(s), axis=0) for s in chosen]), values.shape[1])


def pseudo_periodic_surrogates(
    data: Any,
    *,
    n: int = 1,
    key=None,
    delay: int | None = None,
    dimension: int | None = None,
    radius: float | None = None,
) -> np.ndarray:
    r"""Pseudo-periodic surrogates: the same cycle, without what one cycle says about the next. [@small2001]

    A walk on the delay vectors $z_j$ of the data: from $z_i$ to the successor $z_{j+1}$ of a vector drawn with
    probability proportional to $\exp(-\|z_j - z_i\| / \rho)$. A record of "a periodic orbit with uncorrelated noise":
    dynamics from cycle to cycle, chaotic or correlated, is lost.

    **Arguments**

    - `data`: `(T,)`, or `(T, dim)`: several variables are taken to be the state. `n`, `key` as for `iaaft`.
    - `delay`, `dimension`: of the embedding; default: chosen.
    - `radius`: $\rho$, in units of the data. Small: the surrogate follows the data for long; large: it is shuffled.
      Default: that for which segments of exactly two samples of the data are most frequent, as in [@small2001]. With
      $p_i$ the probability to follow the data at $z_i$ that is the greatest mean of $p_i (1 - p_i)^2$.

    **Returns** shape `(n, T)`, or `(n, T, dim)`. Every sample, and every step from one sample to the next but for the
    jump between near vectors, is one of the data. Cost grows as `n T^2`.
    """
    from scipy.spatial.distance import cdist

    n, rng = as_count(n, "pseudo_periodic_surrogates"), generator(key, "pseudo_periodic_surrogates")
    series = as_series(data, measure="pseudo-periodic surrogates", min_length=50)
    space = reconstruct(series, delay, dimension, 0, measure="pseudo-periodic surrogates", least=40)
    points = space.points[:-1]  # those that have a successor
    if radius is None:
        radius = _noise_radius(space.points)
    elif not radius > 0:
        raise CocycleError(f"pseudo_periodic_surrogates: radius must be positive; got {radius!r}.")
    _require_room(len(space.points), "pseudo-periodic surrogates")
    weights = cdist(space.points, points)
    weights -= weights.min(axis=1, keepdims=True)  # the last point may be far from all the others: nothing underflows
    np.exp(weights / -radius, out=weights)
    np.cumsum(weights, axis=1, out=weights)
    row = rng.integers(0, len(space.points), n)
    path = np.empty((n, len(series.values)), int)
    for i in range(path.shape[1]):
        path[:, i] = row
        draw = rng.uniform(size=(n, 1)) * weights[row, -1:]
        row = np.minimum((weights[row] <= draw).sum(axis=1), len(points) - 1) + 1
    return as_shape(series.values[path], series.values.shape[1])


def _require_room(rows: int, measure: str) -> None:
    if rows > _LONGEST:
        raise CocycleError(
            f"{measure}: the matrix of distances of {rows} delay vectors does not fit in memory; at most {_LONGEST}. "
            "Cut the record or take every second sample."
        )


def _noise_radius(points: np.ndarray) -> float:
    from scipy.spatial.distance import cdist

    some = np.unique(np.linspace(0, len(points) - 2, min(len(points) - 1, 300)).astype(int))
    distance = cdist(points[some], points[:-1])
    size = float(np.sqrt(points.var(axis=0).sum()))
    radii = size * np.geomspace(1e-4, 10, 41)
    follow = np.array([1 / np.exp(-distance / radius).sum(axis=1) for radius in radii])
    return float(radii[np.argmax((follow * (1 - follow) ** 2).mean(axis=1))])


def twin_surrogates(
    data: Any,
    *,
    n: int = 1,
    key=None,
    delay: int | None = None,
    dimension: int | None = None,
    threshold: float | None = None,
) -> np.ndarray:
    r"""Twin surrogates: another run of the same system, from another start. [@thiel2006]

    Twins are points $i, j$ that recur to exactly the same points: $R_{ki} = R_{kj}$ for all $k$, with
    $R_{ij} = 1$ where the delay vectors are within `threshold` of each other (maximum norm). What the recurrences
    say of the past is the same for both, so the surrogate, at a point with twins, goes on after any. A record of "the
    two recordings are independent", for one of which only this run is known: it keeps the nonlinear dynamics.

    **Arguments**

    - `data`: `(T,)`, or `(T, dim)`: several variables are taken to be the state. `n`, `key` as for `iaaft`.
    - `delay`, `dimension`: of the embedding; default: chosen.
    - `threshold`: in units of the data; default: that at which a tenth of all pairs recur.

    **Returns** shape `(n, T)`, or `(n, T, dim)`. Every sample is one of the data, and every step, up to the difference
    of twins. Where the walk meets the end of the record and the last point has no twin, it goes on from a random
    recurrence of that point. `EstimationError` where there are no twins: the surrogate would be the data.
    """
    from scipy.spatial.distance import cdist

    measure = "twin surrogates"
    n, rng = as_count(n, "twin_surrogates"), generator(key, "twin_surrogates")
    series = as_series(data, measure=measure, min_length=50)
    space = reconstruct(series, delay, dimension, 0, measure=measure, least=40)
    rows = len(space.points)
    _require_room(rows, measure)
    distance = cdist(space.points, space.points, "chebyshev")
    if threshold is None:
        threshold = float(np.quantile(distance[np.triu_indices(rows, 1)], _RECURRENCE))
    elif not threshold > 0:
        raise CocycleError(f"{measure}: threshold must be positive; got {threshold!r}.")
    recurrent = distance <= threshold
    packed = np.ascontiguousarray(np.packbits(recurrent, axis=1))
    _, kind = np.unique(packed.view(np.dtype((np.void, packed.shape[1]))).ravel(), return_inverse=True)
    if np.bincount(kind).max() < 2:
        raise EstimationError(
            f"{measure}: no two of {rows} points have the same recurrences within {threshold:.3g}, so there are no "
            "twins and every surrogate would be the data. Give a longer recording or a larger `threshold`."
        )
    # the twins of each kind that have a successor, one kind after another
    order = np.argsort(kind[:-1], kind="stable")
    count = np.bincount(kind[:-1], minlength=kind.max() + 1)
    start = np.cumsum(count) - count
    returns = np.flatnonzero(recurrent[-1, :-1])
    returns = returns if len(returns) else np.arange(rows - 1)
    row = rng.integers(0, rows - 1, n)
    path = np.empty((n, len(series.values)), int)
    for i in range(path.shape[1]):
        path[:, i] = row
        u, of = rng.uniform(size=n), kind[row]
        inner = order[np.minimum(start[of] + (u * count[of]).astype(int), rows - 2)]
        ended = returns[(u * len(returns)).astype(int)]
        row = np.where(count[of] > 0, inner, ended) + 1
    return as_shape(series.values[path], series.values.shape[1])
