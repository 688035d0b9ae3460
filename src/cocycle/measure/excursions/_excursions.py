"""Excursions of a series above and below a level: how often, how long, and how persistent."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._series import as_series

from ._returns import above

__all__ = ["excursion_statistics", "persistency"]

_BLOCKS = 32
_FEWEST = 20


def excursion_statistics(data: Any, *, level: float | None = None) -> dict[str, Estimate]:
    r"""How often a series crosses a level, and how long it stays above and below. [@rice1945]

    For a smooth stationary Gaussian process of unit variance with correlation $r$, Rice's formula is the rate of
    crossings of a level $u$ in either direction,

    $$\nu = \frac{\sqrt{-r''(0)}}{\pi} e^{-u^2 / 2}.$$

    A rough process (Ornstein-Uhlenbeck, a random walk) has no rate: its sampled crossings are of the sampled process,
    in which sign changes at zero have probability $\arccos(r(\Delta t)) / \pi$ a step.

    **Arguments**: `data`: one variable, at least 64 samples. `level`: default the mean.

    **Returns** Estimates by name: `"crossing_rate"` (both directions, 1/time), `"fraction_above"`, `"mean_above"` and
    `"mean_below"`, the mean lengths of excursions in units of time. An excursion's length is its number of samples
    times the sampling interval; means are time spent by crossings, so that excursions cut by the record's ends do
    not bend them. `stderr`: from 32 blocks of the record, their correlation counted.

    Diagnostics of `mean_above` and `mean_below`: `lengths`, of the whole excursions in order, `survival` and `times`:
    the share of them that last longer; of the others `history`, the value over the record up to `times`. Raises
    `EstimationError` with fewer than 20 crossings.
    """
    series = as_series(data, measure="excursion statistics", min_length=64, univariate=True)
    side, level = above(series, level, "excursion_statistics")
    dt, total = series.dt, len(side)
    crossing = np.append(side[1:] != side[:-1], False)
    if crossing.sum() < _FEWEST:
        raise _too_few("excursion_statistics", int(crossing.sum()), total)
    pieces = min(_BLOCKS, int(crossing.sum()) // 4)
    cuts = np.linspace(0, total, pieces + 1).astype(int)[:-1]
    sums = {name: np.add.reduceat(x.astype(float), cuts) for name, x in (("cross", crossing), ("above", side))}
    size = np.diff(np.append(cuts, total))
    starts, lengths = _runs(side)

    def ratio(name, over, under, unit, extra=None):
        value = over.sum() / under.sum()
        if extra is None:
            extra = {"times": dt * np.cumsum(size), "history": (np.cumsum(over) / np.cumsum(under))[:, None]}
        stderr = error_of_mean((over - value * under) / under.mean())
        common = {"level": level, "crossings": int(crossing.sum()), "variable": series.variables[0]}
        # one crossing more or less at the ends of the record
        stderr = float(np.hypot(stderr, value / max(sums["cross"].sum(), 1) / 2))
        return Estimate(name, value, stderr, None, total, unit, common | extra)

    def law(up):
        whole = dt * lengths[1:-1][side[starts[1:-1]] == up]
        values, counts = np.unique(whole, return_counts=True)
        survival = 1 - np.cumsum(counts) / counts.sum()
        return {"lengths": whole, "times": values, "survival": survival, "read_on": "times"}

    return {
        "crossing_rate": ratio("crossing_rate", sums["cross"], dt * size, "1/time"),
        "fraction_above": ratio("fraction_above", sums["above"], size, ""),
        "mean_above": ratio("mean_above", 2 * dt * sums["above"], sums["cross"], "time", law(True)),
        "mean_below": ratio("mean_below", 2 * dt * (size - sums["above"]), sums["cross"], "time", law(False)),
    }


def persistency(
    data: Any, *, level: float | None = None, law: str = "exponential", start: float | None = None
) -> Estimate:
    r"""How fast the probability that a series has not crossed a level dies out with time. [@bray2013]

    $$P(\text{no crossing for a time } t) \sim e^{-\theta t} \quad \text{(stationary)}, \qquad
      P(\text{excursion longer than } t) \sim t^{-\theta} \quad \text{(self-similar)}.$$

    The stationary process that belongs to a self-similar one in logarithmic time has the same $\theta$. Excursions of
    both sides are taken together; of those that outlast `start`, the maximum-likelihood rate with which they end is
    $\theta$: per unit of time (`law="exponential"`), or of log time (`"power"`, Hill's estimator), excursions cut by
    the record's end counted as lasting.

    **Arguments**

    - `data`: one variable. - `level`: default the mean. - `law`: `"exponential"` or `"power"`. - `start`: where the law
      begins, in units of time. Default: the first of the quantiles 0.3 to 0.9 of the lengths from which the ends of the
      two halves of the longer excursions come at one rate, within 1.5 errors.

    **Returns** an `Estimate`: $\theta$, in 1/time, or without a unit for the power law. `stderr` is that of
    independent excursions, enlarged by the scatter of 16 blocks where larger; what the choice of `start` adds is not in
    it. Diagnostics: `start`, `excursions` (how many outlast it), `times`, `probability`: from any sample, no crossing
    up to `times`, `log_survival`: of the share of the excursions that last longer, with its `log_survival_fit` beyond
    `start` (for the power law against `log_times`, half a sample later), and `rate_early`, `rate_late` (of the halves:
    they should agree). Raises `EstimationError` with fewer than 20 excursions beyond `start`.
    """
    if law not in ("exponential", "power"):
        raise CocycleError(f"persistency: law must be 'exponential' or 'power'; got {law!r}.")
    if start is not None and (not isinstance(start, (int, float, np.number)) or not 0 <= float(start) < np.inf):
        raise CocycleError(f"persistency: start is a time, 0 or more; got {start!r}.")
    series = as_series(data, measure="persistency", min_length=64, univariate=True)
    side, level = above(series, level, "persistency")
    _, lengths = _runs(side)
    if len(lengths) < _FEWEST + 2:
        raise _too_few("persistency", len(lengths) - 1, len(side))
    known, whole = lengths[1:], np.arange(1, len(lengths)) < len(lengths) - 1  # the first began before the record
    least = 10 if law == "power" else 0  # below, whole samples are no power law
    if start is None:
        tried = np.unique(np.quantile(known, np.linspace(0.4, 0.95, 12), method="lower"))
        tried = np.maximum(tried, least)
    else:
        tried = np.array([max(round(float(start) / series.dt), least)])
    best, agreed = None, False
    for begin in tried:
        if np.sum(whole & (known > begin)) < _FEWEST:
            break
        middle = int(np.median(known[known > begin]))
        early, late = (
            _rate(known, whole, begin, middle, law), _rate(known, whole, max(middle, begin), np.inf, law),
        )  # fmt: skip
        best = int(begin), early, late
        if agreed:  # one further, so that the agreement is not what stopped the search by chance
            break
        agreed = abs(early[0] - late[0]) <= np.hypot(early[1], late[1])
    if best is None:
        raise _too_few("persistency", int(np.sum(whole & (known > tried[0]))), len(side), beyond=True)
    begin, early, late = best
    rate, stderr = _rate(known, whole, begin, np.inf, law)
    kept = np.flatnonzero(known > begin)
    parts = (
        [_rate(known[p], whole[p], begin, np.inf, law)[0] for p in np.array_split(kept, 16)] if len(kept) > 160 else []
    )
    if parts:
        stderr = max(stderr, float(error_of_mean(np.array(parts))))
    unit = 1.0 if law == "power" else series.dt
    notes = ()
    if abs(early[0] - late[0]) > 3 * np.hypot(early[1], late[1]):
        notes = (
            f"The rate still changes beyond `start` ({early[0] / unit:.3g}, then {late[0] / unit:.3g}): not yet a law.",
        )
    steps = np.arange(lengths.max())
    left = np.sort(lengths)
    beyond = np.cumsum(left[::-1])[::-1]
    first = np.searchsorted(left, steps, side="right")
    stay = beyond[np.minimum(first, len(left) - 1)] - steps * (len(left) - first)
    lasting = 1 - first / len(left)
    axis = np.log(steps + 0.5) if law == "power" else steps
    fit = np.where(steps >= begin, np.log(lasting[begin]) - rate * (axis - axis[begin]), np.nan)
    diagnostics = {
        "start": begin * series.dt, "excursions": len(kept), "level": level,
        "times": steps * series.dt, "log_survival": np.log(lasting), "log_survival_fit": fit,
        "log_survival_stderr": np.sqrt((1 - lasting) / (lasting * len(left))),  # of independent excursions
        "probability": stay / (len(side) - steps),
        "rate_early": early[0] / unit, "rate_late": late[0] / unit,
    }  # fmt: skip
    if law == "power":
        diagnostics["log_times"] = axis + np.log(series.dt)
    name = "persistency_exponent"
    return Estimate(
        name, rate / unit, stderr / unit, None, len(kept), "" if law == "power" else "1/time", diagnostics, notes
    )


def _rate(lengths, whole, begin, end, law):
    """Rate of ending at ages over `begin` up to `end`, and its error; ages in samples, whole numbers."""
    reached = lengths > begin
    # an excursion of L samples has survived L - 1 steps: it ends in the step from age L to L + 1
    ended = np.sum(reached & whole & (lengths <= end))
    if ended == 0:
        return 0.0, np.inf
    last = np.minimum(lengths[reached], end)
    if law == "power":  # ages lie half a sample off on average: P(L > n) ~ (n + 1/2)^-theta
        lived = np.sum(np.log((last + 0.5 * (last >= end)) / (begin + 0.5)))
        rate = ended / lived
    else:
        lived = np.sum(last - begin)
        rate = -np.log1p(-min(ended / lived, 1 - 1e-12))
    return float(rate), float(rate / np.sqrt(ended))


def _runs(side: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First sample and length of each stretch on one side, the cut ones at both ends included."""
    starts = np.concatenate([[0], np.flatnonzero(side[1:] != side[:-1]) + 1])
    return starts, np.diff(np.append(starts, len(side)))


def _too_few(measure: str, found: int, samples: int, beyond: bool = False) -> EstimationError:
    what = "excursions last longer than `start`" if beyond else "crossings of the level"
    return EstimationError(
        f"{measure}: {found} {what} in {samples} samples; {_FEWEST} or more are needed. Give a longer record, or "
        "another level."
    )
