"""How many directions the points of a recording fill: two nearest neighbours, and principal components."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError
from cocycle.measure._neighbours import nearest_neighbours, require_neighbours
from cocycle.measure._reconstruct import Reconstruction, reconstruct
from cocycle.measure._series import as_series

__all__ = ["intrinsic_dimension"]

_MEASURE = "intrinsic dimension"
_BLOCKS = 10
_REFERENCES = 20_000
_KEPT = 0.9  # share of the ratios used; the largest come from outliers and edges [@facco2017]


def intrinsic_dimension(
    data: Any,
    *,
    method: str = "two-nn",
    delay: int | None = None,
    dimension: int | None = None,
    theiler: int | None = None,
) -> Estimate:
    r"""Number of directions that the points of a recording fill.

    - `method="two-nn"` [@facco2017]: with $\mu_i = r_2 / r_1$ the ratio of the distances to the second and the first
      neighbour, $P(\mu > m) = m^{-d}$ where the density is constant over that distance. The maximum-likelihood $d$ from
      the least 90 % of the ratios, the rest counted as larger. It sees the smallest scale only: of noisy data, the
      noise.
    - `method="participation"`: $(\sum_k \lambda_k)^2 / \sum_k \lambda_k^2$ of the eigenvalues of the covariance matrix,
      the number of principal components that share the variance. Linear: a circle has 2, a torus up to 4. It depends on
      the units of the variables; standardise them first where they differ.

    **Arguments**: `data`, `delay`, `dimension`, `theiler` as in `correlation_dimension`.

    **Returns** an Estimate. `stderr`: a jackknife over 10 stretches of time; for `"two-nn"` also the change from one
    sample in two to all (a density that varies, an edge, or noise below a scale shows there), in quadrature.
    `diagnostics` of `"two-nn"`: `by_spacing` (rows: one sample in so many, dimension), `misfit` (greatest difference in
    probability between the ratios and their law), `stderr_statistical`, `stderr_scale`; of `"participation"`:
    `components` (1, 2, ...) and `eigenvalues`, falling, of the covariance matrix.

    **Fails** with `EstimationError` where the points repeat exactly, or where the ratios do not follow the law: a
    quasi-periodic motion sampled regularly puts its points in rows as in a lattice.
    """
    if method not in ("two-nn", "participation"):
        raise CocycleError(f'{_MEASURE}: method is "two-nn" or "participation"; got {method!r}.')
    series = as_series(data, measure=_MEASURE, min_length=100)
    space = reconstruct(series, delay, dimension, theiler, measure=_MEASURE, least=60)
    value, stderr, diagnostics = _two_nearest(space) if method == "two-nn" else _participation(space)
    return Estimate(
        "intrinsic_dimension",
        value,
        stderr,
        n=len(space.points),
        diagnostics=diagnostics
        | {
            "method": method,
            "delay": space.delay,
            "dimension": space.dimension,
            "theiler": space.theiler,
            "reasons": space.reasons,
        },
    )


def _two_nearest(space: Reconstruction) -> tuple[float, float, dict[str, Any]]:
    rows = []
    logs = np.empty(0)
    for spacing in (1, 2, 4):
        points = space.points[::spacing]
        if spacing > 1 and len(points) < 50 + 2 * (space.theiler // spacing):
            break
        found = _log_ratios(points, -(-space.theiler // spacing))
        rows.append((spacing, _censored(found)))
        logs = found if spacing == 1 else logs
    parts = np.array_split(logs, _BLOCKS)
    without = np.array([_censored(np.concatenate(parts[:b] + parts[b + 1 :])) for b in range(_BLOCKS)])
    statistical = np.sqrt((_BLOCKS - 1) / _BLOCKS * ((without - without.mean()) ** 2).sum())
    misfit = _misfit(logs, rows[0][1])
    if misfit > max(0.1, 3 / np.sqrt(len(logs))):
        raise EstimationError(
            f"{_MEASURE}: the ratios of neighbour distances do not follow the law m^-d (they are off by {misfit:.2f} "
            "in probability): the points are ordered like a lattice, as a periodic or quasi-periodic motion sampled "
            'regularly, or are coarsely rounded. Use `correlation_dimension`, or `method="participation"`.'
        )
    scale = abs(rows[0][1] - rows[1][1]) if len(rows) > 1 else rows[0][1]
    return (
        rows[0][1],
        float(np.hypot(statistical, scale)),
        {
            "by_spacing": np.array(rows),
            "misfit": misfit,
            "stderr_statistical": float(statistical),
            "stderr_scale": float(scale),
        },
    )


def _log_ratios(points: np.ndarray, theiler: int) -> np.ndarray:
    references = np.unique(np.linspace(0, len(points) - 1, min(len(points), _REFERENCES)).astype(int))
    found = nearest_neighbours(points, references, theiler, k=2)
    have = require_neighbours(found, _MEASURE, theiler)
    return np.log(found.distance[have, 1] / found.distance[have, 0])


def _censored(logs: np.ndarray) -> float:
    """Rate of an exponential law from its least `_KEPT` share, the rest known to be larger."""
    kept = int(_KEPT * len(logs))
    least = np.partition(logs, kept)[: kept + 1]
    total = least[:kept].sum() + (len(logs) - kept) * least[:kept].max()
    if total <= 0:
        raise EstimationError(
            f"{_MEASURE}: first and second neighbours are equally far for nearly all points: a lattice, or coarsely "
            "rounded data. Give finer resolution."
        )
    return float((kept - 1) / total)


def _misfit(logs: np.ndarray, rate: float) -> float:
    """The greatest difference between the distribution of the ratios and the law, over the part that was used."""
    least = np.sort(logs)[: int(_KEPT * len(logs))]
    return float(np.abs(np.arange(1, len(least) + 1) / len(logs) + np.expm1(-rate * least)).max())


def _participation(space: Reconstruction) -> tuple[float, float, dict[str, Any]]:
    points = space.points - space.points.mean(axis=0)
    block = np.arange(len(points)) * _BLOCKS // len(points)
    sums = np.array([points[block == b].sum(axis=0) for b in range(_BLOCKS)])
    squares = np.array([points[block == b].T @ points[block == b] for b in range(_BLOCKS)])
    sizes = np.bincount(block)

    def ratio(keep):
        n = sizes[keep].sum()
        mean = sums[keep].sum(axis=0) / n
        covariance = squares[keep].sum(axis=0) / n - np.outer(mean, mean)
        return np.trace(covariance) ** 2 / (covariance**2).sum()

    everything = np.ones(_BLOCKS, bool)
    value = ratio(everything)
    without = np.array([ratio(np.arange(_BLOCKS) != b) for b in range(_BLOCKS)])
    stderr = np.sqrt((_BLOCKS - 1) / _BLOCKS * ((without - without.mean()) ** 2).sum())
    eigenvalues = np.linalg.eigvalsh(squares.sum(axis=0) / len(points))[::-1]
    return (
        float(value),
        float(stderr),
        {
            "components": np.arange(1, len(eigenvalues) + 1),
            "eigenvalues": eigenvalues,
        },
    )
