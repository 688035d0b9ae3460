"""Entropies from how often two stretches of the record that are alike stay alike: sample and approximate entropy."""

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError
from cocycle.measure._series import Series, as_series

from ._matches import MOST, WIDTH, Design, count_matches, design

__all__ = ["approximate_entropy", "ratio_entropy", "sample_entropy"]

_STEP = 0.15  # of log tolerance, for the slope of the entropy with it


def _checked(data: Any, measure: str, m: int, r: float, scale: Any) -> tuple[Series, np.ndarray]:
    """The series and, for each variable, the unit of `r`."""
    if not isinstance(m, (int, np.integer)) or not 1 <= m <= 10:
        raise CocycleError(f"{measure}: m must be a whole number from 1 to 10; got {m!r}.")
    if not r > 0:
        raise CocycleError(f"{measure}: r must be positive (a fraction of the standard deviation); got {r!r}.")
    series = as_series(data, measure=measure.replace("_", " "), min_length=m + 20)
    if scale is None:
        return series, series.values.std(axis=0)
    unit = np.broadcast_to(np.asarray(scale, dtype=float), series.values.shape[1:])
    if not (np.isfinite(unit) & (unit > 0)).all():
        raise CocycleError(f"{measure}: scale must be positive, one number or one a variable; got {scale!r}.")
    return series, unit


def _scale_influence(x: np.ndarray, blocks: int, entropy_at: Callable[[float], float]) -> np.ndarray:
    """Change of the entropy through the standard deviation in the tolerance, when each block is deleted.

    `entropy_at(factor)`: a cheap estimate of the entropy at so many times the tolerance.
    """
    slope = (entropy_at(math.exp(_STEP)) - entropy_at(math.exp(-_STEP))) / (2 * _STEP)
    parts = np.array_split(((x - x.mean()) / x.std()) ** 2, blocks)
    return np.array([slope * (1 - part.mean()) / 2 * part.size / (x.size - part.size) for part in parts])


