"""The law of motion near every point of a recording, fitted to its neighbours, and the Jacobians of these fits."""

from typing import NamedTuple

import numpy as np

from cocycle.core import EstimationError
from cocycle.measure._neighbours import nearest_neighbours, require_neighbours

__all__ = ["Charts", "Law", "candidates", "exponents", "features", "fit", "fit_to_all", "flat_rank"]

_CHUNK = 2_000_000  # numbers held at a time
_MOST_FEATURES = 30


class Law(NamedTuple):
    """How the map is fitted: a polynomial of this order to so many neighbours, or to all points (`None`)."""

    order: int
    neighbours: int | None


class Charts(NamedTuple):
    """The fits at R references in `rank` local coordinates."""

    jacobians: np.ndarray  # (R, d, rank): of the image in the space, by the chart's coordinates
    axes: np.ndarray  # (R, d, rank): the chart's orthonormal directions
    residual: np.ndarray  # (R,): error of the predicted image of the reference, not in the fit itself
    extent: np.ndarray  # (R, rank): what each coordinate varies by, beyond what the terms before it explain
    count: int  # points in a fit


def features(order: int, rank: int) -> int:
    """Coefficients of a polynomial."""
    return 1 + rank + (rank * (rank + 1) // 2 if order == 2 else 0)


def candidates(dimension: int, rows: int) -> list[Law]:
    """From the simplest law to the most local one."""
    laws = [Law(1, None)]
    if rows >= 10 * features(2, dimension):
        laws.append(Law(2, None))
    for order in (1, 2):
        p = features(order, dimension)
        if p > _MOST_FEATURES:
            continue
        laws += [Law(order, k) for k in (100 * p, 30 * p, 10 * p, 4 * p, 2 * p) if k <= min(rows // 10, 400)]
    return laws


def fit(
    points: np.ndarray,
    references: np.ndarray,
    step: int,
    theiler: int,
    law: Law,
    rank: int,
    newest: int,
    measure: str,
) -> Charts:
    """The law at every reference (row numbers of `points`), neighbours closer in time than `theiler` left out.

    The residual is that of the `newest` last columns: the older entries of a delay vector are known beforehand.
    """
    if law.neighbours is None:
        return fit_to_all(points, references, step, law, rank, newest, np.ones(len(points) - step, bool))
    limit = len(points) - step
    found = nearest_neighbours(points, references, theiler, k=law.neighbours, limit=limit)
    have = require_neighbours(found, measure, theiler)
    if have.mean() < 0.98:
        raise EstimationError(
            f"{measure}: {100 * (1 - have.mean()):.0f} % of the points have fewer than {law.neighbours} neighbours at "
            "a distance above zero beyond the Theiler window: the series repeats exactly or is too short. Give a "
            "longer recording, finer resolution, or fewer `neighbours`."
        )
    last = np.maximum.accumulate(np.where(have, np.arange(len(have)), np.argmax(have)))
    index = found.index[last]  # the few others borrow from the reference before them
    size = max(1, _CHUNK // (law.neighbours * (features(law.order, rank) + points.shape[1])))
    parts = [
        _fit_locally(points, references[a : a + size], index[a : a + size], step, law, rank, newest)
        for a in range(0, len(references), size)
    ]
    jacobians, axes, residual, extent = (np.concatenate(part) for part in list(zip(*parts, strict=True))[:4])
    return Charts(jacobians, axes, residual, extent, law.neighbours)


def _fit_locally(points, references, index, step, law, rank, newest) -> Charts:
    near = points[index] - points[references][:, None]
    image = points[index + step] - points[references + step][:, None]
    centred = near - near.mean(axis=1, keepdims=True)
    _, vectors = np.linalg.eigh(np.einsum("rki,rkj->rij", centred, centred))
    axes = vectors[:, :, ::-1][:, :, :rank]
    scale = np.sqrt((near**2).sum(axis=2).mean(axis=1))
    scale = np.where(scale > 0, scale, 1.0)
    terms = _terms(near @ axes / scale[:, None, None], law.order)
    transposed = np.swapaxes(terms, 1, 2)
    gram = transposed @ terms
    values, vectors = np.linalg.eigh(gram)
    inverse = np.where(values > 1e-13 * values[:, -1:], 1 / np.maximum(values, 1e-300), 0.0)
    coefficients = (vectors * inverse[:, None]) @ (np.swapaxes(vectors, 1, 2) @ (transposed @ image))
    jacobians = np.swapaxes(coefficients[:, -rank:], 1, 2) / scale[:, None, None]
    # the last terms are the linear ones: the triangular factor's diagonal is what each adds to those before it
    total = np.trace(gram, axis1=1, axis2=2)[:, None]
    jitter = 1e-14 * total[:, :, None] * np.eye(gram.shape[1])
    extent = np.diagonal(np.linalg.cholesky(gram + jitter), axis1=1, axis2=2)[:, -rank:]
    extent = np.where(extent**2 > 1e-12 * total, extent, 0.0)  # below, it is rounding
    extent = extent * scale[:, None] / np.sqrt(terms.shape[1])
    return Charts(jacobians, axes, np.linalg.norm(coefficients[:, 0, -newest:], axis=1), extent, terms.shape[1])


def fit_to_all(points, references, step, law, rank, newest, use) -> Charts:
    """One law from all points in `use`, at every reference."""
    rows = np.flatnonzero(use)
    centre = points[rows].mean(axis=0)
    _, _, vt = np.linalg.svd(points[rows] - centre, full_matrices=False)
    axes = vt[:rank].T
    scale = np.sqrt(((points[rows] - centre) ** 2).sum(axis=1).mean())
    at = (points - centre) @ axes / scale
    terms = _terms(at[None, rows], law.order)[0]
    image = points[rows + step]
    coefficients = np.linalg.lstsq(terms, image, rcond=1e-12)[0]
    leverage = len(terms) / max(len(terms) - terms.shape[1], 1)  # a fit lies closer to its own points
    here = at[references]
    predicted = _terms(here[None], law.order)[0] @ coefficients
    jacobians = np.broadcast_to(coefficients[-rank:].T, (len(here), points.shape[1], rank)).copy()
    if law.order == 2:
        a, b = np.triu_indices(rank)
        for term, (i, j) in enumerate(zip(a, b, strict=True)):
            jacobians[:, :, i] += here[:, j, None] * coefficients[1 + term]
            jacobians[:, :, j] += here[:, i, None] * coefficients[1 + term]
    extent = np.abs(np.diagonal(np.linalg.qr(terms, mode="r"))[-rank:]) * scale / np.sqrt(len(terms))
    shape = (len(here), *axes.shape)
    residual = np.linalg.norm((points[references + step] - predicted)[:, -newest:], axis=1) * np.sqrt(leverage)
    return Charts(
        jacobians / scale,
        np.broadcast_to(axes, shape),
        residual,
        np.broadcast_to(extent, (len(here), rank)),
        len(terms),
    )


def flat_rank(points: np.ndarray) -> int:
    """Dimension of the flat space that the points lie in, to rounding."""
    singular = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return int((singular > 1e-9 * singular[0]).sum())


def _terms(x: np.ndarray, order: int) -> np.ndarray:
    """1, the quadratic terms, and last the linear ones, along the last axis."""
    parts = [np.ones((*x.shape[:-1], 1))]
    if order == 2:
        a, b = np.triu_indices(x.shape[-1])
        parts.append(x[..., a] * x[..., b])
    return np.concatenate([*parts, x], axis=-1)


def exponents(charts: Charts, stretches: int, settle: int) -> np.ndarray:
    """Mean growth per step of every direction, `(stretches, rank)`: successive QR decompositions along each stretch.

    The references are `stretches` runs of equal length, each point the image of the one before; the first `settle`
    steps turn the frame and do not count.
    """
    rank = charts.axes.shape[2]
    axes = charts.axes.reshape(stretches, -1, *charts.axes.shape[1:])
    jacobians = charts.jacobians.reshape(stretches, -1, *charts.jacobians.shape[1:])
    steps = np.swapaxes(axes[:, 1:], 2, 3) @ jacobians[:, :-1]  # from each chart into the next
    frame = np.broadcast_to(np.eye(rank), (stretches, rank, rank))
    growth = np.zeros((stretches, rank))
    for t in range(steps.shape[1]):
        frame, triangle = np.linalg.qr(steps[:, t] @ frame)
        if t >= settle:
            growth += np.log(np.maximum(np.abs(np.diagonal(triangle, axis1=1, axis2=2)), 1e-300))
    return growth / (steps.shape[1] - settle)
