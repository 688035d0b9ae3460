"""Delay embedding: which delay, which dimension, and the delay vectors themselves."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import DataError, Estimate

from ._neighbours import autocorrelation, delay_matrix, nearest_neighbours, require_neighbours, theiler_window, whole
from ._series import Series, as_series

__all__ = ["cao", "embed", "false_nearest_neighbours", "mutual_information", "select_delay", "select_dimension"]

_LONGEST = 50_000  # samples used to choose a delay or a dimension; more do not change the choice
_REFERENCES = 2_000  # reference points for Cao's and the false-neighbour statistics


def embed(data: Any, delay: int, dimension: int) -> np.ndarray:
    """Delay vectors of a recording [@takens1981].

    $$v_t = (x_t,\\ x_{t+\\tau},\\ \\ldots,\\ x_{t+(d-1)\\tau})$$

    For a generic smooth observable of a deterministic system, `dimension` > 2 x (box-counting dimension of the
    attractor) makes the map from states to delay vectors one to one [@sauer1991, theorem 2.5]; often less is enough.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`: $\\tau$, samples (>= 1). See `select_delay`.
    - `dimension`: $d$, number of delayed copies (>= 1). See `select_dimension`.

    **Returns** an array of shape `(T - (dimension - 1) * delay, dimension * dim)`; row 0 starts at sample 0, and the
    columns run over variables first, then delays. Raises `DataError` if the recording is shorter than one vector.
    """
    series = as_series(data, measure="embed", min_length=1, allow_constant=True)
    delay, dimension = whole(delay, "delay"), whole(dimension, "dimension")
    _require_rows(series, delay, dimension, 1, "embed")
    return delay_matrix(series.values, delay, dimension)


def mutual_information(data: Any, max_lag: int | None = None) -> Estimate:
    """Mutual information between $x_t$ and $x_{t+k}$ for every lag $k$, in nats [@fraser1986].

    $$I(k) = \\sum_{ij} p_{ij}(k) \\ln \\frac{p_{ij}(k)}{p_i\\,p_j}$$

    Bins hold equally many samples (equal values share a bin), about $\\sqrt{T/5}$ of them and at most 32, so that a
    cell of the joint histogram of independent data holds five or more. The histogram estimate is too high by
    $(B_1 - 1)(B_2 - 1) / 2T$ to first order; this is subtracted [@roulston1999], so independent data scatter about
    zero (to some percent of the bias). What remains is a bias downwards where structure is finer than a bin: $I(0)$
    is $\\ln B$.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`; for several columns, the mean of their curves.
    - `max_lag`: longest lag, samples (default: 4 autocorrelation times, at least 20, at most T / 4).

    **Returns** an Estimate with one value a lag `0 .. max_lag`. `stderr` is the standard deviation of the
    histogram estimate over independent samples, with T reduced to T / (autocorrelation time).
    `diagnostics`: `lags`, `bins`, `bias` (subtracted).
    """
    series = as_series(data, measure="mutual information", min_length=40)
    values, rows = series.values, len(series.values)
    memory = max(_memory(values[:, c]) for c in range(values.shape[1]))
    if max_lag is None:
        max_lag = int(np.clip(4 * memory, 20, 1000))
        max_lag = min(max_lag, rows // 4)
    max_lag = whole(max_lag, "max_lag")
    if max_lag > rows - 20:
        raise DataError(f"mutual information: `max_lag` = {max_lag} leaves fewer than 20 of {rows} samples to compare.")
    curves, variances, biases, bins = [], [], [], 0
    for c in range(values.shape[1]):
        labels, bins = _equal_bins(values[:, c], int(np.clip(np.sqrt(rows / 5), 2, 32)))
        curve = np.array([_histogram_information(labels, bins, k) for k in range(max_lag + 1)])
        curves.append(curve[:, 0])
        variances.append(curve[:, 1])
        biases.append(curve[:, 2])
    effective = (rows - np.arange(max_lag + 1)) / max(1.0, memory)
    variance = np.mean(variances, axis=0) / effective + 0.5 * (bins - 1) ** 2 / effective**2
    return Estimate(
        "mutual_information",
        np.mean(curves, axis=0),
        np.sqrt(variance),
        n=rows,
        unit="nats",
        diagnostics={"lags": np.arange(max_lag + 1), "bins": bins, "bias": np.mean(biases, axis=0)},
    )


def select_delay(data: Any) -> Estimate:
    """The delay of an embedding: first minimum of the mutual information [@fraser1986].

    In order: 1 if the autocorrelation at lag 1 is below $1/e$ (a map, noise, or a coarsely sampled flow: waiting
    longer only loses information); the first minimum of `mutual_information` that is followed by a clear rise (2 %
    and more than chance), or the first zero of the autocorrelation if that comes before or if the mutual information
    stays above half its value at lag 0 (a periodic motion); otherwise the lag where the autocorrelation first falls
    below $1/e$.

    **Arguments**: `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.

    **Returns** an Estimate: a whole number of samples. `interval`: lowest and highest of the same choice made
    on the whole recording and on its two halves. `diagnostics`: `reason` (a sentence), `lags`, `curve` (mutual
    information), `autocorrelation`. Recordings beyond 50,000 samples are judged by their middle 50,000.
    """
    series, notes = _middle(as_series(data, measure="delay selection", min_length=40))
    delay, reason, curve, correlation = _delay(series)
    half = len(series.values) // 2
    choices = [delay]
    if half >= 40:
        for part in (series.values[:half], series.values[half:]):
            if (np.ptp(part, axis=0) > 0).all():
                choices.append(_delay(series._replace(values=part))[0])
    return Estimate(
        "delay",
        delay,
        interval=(min(choices), max(choices)),
        n=len(series.values),
        unit="samples",
        diagnostics={
            "reason": reason,
            "lags": np.arange(len(curve)),
            "curve": curve,
            "read_on": "lags",
            "autocorrelation": correlation,
        },
        notes=notes,
    )


def cao(data: Any, delay: int, max_dimension: int = 10) -> Estimate:
    """Cao's averaged false-neighbour ratios $E_1(d)$ and $E_2(d)$ [@cao1997].

    With $n(i, d)$ the nearest neighbour (maximum norm) of the delay vector $y_i(d)$,
    $a(i, d) = \\|y_i(d+1) - y_{n(i,d)}(d+1)\\| / \\|y_i(d) - y_{n(i,d)}(d)\\|$, $E(d) = \\langle a(i, d) \\rangle_i$
    and $E^*(d) = \\langle |x_{i+d\\tau} - x_{n(i,d)+d\\tau}| \\rangle_i$:

    $$E_1(d) = E(d+1) / E(d), \\qquad E_2(d) = E^*(d+1) / E^*(d).$$

    $E_1$ rises to 1 once `d` unfolds the attractor. $E_2$ is 1 at every `d` for independent noise; determinism
    makes it differ from 1 at some `d` (correlated noise does too, at small `d`: it is no proof of determinism).

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`: samples, see `select_delay`.
    - `max_dimension`: largest `d`.

    **Returns** an Estimate: $E_1$ at `d = 1 .. max_dimension`; `stderr` over 20 stretches of reference points.
    `diagnostics`: `dimensions`, `e2`, `e2_stderr`, `theiler`. At most 2,000 reference points, evenly spread.
    Raises `DataError` if the recording is shorter than 50 delay vectors, `EstimationError` if
    most points have no neighbour but exact repeats.
    """
    series, notes = _middle(as_series(data, measure="Cao's method"))
    delay, max_dimension = whole(delay, "delay"), whole(max_dimension, "max_dimension")
    _require_rows(series, delay, max_dimension + 2, 50, "Cao's method")
    ratios = list(_cao_ratios(series, delay, max_dimension))
    return Estimate(
        "cao_e1",
        [r.e1 for r in ratios],
        [r.e1_stderr for r in ratios],
        n=ratios[-1].n,
        diagnostics={
            "dimensions": np.arange(1, max_dimension + 1),
            "e2": np.array([r.e2 for r in ratios]),
            "e2_stderr": np.array([r.e2_stderr for r in ratios]),
            "theiler": theiler_window(series, delay, None),
            "delay": delay,
        },
        notes=notes,
    )


def false_nearest_neighbours(data: Any, delay: int, max_dimension: int = 10) -> Estimate:
    """Fraction of nearest neighbours that are false at `d = 1 .. max_dimension` [@kennel1992].

    A neighbour at distance $R_d$ (Euclidean) is false if the next delayed coordinate separates the pair by more than
    $15 R_d$, or if the pair's distance in $d + 1$ exceeds twice the standard deviation of the data: the second
    test is what makes noise show.

    **Arguments**: as for `cao`.

    **Returns** an Estimate: the fraction at each `d`; `stderr`: binomial, over the reference points.
    `diagnostics`: `dimensions`, `theiler`. At most 2,000 reference points, evenly spread.
    """
    series, notes = _middle(as_series(data, measure="counting false nearest neighbours"))
    delay, max_dimension = whole(delay, "delay"), whole(max_dimension, "max_dimension")
    _require_rows(series, delay, max_dimension + 1, 50, "false nearest neighbours")
    theiler = theiler_window(series, delay, None)
    size = np.sqrt(series.values.var(axis=0).sum())
    fractions, counts = [], []
    for d in range(1, max_dimension + 1):
        points = delay_matrix(series.values, delay, d)
        limit = len(series.values) - d * delay
        references = _spread(limit)
        found = nearest_neighbours(points, references, theiler, limit=limit)
        have = require_neighbours(found, "false nearest neighbours", theiler)
        i, j, near = references[have], found.index[have, 0], found.distance[have, 0]
        apart = np.linalg.norm(series.values[i + d * delay] - series.values[j + d * delay], axis=1)
        fractions.append(np.mean((apart > 15.0 * near) | (np.hypot(apart, near) > 2.0 * size)))
        counts.append(have.sum())
    fraction, count = np.array(fractions), np.array(counts)
    return Estimate(
        "false_nearest_neighbours",
        fraction,
        np.sqrt((fraction * (1 - fraction) + 0.25 / count) / count),
        n=int(count[-1]),
        diagnostics={"dimensions": np.arange(1, max_dimension + 1), "theiler": theiler, "delay": delay},
        notes=notes,
    )


def select_dimension(data: Any, delay: int | None = None) -> Estimate:
    """The embedding dimension: where Cao's $E_1(d)$ has levelled off near 1 [@cao1997].

    The smallest $d \\le 10$ with $E_1(d) \\ge 0.9$ and $E_1(d + 1) \\ge 0.9$, within their errors. For noise no
    dimension unfolds anything: if $E_2$ is 1 within its error at every `d` a note says so, and the number is then
    only a place to start.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`: samples (default: `select_delay`).

    **Returns** an Estimate: a whole number. `interval`: the choices at thresholds 0.85 and 0.95 (10 where not reached).
    `diagnostics`: `reason`, `delay`, `dimensions`, `e1`, `e2` with `stderr`s (up to where the search stopped).
    """
    series, notes = _middle(as_series(data, measure="dimension selection", min_length=40))
    delay = int(select_delay(series.values).value) if delay is None else whole(delay, "delay")
    most = min(10, (len(series.values) - 30) // delay - 2)
    if most < 1:
        raise DataError(
            f"dimension selection: {len(series.values)} samples are too few for delay {delay}. Give more data, or a "
            "smaller delay."
        )
    ratios: list[_Ratios] = []
    for ratio in _cao_ratios(series, delay, most):
        ratios.append(ratio)
        if _first_level(ratios, 0.95) is not None:
            break
    chosen = _first_level(ratios, 0.9)
    low, high = _first_level(ratios, 0.85), _first_level(ratios, 0.95)
    e2 = np.array([r.e2 for r in ratios])
    e2_stderr = np.array([r.e2_stderr for r in ratios])
    structure = np.abs(e2 - 1) > np.maximum(3 * e2_stderr, 0.02)
    if chosen is None:
        reason = f"E1 does not reach 0.9 by d = {most}: noise, or too few data for this many dimensions"
    else:
        reason = f"E1({chosen}) = {ratios[chosen - 1].e1:.2f}: the first to level off near 1"
    deterministic = bool(structure.any()) if series.values.shape[1] == 1 else None  # E2 needs d below the unfolding one
    if deterministic is False:
        notes += ("E2 is 1 within its error at every dimension: no sign of determinism.",)
    value = most if chosen is None else chosen
    return Estimate(
        "dimension",
        value,
        interval=(min(value, low or most), max(value, high or most)),
        n=ratios[-1].n,
        diagnostics={
            "reason": reason,
            "delay": delay,
            "dimensions": np.arange(1, len(ratios) + 1),
            "e1": np.array([r.e1 for r in ratios]),
            "e1_stderr": np.array([r.e1_stderr for r in ratios]),
            "e2": e2,
            "e2_stderr": e2_stderr,
            "read_on": "dimensions",
            "deterministic": deterministic,
        },
        notes=notes,
    )


class _Ratios(NamedTuple):
    e1: float
    e1_stderr: float
    e2: float
    e2_stderr: float
    n: int


def _cao_ratios(series: Series, delay: int, max_dimension: int) -> Iterator[_Ratios]:
    """Cao's ratios dimension by dimension, so that a search can stop early."""
    theiler = theiler_window(series, delay, None)
    before = None
    for d in range(1, max_dimension + 2):
        points = delay_matrix(series.values, delay, d)
        limit = len(series.values) - d * delay
        references = _spread(limit)
        found = nearest_neighbours(points, references, theiler, norm=np.inf, limit=limit)
        have = require_neighbours(found, "Cao's method", theiler)
        i, j, near = references[have], found.index[have, 0], found.distance[have, 0]
        apart = np.abs(series.values[i + d * delay] - series.values[j + d * delay])
        growth, miss = np.maximum(apart.max(axis=1) / near, 1.0), apart.mean(axis=1)
        now = (*_mean_and_error(growth), *_mean_and_error(miss), len(i))
        if before is not None:
            e1, e2 = now[0] / before[0], now[2] / before[2]
            yield _Ratios(
                e1,
                e1 * np.hypot(now[1] / now[0], before[1] / before[0]),
                e2,
                e2 * np.hypot(now[3] / now[2], before[3] / before[2]),
                now[4],
            )
        before = now


def _mean_and_error(x: np.ndarray) -> tuple[float, float]:
    blocks = np.array([b.mean() for b in np.array_split(x, min(20, len(x)))])
    return float(x.mean()), float(blocks.std(ddof=1) / np.sqrt(len(blocks)))


def _first_level(ratios: list[_Ratios], threshold: float) -> int | None:
    """The first d from which two E1 in a row (or the last) reach `threshold` within one standard error."""
    reached = [r.e1 + min(r.e1_stderr, 0.05) >= threshold for r in ratios]
    for d in range(1, len(ratios)):
        if reached[d - 1] and reached[d]:
            return d
    return None


def _delay(series: Series) -> tuple[int, str, np.ndarray, np.ndarray]:
    rows = len(series.values)
    information = mutual_information(series.values)
    curve, error = np.asarray(information.value), np.asarray(information.stderr)
    lags = len(curve) - 1
    correlation = np.mean([autocorrelation(column, lags) for column in series.values.T], axis=0)
    if correlation[1] < 1 / np.e:
        why = f"autocorrelation at lag 1 is {correlation[1]:.2f}, below 1/e: a map, noise, or a coarsely sampled flow"
        return 1, why, curve, correlation
    scatter = (int(information.diagnostics["bins"]) - 1) / np.sqrt(2) / rows  # of I(k) for independent samples
    lowest = 1
    for k in range(2, lags + 1):
        if curve[k] < curve[lowest]:
            lowest = k
        elif curve[k] - curve[lowest] > 0.02 * curve[lowest] + 2 * scatter:
            if curve[lowest] < 3 * error[lowest]:
                break  # a minimum of nothing: the samples are independent by then
            # A periodic motion's mutual information stays high, with minima where bins and samples happen to beat and
            # at half a period, where the delay vectors collapse onto a line.
            periodic = curve[lowest] > 0.5 * curve[0]
            zero = np.flatnonzero(correlation[: (lags if periodic else lowest) + 1] <= 0)
            if len(zero):
                which = "stays high: a periodic motion" if periodic else "has its first minimum later"
                why = f"autocorrelation crosses zero at lag {zero[0]}; the mutual information {which}"
                return int(zero[0]), why, curve, correlation
            return lowest, f"first minimum of the mutual information, at lag {lowest}", curve, correlation
    below = np.flatnonzero(correlation < 1 / np.e)
    delay = int(below[0]) if len(below) else max(1, min(lags, rows // 10))
    why = f"mutual information has no clear minimum; the autocorrelation falls below 1/e at lag {delay}"
    return delay, why, curve, correlation


def _memory(column: np.ndarray) -> float:
    """Autocorrelation time in samples: first lag below 1/e, at least 1."""
    below = np.flatnonzero(autocorrelation(column, len(column) // 4) < 1 / np.e)
    return float(below[0]) if len(below) else len(column) / 16


def _equal_bins(column: np.ndarray, bins: int) -> tuple[np.ndarray, int]:
    edges = np.unique(np.quantile(column, np.arange(1, bins) / bins))
    labels = np.searchsorted(edges, column, side="right")
    used, labels = np.unique(labels, return_inverse=True)
    return labels, len(used)


def _histogram_information(labels: np.ndarray, bins: int, lag: int) -> tuple[float, float, float]:
    """Bias-corrected mutual information at one lag, its variance x samples, and the bias taken off."""
    count = len(labels) - lag
    joint = np.bincount(labels[:count] * bins + labels[lag:], minlength=bins * bins).reshape(bins, bins) / count
    if lag == 0:
        bias = 0.0  # the diagonal histogram has no free cells off the diagonal
    else:
        bias = (bins - 1) ** 2 / (2 * count)
    row, column = joint.sum(axis=1), joint.sum(axis=0)
    full = joint > 0
    log = np.log(joint[full] / np.outer(row, column)[full])
    mean = float((joint[full] * log).sum())
    return mean - bias, float((joint[full] * log**2).sum() - mean**2), bias


def _middle(series: Series) -> tuple[Series, tuple[str, ...]]:
    rows = len(series.values)
    if rows <= _LONGEST:
        return series, ()
    start = (rows - _LONGEST) // 2
    return series._replace(values=series.values[start : start + _LONGEST]), (
        f"Judged by the middle {_LONGEST} of {rows} samples.",
    )


def _spread(limit: int) -> np.ndarray:
    return np.unique(np.linspace(0, limit - 1, min(limit, _REFERENCES)).astype(int))


def _require_rows(series: Series, delay: int, dimension: int, least: int, measure: str) -> None:
    rows = len(series.values) - (dimension - 1) * delay
    if rows < least:
        raise DataError(
            f"{measure}: {len(series.values)} samples give {max(rows, 0)} delay vectors at delay {delay} and dimension "
            f"{dimension}; at least {least} are needed. Give more data, a smaller delay or a smaller dimension."
        )
