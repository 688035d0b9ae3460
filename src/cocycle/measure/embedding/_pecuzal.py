"""Non-uniform embedding: which variables, at which delays, and when to stop (PECUZAL)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError
from cocycle.measure._neighbours import mean_period, nearest_neighbours, require_neighbours, theiler_window, whole
from cocycle.measure._series import as_series

from ._continuity import MOST, continuity_scale
from ._cost import Cost, cost_fall
from ._vectors import middle

__all__ = ["NonUniformEmbedding", "pecuzal_embedding"]

_REFERENCES = 3_000  # reference points, evenly spread
_NEAREST = 3  # neighbours in the cost
_COARSE = 5.0  # samples a period


@dataclass(frozen=True)
class NonUniformEmbedding:
    """Delay vectors whose coordinates have each its own variable and delay.

    - `columns`, `delays`: of each coordinate, `(d,)`; the delays in samples, the first 0.
    - `cost`: an `Estimate`, the change of the cost L by each added coordinate, `(d - 1,)`, all below zero.
    - `variables`: the names of the coordinates' variables.
    - `reason`: a sentence, why no further coordinate was added.
    - `continuity`: the statistic of each cycle, `(cycles, variables, delays)`, in standard deviations.
    - `theiler`: samples.
    """

    columns: tuple[int, ...]
    delays: tuple[int, ...]
    cost: Estimate
    variables: tuple[str, ...]
    reason: str
    continuity: np.ndarray
    theiler: int

    def __repr__(self) -> str:
        shown = ", ".join(f"{v}(t + {d})" if d else f"{v}(t)" for v, d in zip(self.variables, self.delays, strict=True))
        return f"NonUniformEmbedding({shown})"

    def plot(self) -> Any:
        """The cost: by how much each further coordinate lowers L, with its error, and at which horizon."""
        return self.cost.plot()

    @property
    def dimension(self) -> int:
        """How many coordinates."""
        return len(self.delays)

    def vectors(self, data: Any) -> np.ndarray:
        """The delay vectors of a recording with the same variables, `(T - largest delay, dimension)`, in its units."""
        series = as_series(data, measure="non-uniform embedding", min_length=1, allow_constant=True)
        if series.values.shape[1] <= max(self.columns):
            raise DataError(
                f"non-uniform embedding: column {max(self.columns)} is used, but the data have only "
                f"{series.values.shape[1]} columns. Give the variables that it was chosen for."
            )
        if len(series.values) <= max(self.delays):
            raise DataError(
                f"non-uniform embedding: {len(series.values)} samples are too few for a delay of {max(self.delays)}."
            )
        return _vectors(series.values, self.columns, self.delays)


def pecuzal_embedding(
    data: Any,
    *,
    max_delay: int | None = None,
    theiler: int | None = None,
    threshold: float = 0.05,
    alpha: float = 0.05,
    max_dimension: int = 10,
) -> NonUniformEmbedding:
    r"""Variables and delays of an embedding, chosen one after another until no more helps: PECUZAL [@kraemer2021].

    Given some coordinates, the continuity statistic [@pecora2007] asks of every variable $y$ and delay $\tau$ at what
    scale $y(t + \tau)$ is still a function of them: $\langle\varepsilon^*\rangle(\tau)$ is the mean over reference
    points of the smallest $\varepsilon$ such that of the `k` = 8 to 13 nearest neighbours more than a tossed coin
    would put (level `alpha`) are within $\varepsilon$ of the point's own value. Where it has a local maximum, the
    coordinate is least known from those chosen. Each such candidate is tried, and the one is added that lowers most the
    cost [@uzal2011]

    $$L = \log_{10} \sqrt{\Big\langle \frac{E_i^2}{\epsilon_i^2} \Big\rangle
      \Big/ \big\langle \epsilon_i^{-2} \big\rangle},$$

    with $\epsilon_i^2$ the mean squared distance of the pairs among a reference point and its three neighbours and
    $E_i^2$ their variance, averaged over horizons $2 \ldots T$; $T$ rises until the change $\Delta L$ is deepest.
    It stops when no candidate lowers L, and noise has no first one. The variables are compared in standard deviations.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`; of several variables the useful ones are chosen.
    - `max_delay`: longest delay and horizon, samples (default: 2 Theiler windows, 10 to 100, at most T / 20).
    - `theiler`: neighbours closer in time do not count (default: one mean period).
    - `threshold`: a fall of L less than this, or than twice its error, is none.
    - `max_dimension`: stop there.

    **Returns** a `NonUniformEmbedding`; its `cost` has standard errors by leaving out one of 16 stretches of the record
    at a time. They do not contain the choice of the best of the candidates.

    **Raises** `EstimationError` where no second coordinate lowers L: the data do not support an embedding (noise, or
    too few samples), or need none; or where the series repeats exactly. Made for flows: horizons start at two samples,
    by when a chaotic map has forgotten much, and a note says so. Records beyond 50,000 samples are judged by their
    middle.
    """
    series = as_series(data, measure="PECUZAL embedding", min_length=200)
    series, notes = middle(series)
    if mean_period(series.values) < _COARSE:
        notes += (
            "The mean period is under five samples: a map, or a coarsely sampled flow, for which this choice is not "
            "reliable. Compare with `select_dimension`.",
        )
    window = theiler_window(series, 1, theiler)
    rows = len(series.values)
    if max_delay is None:
        max_delay = int(np.clip(2 * window, 10, min(100, rows // 20)))
    reach = whole(max_delay, "max_delay", 2)
    max_dimension = whole(max_dimension, "max_dimension", 2)
    if not 0 < alpha < 0.5:
        raise CocycleError(f"pecuzal_embedding: alpha is a level between 0 and 0.5; got {alpha!r}.")
    if not threshold >= 0:
        raise CocycleError(f"pecuzal_embedding: threshold is 0 or more; got {threshold!r}.")
    if rows < 5 * reach + 10 * MOST + 2 * window:
        raise DataError(
            f"PECUZAL embedding: {rows} samples are too few for delays up to {reach} and a Theiler window of {window}. "
            "Give more data, or a smaller `max_delay`."
        )
    values = (series.values - series.values.mean(axis=0)) / series.values.std(axis=0)
    starts: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((c,), (0,)) for c in range(values.shape[1])]
    falls, errors, horizons, curves = [], [], [], []
    chosen, reason = starts[0], f"{max_dimension} dimensions were asked for at most"
    while len(chosen[0]) < max_dimension:
        tried = [_cycle(values, start, reach, window, alpha) for start in starts]
        fall, error, horizon, candidate, curve = min(tried, key=lambda found: found[0])
        curves.append(curve)
        if fall >= -max(threshold, 2 * error):
            reason = f"the best further coordinate changes L by {fall:+.3f} +- {error:.2g}"
            break
        falls.append(fall)
        errors.append(error)
        horizons.append(horizon)
        chosen, starts = candidate, [candidate]
    if not falls:
        raise EstimationError(
            f"PECUZAL embedding: no embedding: {reason}, which is no fall. The {rows} samples look like noise, or are "
            "too few or too coarse for their dynamics (a chaotic map), or one coordinate already says all. Test for "
            "structure with `surrogate_test`, give more, cleaner or denser data, or take `select_dimension`."
        )
    columns, delays = chosen
    cost = Estimate(
        "pecuzal_cost",
        falls,
        errors,
        n=min(rows, _REFERENCES),
        diagnostics={
            "components": np.arange(2, len(delays) + 1),
            "horizons": np.array(horizons),
            "total": float(np.sum(falls)),
            "reason": reason,
        },
        notes=notes,
    )
    names = tuple(series.variables[c] for c in columns)
    return NonUniformEmbedding(columns, delays, cost, names, reason, np.array(curves), window)


def _vectors(values: np.ndarray, columns: tuple[int, ...], delays: tuple[int, ...]) -> np.ndarray:
    rows = len(values) - max(delays)
    return np.column_stack([values[d : d + rows, c] for c, d in zip(columns, delays, strict=True)])


def _cycle(values: np.ndarray, now, reach: int, theiler: int, alpha: float):
    """The best further coordinate: (change of L, its error, its horizon, the larger choice, the continuity curves)."""
    columns, delays = now
    points = _vectors(values, columns, delays)
    usable = len(values) - max(*delays, reach) - reach  # every candidate and horizon stays within the record
    references = np.unique(np.linspace(0, usable - 1, min(usable, _REFERENCES)).astype(int))
    found = nearest_neighbours(points[:usable], references, theiler, k=MOST)
    have = require_neighbours(found, "PECUZAL embedding", theiler)
    here, near = references[have], found.index[have]
    lags = np.arange(reach + 1)
    old = Cost(points[: usable + reach], references, theiler, reach, _NEAREST)
    curves = np.empty((values.shape[1], len(lags)))
    best = None
    for c, column in enumerate(values.T):
        for lag in lags:
            apart = np.abs(column[near + lag] - column[here + lag, None])
            curves[c, lag] = continuity_scale(apart, alpha).mean()
        for lag in _peaks(curves[c]):
            larger = ((*columns, c), (*delays, int(lag)))
            new = Cost(_vectors(values, *larger)[: usable + reach], references, theiler, reach, _NEAREST)
            fall = cost_fall(old, new, reach)
            if best is None or fall[0] < best[0]:
                best = (*fall, larger)
    assert best is not None
    return (*best, curves)


def _peaks(curve: np.ndarray) -> np.ndarray:
    """Lags of the local maxima, lag 0 among them; the largest value if there is none."""
    padded = np.concatenate([[0.0], curve])
    inside = np.flatnonzero((padded[1:-1] > padded[:-2]) & (padded[1:-1] >= padded[2:]))
    return inside if len(inside) else np.array([int(np.argmax(curve))])
