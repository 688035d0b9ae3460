"""Moments of the mass around the points: how the share of points within r of a point is distributed over them."""

from typing import NamedTuple

import numpy as np

from cocycle.core import EstimationError
from cocycle.measure._reconstruct import Reconstruction

from ._power_law import BLOCKS, SHIFT, Curve, bin_edges

__all__ = ["mass_curve"]

_PAIRS = 10_000_000  # distances taken
_FEWEST, _MOST = 200, 2000  # reference points
_BIAS = 0.1  # of ln C_q, at most
_OCTAVES = 60  # of r^2 below the largest distance


def mass_curve(space: Reconstruction, q: float, measure: str) -> tuple[Curve, np.ndarray, int]:
    """`ln C_q` against `ln r`, the bias left in it by points with few neighbours, and how many references it rests on.

    The block curves are the pseudo-values of a jackknife that deletes one stretch of time at a time, its points both as
    references and as neighbours.
    """
    counts = _count(space)
    y, bias, sound = _log_mean(counts, q, np.ones(BLOCKS, bool))
    keep = sound & (bias <= _BIAS) & (y <= np.log(0.1)) & counts.resolved
    if keep.sum() < 5:
        raise EstimationError(
            f"{measure}: fewer than five radii at which the points have enough neighbours and less than a tenth of "
            "all: the series is coarsely rounded, repeats exactly, or is too short. Give finer resolution or more data."
        )
    without = np.array([_log_mean(counts, q, np.arange(BLOCKS) != b)[0][keep] for b in range(BLOCKS)])
    y = y[keep]
    return Curve(counts.log_radius[keep], y, y + (BLOCKS - 1) * (y - without)), bias[keep], len(counts.block)


class _Counts(NamedTuple):
    """Neighbours of every reference within every radius, by the block of time that the neighbour is in."""

    log_radius: np.ndarray  # (radii,)
    resolved: np.ndarray  # (radii,): not within rounding of the values
    within: np.ndarray  # (references, BLOCKS, radii)
    partners: np.ndarray  # (references, BLOCKS): points outside the Theiler window
    block: np.ndarray  # (references,): the block of the reference itself


def _count(space: Reconstruction) -> _Counts:
    points = space.points - space.points.mean(axis=0)
    rows, window = len(points), space.theiler
    references = np.unique(
        np.linspace(0, rows - 1, min(rows, int(np.clip(_PAIRS // rows, _FEWEST, _MOST)))).astype(int)
    )
    columns = [np.ascontiguousarray(column) for column in points.T]
    largest = (points**2).sum(axis=1).max()
    top = int((4 * largest).view(np.int64) >> SHIFT)
    low = top - 4 * _OCTAVES
    size = top - low + 1
    block = np.arange(rows) * BLOCKS // rows
    shift = block * size - low
    within = np.empty((len(references), BLOCKS, size), np.int32)
    partners = np.tile(np.bincount(block, minlength=BLOCKS), (len(references), 1))
    for row, i in enumerate(references):
        square = np.square(columns[0] - columns[0][i])
        for column in columns[1:]:
            difference = column - column[i]
            difference *= difference
            square += difference
        index = np.maximum(square.view(np.int64) >> SHIFT, low) + shift
        near = slice(max(0, i - window), i + window + 1)
        index[near] = BLOCKS * size  # a bin that is dropped
        partners[row] -= np.bincount(block[near], minlength=BLOCKS)
        counted = np.bincount(index, minlength=BLOCKS * size + 1)[:-1]
        np.cumsum(counted.reshape(BLOCKS, size), axis=1, out=within[row])
    edges = bin_edges(low, top + 1)
    return _Counts(0.5 * np.log(edges), edges > 1e-28 * largest, within, partners, block[references])


def _log_mean(counts: _Counts, q: float, keep: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""$\ln C_q$ at every radius from the blocks in `keep`, its bias, and where the references suffice for it.

    With n of M points within r, $\Gamma(n + 1) / \Gamma(n + 1 - s)$ over the same of M has the mean $p^s$, exactly for
    whole s >= 0; the limit s -> 0 is $\psi(n + 1) - \psi(M + 1)$ for $\ln p$. For Poisson numbers of mean $\mu$ the
    latter is too large by $E_1(\mu)$, and for s < 0 the former too small by the share $Q(-s, \mu)$.
    """
    from scipy.special import digamma, exp1, gammaincc, gammaln, gammasgn

    rows = keep[counts.block]
    n = counts.within[rows][:, keep].sum(axis=1)
    m = counts.partners[rows][:, keep].sum(axis=1)
    number = np.arange(n.max() + 1.0)
    s = q - 1
    if s == 0:
        y = (digamma(number + 1)[n] - digamma(m + 1.0)[:, None]).mean(axis=0)
        return y, exp1(number + 0.5)[n].mean(axis=0), np.ones(len(y), bool)
    rest = number + 1 - s
    pole = (rest <= 0) & (rest == np.round(rest))
    rest = np.where(pole, 1.0, rest)
    # both factors relative to the largest n, against overflow
    table = np.where(pole, 0.0, gammasgn(rest) * np.exp(gammaln(number + 1) - gammaln(rest) - s * np.log(len(number))))
    scale = np.exp(gammaln(m + 1.0 - s) - gammaln(m + 1.0) + s * np.log(len(number)))
    weight = table[n] * scale[:, None]
    total = weight.sum(axis=0)
    if s < 0:
        bias = (weight * gammaincc(-s, number + 0.5)[n]).sum(axis=0) / total / -s
        sound = np.ones(len(total), bool)
    else:  # enough pairs, and not all of the sum from a few references
        bias = np.zeros(len(total))
        sound = (n.sum(axis=0) >= max(20, len(n) // 50)) & (total**2 >= 20 * (weight**2).sum(axis=0)) & (total > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(np.maximum(total, 0) / len(weight)) / s, bias, sound
