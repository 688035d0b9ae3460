"""Entropies of data: permutation entropy, statistical complexity, sample entropy."""

import math
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError

from ._matches import MAX_TEMPLATES, count_matches
from ._series import as_series

__all__ = ["complexity_bounds", "ordinal_patterns", "permutation_entropy", "sample_entropy", "statistical_complexity"]


# -- ordinal patterns -----------------------------------------------------------------------------------------------


def ordinal_patterns(data: Any, *, order: int = 5, delay: int = 1) -> np.ndarray:
    """The ordinal pattern of every window of `order` samples, `delay` apart, as a number in `[0, order!)`.

    The number is the Lehmer code `sum_i #{j > i: x_j < x_i} (order - 1 - i)!`: 0 is an increasing window and
    `order! - 1` a decreasing one. **Ties**: equal values count as increasing, in order of time
    [@bandt2002]. `data`: one variable. Returns shape `(T - (order - 1) delay,)`.
    """
    order, delay = _check_order(order), _check_delay(delay)
    series = as_series(data, measure="counting ordinal patterns", min_length=(order - 1) * delay + 1, univariate=True)
    return _codes(series.column, order, delay)


def _check_order(order: int) -> int:
    if not isinstance(order, (int, np.integer)) or not 3 <= order <= 7:
        raise CocycleError(f"Ordinal patterns: order must be a whole number from 3 to 7; got {order!r}.")
    return int(order)


def _check_delay(delay: int) -> int:
    if not isinstance(delay, (int, np.integer)) or delay < 1:
        raise CocycleError(f"Ordinal patterns: delay must be a whole number of samples, 1 or more; got {delay!r}.")
    return int(delay)


def _codes(x: np.ndarray, order: int, delay: int) -> np.ndarray:
    n = x.size - (order - 1) * delay
    # whether x[t + k delay] < x[t] depends on t and k only, so order - 1 comparisons serve every digit of every window
    below = np.zeros(x.size, np.uint8)
    digits = np.empty((order - 1, n), np.uint8)
    for k in range(1, order):
        below[: x.size - k * delay] += x[k * delay :] < x[: x.size - k * delay]
        i = order - 1 - k  # digit i compares with the k samples that follow it in the window
        digits[i] = below[i * delay : i * delay + n]
    codes = np.zeros(n, np.uint8 if order <= 5 else np.uint16)
    for i in range(order - 1):
        codes += digits[i] * codes.dtype.type(math.factorial(order - 1 - i))
    return codes


class _Ordinal:
    """Pattern frequencies of one variable, and how they vary from one batch of the record to the next."""

    def __init__(self, x: np.ndarray, order: int, delay: int, batches: int):
        codes = _codes(x, order, delay)
        self.n = codes.size
        self.patterns = math.factorial(order)
        self.batches, self.length = batches, self.n // batches
        used = self.batches * self.length
        table = np.repeat(np.arange(batches) * self.patterns, self.length)
        table += codes[:used]
        self.table = np.bincount(table, minlength=batches * self.patterns).reshape(batches, self.patterns)
        counts = self.table.sum(axis=0)
        if used < self.n:
            counts = counts + np.bincount(codes[used:], minlength=self.patterns)
        self.p = counts / self.n
        self.seen = np.flatnonzero(counts)
        self.ties = sum(int((x[k * delay :] == x[: x.size - k * delay]).sum()) for k in range(1, order))

    def batch_sums(self, gradient: np.ndarray) -> np.ndarray:
        """Sums over each batch of the per-window values `gradient[pattern]`, centred; shape `(batches,)`."""
        sums = self.table[:, self.seen] @ gradient
        return sums - sums.mean()

    def spread(self) -> np.ndarray:
        """Long-run variance of each seen pattern's indicator, from batch means."""
        return self.table[:, self.seen].var(axis=0, ddof=1) / self.length

    def covariance(self, a: np.ndarray, b: np.ndarray) -> float:
        """Long-run covariance of two sequences given by their batch sums."""
        return float(a @ b / (self.batches - 1) / self.length)


