"""Entropies from how often two stretches of the record that are alike stay alike: sample, approximate, fuzzy."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError

from .._series import Series, as_series
from ._matches import MOST, Design, count_matches, design

__all__ = ["approximate_entropy", "fuzzy_entropy", "sample_entropy"]

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


# -- sample entropy -------------------------------------------------------------------------------------------------


def _pair_sums(x: np.ndarray, m: int, tolerance: float, plan: Design) -> tuple[np.ndarray, np.ndarray]:
    """Matches of each block of the record with all templates, for `m` and `m + 1` samples, without self-matches."""
    group, edges = plan.group, plan.edges
    sums = np.zeros((2, group[-1] + 1))
    for tile, first, last, *counts in count_matches(x, m, tolerance, plan):
        cuts = edges[first:last] - edges[first]
        for total, count in zip(sums, counts, strict=True):
            met = np.add.reduceat(count, cuts, dtype=np.int64) * np.where(
                np.arange(first, last) == tile, 1.0, plan.weight
            )
            if first <= tile < last:  # both of a pair are in this tile: the count has it twice already
                total[group[tile]] += met[tile - first] - (edges[tile + 1] - edges[tile])
                met[tile - first] = 0.0
            total[group[tile]] += met.sum()
            np.add.at(total, group[first:last], met)
    return sums[0], sums[1]


def sample_entropy(data: Any, *, m: int = 2, r: float = 0.2, scale: Any = None, most: int = MOST) -> Estimate:
    r"""Sample entropy: how often two stretches alike for `m` samples stay alike for one more. [@richman2000]

    $-\log(A / B)$, `B` the number of pairs of distinct templates `x_i..x_{i+m-1}` within `r` standard deviations of each
    other in the maximum norm, `A` the number of those still within it with `x_{i+m}` added. Both run over the same
    `T - m` templates. In nats per sample. White noise: `-log P(|x - y| <= r)` whatever `m`, for normal `-log erf(r/2)`.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `m`: template length, 1 to 10. - `r`: tolerance in units of `scale`.
    - `scale`: one number or one a variable; default the (population) standard deviation of each variable.
    - `most`: templates up to which every pair is compared. Of a longer record, every template is compared with equally
      many others, about `most**2` pairs in all; a note says so and the error bar has its share.

    Cost grows with the square of the number of templates, up to `most`. Memory with the length.

    **Returns** an `Estimate`; `stderr` by deleting one of 20 blocks of the record at a time (pairs share templates, so
    counting them as independent would make it many times too small); the interval uses Student's t. It has the error of
    the standard deviation in the tolerance, but where `scale` is given. Diagnostics: `matches` `(B, A)`. Raises
    `EstimationError` if no pair matches.
    """
    series, unit = _checked(data, "sample_entropy", m, r, scale)
    m, templates = int(m), len(series.values) - int(m)
    plan = design(templates, most)
    values, influences, matches, counting = [], [], [], 0.0
    for x, name, one in zip(series.values.T, series.variables, unit, strict=True):
        b, a = _pair_sums(x, m, r * one, plan)
        total_b, total_a = b.sum() / 2, a.sum() / 2
        if total_a == 0:
            raise EstimationError(
                f"sample_entropy: no two stretches of {m + 1 if total_b else m} samples of {name!r} lie within "
                f"r = {r:g} standard deviations (T = {x.size}, m = {m}), so the value would be infinite. "
                "Give more data, a larger r or a smaller m."
            )
        values.append(-math.log(total_a / total_b))
        matches.append((round(total_b), round(total_a)))
        change = a / total_a - b / total_b  # of the value, when a block is deleted
        if scale is None:
            part = _thinned(x, change.size, m)
            rough = design(part.size - m, blocks=1)

            def entropy_at(factor, part=part, rough=rough, tolerance=r * one):
                few_b, few_a = _pair_sums(part, m, factor * tolerance, rough)
                return -math.log(max(few_a.sum(), 1) / max(few_b.sum(), 1))

            change = change + _scale_influence(x, change.size, entropy_at)
        influences.append(change)
        counting = max(counting, (1 - total_a / total_b) / (total_a * plan.share))
    variance, student = _jackknife(influences)
    # deleting blocks counts the scatter of independent matches twice (it is quadratic in the record); matches come in
    # runs, so half of that is taken off: coverage checked on noise, AR(1), the logistic map and Lorenz
    stderr = math.sqrt(max(variance - counting / 2, counting))
    fewest = min(a for _, a in matches)
    notes = []
    if fewest < 20:
        notes.append(
            f"Only {fewest} pairs match for {m + 1} samples: the value is unreliable; give more data or a larger r."
        )
    diagnostics = {"m": m, "r": float(r), "matches": matches if len(matches) > 1 else matches[0]}
    return _estimate("sample_entropy", values, stderr, student, plan, templates, diagnostics, notes)
