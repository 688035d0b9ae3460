"""Which delay: mutual information and its first minimum."""

from typing import Any

import numpy as np

from cocycle.core import DataError, Estimate
from cocycle.measure._neighbours import autocorrelation, whole
from cocycle.measure._series import Series, as_series

from ._vectors import middle

__all__ = ["mutual_information", "select_delay"]


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
    series, notes = middle(as_series(data, measure="delay selection", min_length=40))
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
