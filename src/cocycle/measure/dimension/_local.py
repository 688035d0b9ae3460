"""Local dimension and extremal index of a recording, from the closest returns to each of its states."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._neighbours import whole
from cocycle.measure._reconstruct import Reconstruction, reconstruct
from cocycle.measure._series import as_series

__all__ = ["local_dimension"]

_MEASURE = "local dimension"
_REFERENCES = 500
_BLOCKS = 20
_FEWEST = 10  # returns that one value rests on


def local_dimension(
    data: Any,
    *,
    at: Any = None,
    quantile: float = 0.98,
    run: int = 1,
    delay: int | None = None,
    dimension: int | None = None,
    theiler: int | None = None,
) -> dict[str, Estimate]:
    r"""How many directions the motion takes near each state, and how long it stays there [@lucarini2016; @faranda2017].

    For a state $\zeta$, $g_t = -\ln \|v_t - \zeta\|$ exceeds its `quantile` $u$ where the motion comes close. The
    excesses are exponential with mean $1 / d(\zeta)$, and come in clusters of mean size $1 / \theta(\zeta)$:

    $$d = \frac{1 - 1/(\theta m)}{\overline{g - u}}, \qquad
    \theta = \frac{S + N + N_c - \sqrt{(S + N + N_c)^2 - 8 N_c S}}{2 S}, \qquad S = \sum_i p\,\max(T_i - K, 0)$$

    with m exceedances, a share $p$ of all samples, $N$ gaps $T_i$ between successive ones, $N_c$ of them longer than
    $K$ = `run`; $K = 1$ is Sueveges' estimator [@sueveges2007; @sueveges2010]. $\theta$ is 1 where returns are
    independent, $1 - 1/|(f^p)'|$ at a point of period p of an expanding map (`run` at least p) [@freitas2012], and
    small where the motion lingers. The mean dimension is $1 / \overline{1/d}$, which is the information dimension
    $D_1$; the arithmetic mean of the literature lies above it on a fractal.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `at`: states `(n, dim)` to look from, in the space of the delay vectors. Default: 500 of the recording's own,
      evenly spread.
    - `quantile`: how close is close: the share of samples further away.
    - `run`: exceedances up to so many samples apart belong to one cluster.
    - `delay`, `dimension`, `theiler`: as in `correlation_dimension`. Samples within `theiler` of a reference are not
      its returns.

    **Returns** a dict of Estimates, `"dimension"` and `"extremal_index"`: the means over the states. `stderr` joins the
    statistical error (spread over stretches of time, allowing for their correlation) and that of the threshold (the
    difference between twice and half as many exceedances). `diagnostics`: `values` and `values_stderr`, one a
    state; `states` their rows (`None` with `at`), `by_threshold` (rows: quantile, mean); of the dimension also
    `arithmetic_mean`; of the index also `persistence`, $\Delta t / \theta$ in units of time, one a state.

    **Fails** with `EstimationError` where most close returns are exact repeats, or fewer than 10 are to be had.
    """
    if not 0.5 <= quantile < 1:
        raise CocycleError(f"{_MEASURE}: quantile must lie in [0.5, 1); got {quantile!r}. 0.98 is usual.")
    run = whole(run, "run")
    series = as_series(data, measure=_MEASURE, min_length=100)
    space = reconstruct(series, delay, dimension, theiler, measure=_MEASURE, least=60)
    rows = len(space.points)
    if at is None:
        states = np.unique(np.linspace(0, rows - 1, min(rows, _REFERENCES)).astype(int))
        targets = space.points[states]
    else:
        states, targets = None, _targets(at, space.points.shape[1])
    shares = (1 - quantile) * np.array([2.0, 1.0, 0.5])
    if shares[2] * (rows - 2 * space.theiler) < _FEWEST:
        raise DataError(
            f"{_MEASURE}: {rows} delay vectors hold fewer than {_FEWEST} beyond the quantile {1 - shares[2]:.3f} (the "
            "threshold is varied twofold). Give more data or a lower `quantile`."
        )
    found = np.array(
        [_look(space, target, None if states is None else states[i], shares, run) for i, target in enumerate(targets)]
    )
    excess, theta, clusters = found[:, :, 0], found[:, :, 1], found[:, :, 2]
    inverse = _mean(excess, np.sqrt(1 / clusters[:, 1]) * excess[:, 1], states is not None)
    index = _mean(
        theta,
        theta[:, 1] * np.sqrt(np.maximum(1 - theta[:, 1], 1 / clusters[:, 1]) / clusters[:, 1]),
        states is not None,
    )
    d = (1 - 1 / clusters[:, 1]) / excess[:, 1]
    common = {
        "states": states,
        "run": run,
        "delay": space.delay,
        "dimension": space.dimension,
        "theiler": space.theiler,
        "reasons": space.reasons,
    }
    notes = (f"Taken at {len(d)} of {rows} states, evenly spread.",) if states is not None and len(d) < rows else ()
    value = 1 / inverse.means[1]
    return {
        "dimension": Estimate(
            "local_dimension",
            value,
            np.hypot(inverse.statistical * value**2, abs(1 / inverse.means[0] - 1 / inverse.means[2])),
            n=len(d),
            diagnostics={
                "values": d,
                "values_stderr": d / np.sqrt(clusters[:, 1]),
                "arithmetic_mean": float(d.mean()),
                "by_threshold": np.column_stack([1 - shares, 1 / inverse.means]),
                "stderr_statistical": inverse.statistical * value**2,
                **common,
            },
            notes=notes,
        ),
        "extremal_index": Estimate(
            "extremal_index",
            index.means[1],
            np.hypot(index.statistical, abs(index.means[0] - index.means[2])),
            n=len(d),
            diagnostics={
                "values": theta[:, 1],
                "values_stderr": index.errors,
                "persistence": series.dt / theta[:, 1],
                "by_threshold": np.column_stack([1 - shares, index.means]),
                "stderr_statistical": index.statistical,
                **common,
            },
            notes=notes,
        ),
    }


class _Mean(NamedTuple):
    means: np.ndarray  # at every threshold
    errors: np.ndarray  # of each state's value
    statistical: float  # of the mean


def _mean(values: np.ndarray, errors: np.ndarray, in_order: bool) -> _Mean:
    """Means over the states; where these follow each other in time, with the error of a mean of correlated blocks."""
    if in_order and len(values) >= 3 * _BLOCKS:
        statistical = float(error_of_mean(np.array([part.mean() for part in np.array_split(values[:, 1], _BLOCKS)])))
    else:
        statistical = float(np.sqrt((errors**2).mean() / len(values)))
    return _Mean(values.mean(axis=0), errors, statistical)


def _targets(at: Any, columns: int) -> np.ndarray:
    targets = np.atleast_1d(np.asarray(at, dtype=float))
    targets = targets.reshape(-1, columns) if targets.ndim == 1 and targets.size % columns == 0 else targets
    if targets.ndim != 2 or targets.shape[1] != columns or not np.isfinite(targets).all():
        raise CocycleError(
            f"{_MEASURE}: `at` must be finite states of shape (n, {columns}), in the space of the delay vectors; got "
            f"shape {targets.shape}."
        )
    return targets


def _look(space: Reconstruction, target: np.ndarray, row: int | None, shares: np.ndarray, run: int) -> list[tuple]:
    """(mean excess, extremal index, clusters) at every threshold."""
    times = np.arange(len(space.points))
    if row is not None:
        times = times[np.abs(times - row) > space.theiler]
    distance = np.linalg.norm(space.points[times] - target, axis=1)
    numbers = np.maximum((shares * len(times)).astype(int), 1)
    nearest = np.argpartition(distance, numbers[0])[: numbers[0] + 1]
    nearest = nearest[np.argsort(distance[nearest])]
    near = distance[nearest]
    if near[numbers[-1] // 2] <= 1e-12 * np.abs(space.points).max():
        raise EstimationError(
            f"{_MEASURE}: most close returns are exact repeats: the series is periodic or coarsely rounded, and has no "
            "dimension at the scale of its rounding. Give finer resolution."
        )
    near = np.maximum(near, 1e-12 * np.abs(space.points).max())
    out = []
    for m in numbers:
        index = _extremal_index(times[np.sort(nearest[:m])], m / len(times), row, run)
        clusters = max(index * m, 2.0)
        excess = float(np.log(near[m] / near[:m]).mean())
        out.append((max(excess, 1e-12), index, clusters))
    return out


def _extremal_index(times: np.ndarray, share: float, row: int | None, run: int) -> float:
    """The maximum-likelihood estimator from gaps beyond `run`; the gap across the reference itself is no gap."""
    gaps = np.diff(times)
    if row is not None:
        gaps = gaps[~((times[:-1] < row) & (times[1:] > row))]
    s, n, long = share * float(np.maximum(gaps - run, 0).sum()), len(gaps), int((gaps > run).sum())
    if s == 0:
        return 1.0 / (n + 1)  # one cluster holds them all
    total = s + n + long
    return float(np.clip((total - np.sqrt(total**2 - 8 * long * s)) / (2 * s), 1 / (n + 1), 1.0))