def _batches(windows: int, order: int, delay: int) -> int:
    return int(np.clip(windows // (10 * ((order - 1) * delay + 1)), 4, 50))


def _prepare(data, measure: str, order: int, delay: int | None):
    order = _check_order(order)
    if delay is None:
        from .embedding import select_delay

        delay = round(float(select_delay(data)))
    delay = _check_delay(delay)
    series = as_series(data, measure=measure, min_length=(order - 1) * delay + 10)
    windows = series.values.shape[0] - (order - 1) * delay
    batches = _batches(windows, order, delay)
    columns = [_Ordinal(series.values[:, i], order, delay, batches) for i in range(series.values.shape[1])]
    notes = []
    patterns = math.factorial(order)
    if windows < 5 * patterns:
        notes.append(
            f"{windows} windows are few for {patterns} patterns (order {order}): the value is biased "
            f"{'high' if measure == 'statistical complexity' else 'low'}; choose a lower order."
        )
    ties = sum(c.ties for c in columns) / (len(columns) * windows * (order - 1))
    if ties > 0.02:
        notes.append(
            f"{ties:.0%} of the compared values are equal (ties count as increasing, in order of time): the data are "
            "coarsely quantised and the value depends on this convention."
        )
    diagnostics = {
        "order": order,
        "delay": delay,
        "windows": windows,
        "ties": ties,
        "missing_patterns": [int(patterns - c.seen.size) for c in columns],
        "probabilities": np.stack([c.p for c in columns]) if len(columns) > 1 else columns[0].p,
        "variables": series.variables,
    }
    return columns, windows, diagnostics, notes


def _finish(name, unit, scale, top, values, sums, quadratic, biases, columns, diagnostics, notes, correct):
    """Mean over variables with the first- and second-order variance of the plug-in estimator."""
    from scipy.special import stdtrit

    n, first = columns[0].n, columns[0]
    mean_sums = np.mean(sums, axis=0)
    # the estimated gradient is itself noisy, which adds twice the second-order variance: take it out
    second = float(np.mean(quadratic)) / n**2
    linear = first.covariance(mean_sums, mean_sums) / n
    variance = max(linear - second, 0.0) + second / 2
    value, bias = float(np.mean(values)) / scale, float(np.mean(biases)) / scale
    stderr = math.sqrt(variance) / scale
    half = float(stdtrit(first.batches - 1, 0.975)) * stderr
    centre = value - bias
    interval = (float(np.clip(centre - half, 0, top)), float(np.clip(centre + half, 0, top)))
    if correct:
        value = float(np.clip(centre, 0, top))
    if len(values) > 1:
        diagnostics["per_variable"] = np.asarray(values) / scale
    return Estimate(name, value, stderr, interval, n, unit, {**diagnostics, "bias": bias}, tuple(notes))


def permutation_entropy(
    data: Any,
    *,
    order: int = 5,
    delay: int | None = 1,
    normalise: bool = True,
    correct_bias: bool = False,
) -> Estimate:
    """Permutation entropy: the Shannon entropy of the order relations within short windows. [@bandt2002]

    `H = -sum_pi p(pi) log p(pi)` over the `order!` ordinal patterns of windows `x_t, x_{t + delay}, ...`. It is 0 for
    a monotone series, `log order!` (1 if normalised) for white noise, whatever its distribution, and invariant under
    increasing transforms of the data.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `order`: 3 to 7. Needs well over `order!` samples (a note says so).
    - `delay`: samples between the points of a window; `None` chooses by `select_delay`.
    - `normalise`: divide by `log order!`; otherwise the unit is nats.
    - `correct_bias`: subtract the leading bias of the plug-in value, `-(K - 1)/(2n)` for independent windows
      [@miller1955] with `K` patterns seen. Windows overlap and data have memory, so `K - 1` is replaced by the sum over
      patterns of (long-run variance / p), estimated from batch means. Default: the plug-in value of the literature.

    Ties count as increasing, in order of time; their share is in `diagnostics["ties"]`.

    **Returns** an `Estimate`. `stderr` is that of the plug-in estimator (delta method, first and second order), with
    the correlation between overlapping windows kept by batch means; `interval` is centred at the bias-corrected value.
    Diagnostics: `probabilities` by Lehmer code, `missing_patterns`, `bias`, `ties`.
    """
    columns, _, diagnostics, notes = _prepare(data, "permutation entropy", order, delay)
    values, sums, quadratic, biases = [], [], [], []
    for c in columns:
        p = c.p[c.seen]
        surprise = -np.log(p)
        values.append(abs(float(p @ surprise)))
        sums.append(c.batch_sums(surprise))
        ratio = c.spread() / p
        quadratic.append(ratio @ ratio)
        biases.append(-ratio.sum() / (2 * c.n))
    scale = math.log(columns[0].patterns)
    unit, top = ("", 1.0) if normalise else ("nats", scale)
    return _finish(
        "permutation_entropy", unit, scale if normalise else 1.0, top,
        values, sums, quadratic, biases, columns, diagnostics, notes, correct_bias,
    )  # fmt: skip


# -- statistical complexity -----------------------------------------------------------------------------------------


def _divergence_scale(states: int) -> float:
    """1 over the largest Jensen-Shannon divergence between a distribution on `states` and the uniform one."""
    n = float(states)
    return -2.0 / ((n + 1) / n * math.log(n + 1) - 2 * math.log(2 * n) + math.log(n))


def _entropy_term(p):
    return -p * np.log(np.where(p > 0, p, 1.0))


def statistical_complexity(data: Any, *, order: int = 5, delay: int | None = 1, correct_bias: bool = False) -> Estimate:
    """Jensen-Shannon statistical complexity of ordinal patterns. [@rosso2007]

    `C = Q_J[P, U] H[P]`, with `H` the normalised permutation entropy and `Q_J` the Jensen-Shannon divergence
    `S((P + U)/2) - S(P)/2 - S(U)/2` from the uniform distribution `U`, divided by its maximum. 0 both for perfect
    order and for white noise; large for chaos. With the entropy it makes the complexity-entropy plane.

    **Arguments** as `permutation_entropy`; several variables: the mean.

    **Returns** an `Estimate`; diagnostics: `entropy` (normalised), `bounds` (least and greatest complexity possible at
    that entropy, `complexity_bounds`), and those of `permutation_entropy`. Errors as there.
    """
    columns, _, diagnostics, notes = _prepare(data, "statistical complexity", order, delay)
    states = columns[0].patterns
    u, top = 1.0 / states, math.log(states)
    scale = top / _divergence_scale(states)
    values, sums, quadratic, biases, entropies = [], [], [], [], []
    for c in columns:
        p = c.p[c.seen]
        missing = states - c.seen.size
        entropy = abs(float(_entropy_term(p).sum()))
        mixed = _entropy_term((p + u) / 2).sum() + missing * _entropy_term(u / 2)
        divergence = max(float(mixed) - entropy / 2 - top / 2, 0.0)
        slope_h = -np.log(p) - 1
        slope_j = 0.5 * (np.log(p) - np.log((p + u) / 2))
        batches_h, batches_j = c.batch_sums(slope_h), c.batch_sums(slope_j)
        curvature = entropy * 0.5 * (1 / p - 1 / (p + u)) - divergence / p
        weighted = curvature * c.spread()
        values.append(entropy * divergence)
        sums.append(divergence * batches_h + entropy * batches_j)
        quadratic.append(weighted @ weighted)
        biases.append((2 * c.covariance(batches_h, batches_j) + weighted.sum()) / (2 * c.n))
        entropies.append(entropy / top)
    mean_entropy = float(np.mean(entropies))
    _, low, high = complexity_bounds(columns[0].patterns, np.array([mean_entropy]), states=True)
    diagnostics |= {"entropy": mean_entropy, "bounds": (float(low[0]), float(high[0]))}
    return _finish(
        "statistical_complexity", "", scale, 1.0,
        values, sums, quadratic, biases, columns, diagnostics, notes, correct_bias,
    )  # fmt: skip


def complexity_bounds(order: int, entropy=None, *, states: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The least and greatest statistical complexity possible at a given entropy. [@martin2006]

    The least has one state more likely than the others, which share the rest; the greatest has some states of
    probability zero, one below the others, and the others equal. Both are solved for the entropy exactly.

    `order`: length of the ordinal patterns (with `states=True`, the number of states itself). `entropy`: normalised
    entropies in [0, 1], shape `(k,)`; default 201 equal steps. Returns `(entropy, least, greatest)`, shapes `(k,)`.
    """
    n = int(order) if states else math.factorial(_check_order(order))
    h = np.linspace(0.0, 1.0, 201) if entropy is None else np.atleast_1d(np.asarray(entropy, dtype=float))
    if h.ndim != 1 or not ((h >= 0) & (h <= 1)).all():
        raise CocycleError("complexity_bounds: entropy must be numbers between 0 and 1, shape (k,).")
    target = h * math.log(n)

    def solve(entropy_of, low, high):  # bisection on a decreasing entropy_of
        low, high = np.full_like(h, low), np.broadcast_to(high, h.shape).copy()
        for _ in range(200):
            middle = (low + high) / 2
            above = entropy_of(middle) > target
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        return (low + high) / 2

    def complexity(weights_and_values):
        mixed = sum(w * _entropy_term((v + 1 / n) / 2) for w, v in weights_and_values)
        own = sum(w * _entropy_term(v) for w, v in weights_and_values)
        return np.clip(_divergence_scale(n) * (mixed - own / 2 - math.log(n) / 2) * h, 0.0, None)

    p = solve(lambda p: _entropy_term(p) + (n - 1) * _entropy_term((1 - p) / (n - 1)), 1 / n, 1.0)
    least = complexity([(1, p), (n - 1, (1 - p) / (n - 1))])

    # m equal states and one below them, q in [0, 1/(m + 1)]: entropy runs from log m to log(m + 1)
    m = np.clip(np.floor(np.exp(target) * (1 + 1e-12)), 1, n - 1)
    q = solve(
        lambda s: _entropy_term(1 / (m + 1) - s) + m * _entropy_term((1 - (1 / (m + 1) - s)) / m), 0.0, 1 / (m + 1)
    )
    q = 1 / (m + 1) - q
    greatest = complexity([(1, q), (m, (1 - q) / m), (n - 1 - m, np.zeros_like(q))])
    return h, least, greatest


# -- sample entropy -------------------------------------------------------------------------------------------------


def sample_entropy(data: Any, *, m: int = 2, r: float = 0.2) -> Estimate:
    """Sample entropy: how often two stretches alike for `m` samples stay alike for one more. [@richman2000]

    `-log(A / B)`, `B` the number of pairs of distinct templates `x_i..x_{i+m-1}` within `r` standard deviations of each
    other in the maximum norm, `A` the number of those still within it with `x_{i+m}` added. Both run over the same
    `T - m` templates. In nats per sample. White noise: `-log P(|x - y| <= r)` whatever `m`, for normal `-log erf(r/2)`.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `m`: template length, 1 to 10. - `r`: tolerance in standard deviations (population) of each variable.

    Counting is exact up to 64,000 templates; of a longer record, 64,000 templates in 128 stretches spread evenly over
    it are compared, and a note says so. Cost grows with the square of that number, to about a second at most.

    **Returns** an `Estimate`; `stderr` by deleting one of 20 blocks of the record at a time (pairs share templates, so
    counting them as independent would make it many times too small); the interval uses Student's t. Diagnostics:
    `matches` `(B, A)`. Raises `EstimationError` if no pair matches.
    """
    from scipy.special import stdtrit

    if not isinstance(m, (int, np.integer)) or not 1 <= m <= 10:
        raise CocycleError(f"sample_entropy: m must be a whole number from 1 to 10; got {m!r}.")
    if not r > 0:
        raise CocycleError(f"sample_entropy: r must be positive (a fraction of the standard deviation); got {r!r}.")
    series = as_series(data, measure="sample entropy", min_length=m + 20)
    values, influences, matches = [], [], []
    for x, name in zip(series.values.T, series.variables, strict=True):
        a, b = count_matches(x, int(m), r * x.std())
        total_a, total_b = int(a.sum()) // 2, int(b.sum()) // 2
        if total_a == 0:
            raise EstimationError(
                f"sample_entropy: no two stretches of {m + 1 if total_b else m} samples of {name!r} lie within "
                f"r = {r:g} standard deviations (T = {x.size}, m = {m}), so the value would be infinite. "
                "Give more data, a larger r or a smaller m."
            )
        values.append(-math.log(total_a / total_b))
        matches.append((total_b, total_a))
        change = a.sum(axis=1) / total_a - b.sum(axis=1) / total_b  # of the value, when a block is deleted
        influences.append(change + _scale_influence(x, int(m), float(r), change.size))
    influence = np.mean(influences, axis=0)
    groups = influence.size
    fewest = min(a for _, a in matches)
    variance = (groups - 1) / groups * float(((influence - influence.mean()) ** 2).sum())
    # deleting blocks counts the scatter of independent matches twice (it is quadratic in the record); matches come in
    # runs, so half of that is taken off: coverage checked on noise, AR(1), the logistic map and Lorenz
    counting = max((1 - a / b) / a for b, a in matches)
    stderr = math.sqrt(max(variance - counting / 2, counting))
    value = float(np.mean(values))
    half = float(stdtrit(groups - 1, 0.975)) * stderr
    templates = min(len(series.values) - m, MAX_TEMPLATES)
    notes = []
    if templates < len(series.values) - m:
        notes.append(
            f"{templates} of {len(series.values) - m} templates compared (128 stretches spread evenly over the record)."
        )
    if fewest < 20:
        notes.append(
            f"Only {fewest} pairs match for {m + 1} samples: the value is unreliable; give more data or a larger r."
        )
    diagnostics = {
        "m": int(m),
        "r": float(r),
        "matches": matches if len(matches) > 1 else matches[0],
        "templates": templates,
    }
    if len(values) > 1:
        diagnostics["per_variable"] = np.array(values)
    interval = (max(value - half, 0.0), value + half)
    return Estimate("sample_entropy", value, stderr, interval, templates, "nats", diagnostics, tuple(notes))


def _scale_influence(x: np.ndarray, m: int, r: float, groups: int) -> np.ndarray:
    """Change of the sample entropy through the standard deviation in the tolerance, when each block is deleted."""
    step, entropy = 0.15, []
    for factor in (math.exp(step), math.exp(-step)):  # a slope known to 10 % is enough: part of the templates
        a, b = count_matches(x, m, r * factor * x.std(), share=min(max(x.size // 1250, 1), 16))
        entropy.append(-math.log(max(a.sum(), 1) / max(b.sum(), 1)))
    slope = (entropy[0] - entropy[1]) / (2 * step)
    parts = np.array_split(((x - x.mean()) / x.std()) ** 2, groups)
    return np.array([slope * (1 - part.mean()) / 2 * part.size / (x.size - part.size) for part in parts])
