"""The library of past states that analogue methods search."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cocycle.learn._data import Episodes
from cocycle.learn._fitted import spread, windows

__all__ = ["Library", "decorrelation", "library", "select_dimension"]


class Library(NamedTuple):
    """`points` `(N, E * dim)`, standardised delay vectors, newest sample first; what came next, in units of the data.

    `targets` `(N, dim)`; `latest` `(N, dim)`, the newest sample of each vector; `time` `(N,)`, a running sample number
    that jumps between episodes.
    """

    points: np.ndarray
    targets: np.ndarray
    latest: np.ndarray
    time: np.ndarray


def library(data: Episodes, dimension: int, delay: int, size: int) -> Library:
    """All delay vectors that have a successor; the most recent `size` of them."""
    center, scale = _standard(data)
    lags = (dimension - 1) * delay + 1
    points, targets, latest, time, clock = [], [], [], [], 0
    for values in data.values:
        if len(values) > lags:
            points.append(windows((values[:-1] - center) / scale, dimension, delay))
            targets.append(values[lags:])
            latest.append(values[lags - 1 : -1])
            time.append(clock + np.arange(lags - 1, len(values) - 1))
        clock += 2 * len(values) + 10 * lags
    return Library(*(np.concatenate(part)[-size:] for part in (points, targets, latest, time)))


def neighbours(lib: Library, k: int, exclusion: int, queries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distances and indices of the `k` nearest library points of each query row, those closer in time left out."""
    from scipy.spatial import KDTree

    tree = KDTree(lib.points)
    want = min(k + 2 * exclusion - 1, len(lib.points))
    distance, index = tree.query(lib.points[queries], k=want)
    near = np.abs(lib.time[index] - lib.time[queries][:, None]) < exclusion
    distance = np.where(near, np.inf, distance)
    order = np.argsort(distance, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(distance, order, 1), np.take_along_axis(index, order, 1)


def simplex_weights(distance: np.ndarray) -> np.ndarray:
    """Exponential weights, relative to the nearest neighbour's distance. [@sugihara1990]"""
    nearest = np.maximum(distance[:, :1], 1e-12)
    weights = np.where(np.isfinite(distance), np.exp(-np.minimum(distance, 1e300) / nearest), 0.0)
    return weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)


def select_dimension(data: Episodes, delay: int, highest: int, size: int) -> int:
    """The number of delays whose leave-one-out simplex error is least: the smallest within 2 % of the best.

    All are judged on the same query points; neighbours that overlap in time are left out.
    """
    scale = _standard(data)[1]
    longest = len(data.longest)
    errors = []
    for dimension in range(1, highest + 1):
        lags = (dimension - 1) * delay + 1
        k = dimension * data.dim + 1
        if longest < lags + 2 * k + 4 or dimension * data.dim > 30:
            break
        lib = library(data, dimension, delay, size)
        if len(lib.points) < k + 2 * lags + 1:
            break
        queries = _queries(len(lib.points))
        distance, index = neighbours(lib, k, lags, queries)
        predicted = np.einsum("qk,qkd->qd", simplex_weights(distance), lib.targets[index])
        errors.append(float(np.sqrt(np.mean(((predicted - lib.targets[queries]) / scale) ** 2))))
    if not errors:
        return 1
    best = min(errors)
    return next(i for i, e in enumerate(errors) if e <= 1.02 * best + 1e-12) + 1


def decorrelation(values: np.ndarray) -> int:
    """Lag at which the mean autocorrelation falls below 1/e, at least 1: a delay for densely sampled data."""
    z = (values - values.mean(axis=0)) / spread(values)
    n = len(z)
    power = np.abs(np.fft.rfft(z, 2 * n, axis=0)) ** 2
    correlation = np.fft.irfft(power, 2 * n, axis=0)[:n].mean(axis=1)
    below = np.flatnonzero(correlation < correlation[0] / np.e)
    return max(1, int(below[0])) if below.size else 1


def _queries(count: int, most: int = 1000) -> np.ndarray:
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(int))


def _standard(data: Episodes) -> tuple[np.ndarray, np.ndarray]:
    values = np.concatenate(data.values)
    return values.mean(axis=0), spread(values)