def _thinned(x: np.ndarray, blocks: int, m: int) -> np.ndarray:
    """A stretch at the start of each block, about 1250 points in all: enough for a slope known to 10 %."""
    size = max(1250 // blocks, 4 * (m + 1))
    return x if x.size <= 2 * blocks * size else np.concatenate([b[:size] for b in np.array_split(x, blocks)])


def _jackknife(influences: list[np.ndarray]) -> tuple[float, float]:
    """Variance of the mean over variables from what deleting each block changes, and Student's factor at 95 %."""
    from scipy.special import stdtrit

    influence = np.mean(influences, axis=0)
    groups = influence.size
    variance = (groups - 1) / groups * float(((influence - influence.mean()) ** 2).sum())
    return variance, float(stdtrit(groups - 1, 0.975))


def _estimate(name, values, stderr, student, plan: Design, templates, diagnostics, notes) -> Estimate:
    value = float(np.mean(values))
    if plan.share < 1:
        notes = [*notes, f"{plan.share:.2%} of the pairs of {templates} templates compared, every template as often."]
    if len(values) > 1:
        diagnostics = {**diagnostics, "per_variable": np.array(values)}
    diagnostics = {**diagnostics, "templates": templates, "share": plan.share}
    interval = (max(value - student * stderr, 0.0), value + student * stderr)
    return Estimate(name, value, stderr, interval, templates, "nats", diagnostics, tuple(notes))


# -- sample entropy, and all that are the log of a ratio of pairs -----------------------------------------------------


def _pair_sums(counted: Iterable, plan: Design) -> np.ndarray:
    """What each block of the record has in common with all templates but themselves, for `m` and `m + 1` samples;
    shape `(2, blocks)`. `counted`: as `count_matches` yields it, each pair of tiles once."""
    group, edges = plan.group, plan.edges
    sums = np.zeros((2, group[-1] + 1))
    for tile, first, last, *counts in counted:
        weight = np.where(np.arange(first, last) == tile, 1.0, plan.weight)
        for total, count in zip(sums, counts, strict=True):
            met = np.add.reduceat(count, edges[first:last] - edges[first], dtype=float) * weight
            if first <= tile < last:  # both of a pair are in this tile: the count has it twice already
                total[group[tile]] += met[tile - first] - (edges[tile + 1] - edges[tile])
                met[tile - first] = 0.0
            total[group[tile]] += met.sum()
            np.add.at(total, group[first:last], met)
    return sums


def ratio_entropy(
    measure: str, data: Any, m: int, r: float, scale: Any, compare: Callable, most: int, width: int, *, counts: bool
) -> Estimate:
    """`-log(A / B)` with its error, `B` and `A` what the pairs have in common for `m` and `m + 1` samples.

    `compare(x, m, tolerance, plan)` yields it as `count_matches` does; `counts`: in whole numbers of pairs.
    """
    series, unit = _checked(data, measure, m, r, scale)
    m, templates = int(m), len(series.values) - int(m)
    plan = design(templates, most, width=width)
    values, influences, matches, counting = [], [], [], 0.0
    for x, name, one in zip(series.values.T, series.variables, unit, strict=True):
        b, a = _pair_sums(compare(x, m, r * one, plan), plan)
        total_b, total_a = b.sum() / 2, a.sum() / 2
        if total_a <= 1e-9 * templates:
            raise EstimationError(
                f"{measure}: no two stretches of {m + 1 if total_b else m} samples of {name!r} lie within "
                f"r = {r:g} standard deviations (T = {x.size}, m = {m}), so the value would be infinite. "
                "Give more data, a larger r or a smaller m."
            )
        values.append(-math.log(total_a / total_b))
        matches.append((round(total_b), round(total_a)) if counts else (total_b, total_a))
        change = a / total_a - b / total_b  # of the value, when a block is deleted
        if scale is None:
            part = _thinned(x, change.size, m)
            rough = design(part.size - m, blocks=1, width=width)

            def entropy_at(factor, part=part, rough=rough, tolerance=r * one):
                few_b, few_a = _pair_sums(compare(part, m, factor * tolerance, rough), rough).sum(axis=1)
                return -math.log(max(few_a, 1e-9) / max(few_b, 1e-9)) if few_a > 0 else 0.0

            change = change + _scale_influence(x, change.size, entropy_at)
        influences.append(change)
        counting = max(counting, counts * (1 - total_a / total_b) / (total_a * plan.share))
    variance, student = _jackknife(influences)
    # deleting blocks counts the scatter of independent matches twice (it is quadratic in the record); matches come in
    # runs, so half of that is taken off: coverage checked on noise, AR(1), the logistic map and Lorenz
    stderr = math.sqrt(max(variance - counting / 2, counting))
    fewest = min(a for _, a in matches)
    notes = []
    if fewest < 20:
        notes.append(
            f"Only {fewest:.3g} pairs match for {m + 1} samples: the value is unreliable; give more data or a larger r."
        )
    diagnostics = {"m": m, "r": float(r), "matches": matches if len(matches) > 1 else matches[0]}
    return _estimate(measure, values, stderr, student, plan, templates, diagnostics, notes)


def sample_entropy(data: Any, *, m: int = 2, r: float = 0.2, scale: Any = None, most: int = MOST) -> Estimate:
    r"""Sample entropy: how often two stretches alike for `m` samples stay alike for one more. [@richman2000]

    $-\log(A / B)$, `B` the number of pairs of distinct templates `x_i..x_{i+m-1}` within `r` standard deviations of
    each other in the maximum norm, `A` the number of those still within it with `x_{i+m}` added. Both run over the same
    `T - m` templates. In nats per sample. White noise: `-log P(|x - y| <= r)` whatever `m`, for normal `-log erf(r/2)`.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `m`: template length, 1 to 10. - `r`: tolerance in units of `scale`.
    - `scale`: one number or one a variable; default the (population) standard deviation of each variable.
    - `most`: templates up to which every pair is compared. Of a longer record, every template is compared with equally
      many others, about `most**2` ordered pairs in all; a note says so and the error bar has its share.

    Cost grows with the square of the number of templates, up to `most`; memory with the length.

    **Returns** an `Estimate`; `stderr` by deleting one of 20 blocks of the record at a time (pairs share templates, so
    counting them as independent would make it many times too small); the interval uses Student's t. It has the error of
    the standard deviation in the tolerance, but where `scale` is given. Diagnostics: `matches` `(B, A)`. Raises
    `EstimationError` if no pair matches.
    """
    return ratio_entropy("sample_entropy", data, m, r, scale, count_matches, most, WIDTH, counts=True)


# -- approximate entropy ---------------------------------------------------------------------------------------------


def _match_tables(x: np.ndarray, m: int, tolerance: float, plan: Design) -> tuple[np.ndarray, np.ndarray]:
    """How many templates of each block match each template, itself included: `(T - m + 1, blocks)` for `m` samples,
    `(T - m, blocks)` for `m + 1`. `plan`: one of all pairs."""
    group, edges, templates = plan.group, plan.edges, x.size - m
    shorter, longer = (
        np.zeros((templates + 1, group[-1] + 1), np.float32),
        np.zeros((templates, group[-1] + 1), np.float32),
    )
    for tile, first, last, *counts in count_matches(x, m, tolerance, plan, both=True):
        for table, count in zip((shorter, longer), counts, strict=True):
            table[edges[first] : edges[last], group[tile]] += count
    # there is one template more of m samples than of m + 1: the last
    near = np.max([np.abs(x[k : k + templates + 1] - x[templates + k]) for k in range(m)], axis=0) <= tolerance
    shorter[:, -1] += near
    shorter[-1] += np.bincount(np.repeat(group, np.diff(edges)), near[:-1], minlength=group[-1] + 1)
    return shorter, longer


def _log_of_matches(table: np.ndarray, blocks: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean over templates of the log of the share that match it; and the same without each block of the record."""
    total, size = table.sum(axis=1, dtype=float), len(table)
    whole, without = np.log(total / size).mean(), np.empty(table.shape[1])
    for block in range(table.shape[1]):
        stay = blocks != block
        without[block] = np.log((total - table[:, block])[stay] / np.count_nonzero(stay)).mean()
    return float(whole), without


def approximate_entropy(data: Any, *, m: int = 2, r: float = 0.2, scale: Any = None) -> Estimate:
    r"""Approximate entropy, the forerunner of sample entropy, with each template compared with itself. [@pincus1991]

    $\Phi^m - \Phi^{m+1}$, with $\Phi^m$ the mean over the `T - m + 1` templates of `m` samples of $\log C_i$, and $C_i$
    the share of them within `r` standard deviations of template $i$ in the maximum norm, itself included. In nats per
    sample. White noise: $-E \log P(|x - y| \le r \mid x)$ in long records.

    **Bias**: comparing each template with itself makes it much too low in short records: where few templates have
    another match it is near 0, whatever the data (a note says so). `sample_entropy` has no such bias: prefer it.

    **Arguments** as `sample_entropy`. All pairs are compared, however long the record, because the log of a part of the
    matches is biased: 1e5 samples take some seconds, 1e6 some minutes.

    **Returns** an `Estimate`; `stderr` by deleting one of 20 blocks of the record at a time, which does not have the
    bias. Diagnostics: `alone`, the share of templates of `m + 1` samples that match only themselves.
    """
    series, unit = _checked(data, "approximate_entropy", m, r, scale)
    m, templates = int(m), len(series.values) - int(m)
    plan = design(templates, templates)
    blocks = np.repeat(plan.group, np.diff(plan.edges))
    both = np.append(blocks, blocks[-1])
    values, influences, alone = [], [], []
    for x, one in zip(series.values.T, unit, strict=True):
        shorter, longer = _match_tables(x, m, r * one, plan)
        phi, phi_without = _log_of_matches(shorter, both)
        phi_next, phi_next_without = _log_of_matches(longer, blocks)
        values.append(phi - phi_next)
        change = phi_without - phi_next_without - values[-1]
        if scale is None:
            part = _thinned(x, change.size, m)
            rough = design(part.size - m, blocks=1)

            def entropy_at(factor, part=part, rough=rough, tolerance=r * one):
                tables = _match_tables(part, m, factor * tolerance, rough)
                logs = [np.log(t.sum(axis=1) / len(t)).mean() for t in tables]
                return float(logs[0] - logs[1])

            change = change + _scale_influence(x, change.size, entropy_at)
        influences.append(change)
        alone.append(float((longer.sum(axis=1) <= 1).mean()))
    variance, student = _jackknife(influences)
    notes = []
    if max(alone) > 0.05:
        notes.append(
            f"{max(alone):.0%} of the stretches of {m + 1} samples match only themselves: the value is too low. Give "
            "more data, a larger r, or take `sample_entropy`."
        )
    diagnostics = {"m": m, "r": float(r), "alone": alone if len(alone) > 1 else alone[0]}
    return _estimate("approximate_entropy", values, math.sqrt(variance), student, plan, templates, diagnostics, notes)
