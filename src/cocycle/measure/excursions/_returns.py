"""How long until it comes back: return times of a set, or of a level."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._series import Series, as_series

__all__ = ["above", "return_times"]

_FEWEST = 20
_BLOCKS = 32


def return_times(
    data: Any,
    *,
    inside: Callable[[np.ndarray], Any] | Any = None,
    level: float | None = None,
    direction: str = "up",
) -> Estimate:
    r"""Mean time between visits to a set, or between crossings of a level. [@kac1947]

    For a set $A$, the first return time of a point of $A$ is $n_A(x) = \min \{n \ge 1 : x_n \in A\}$, in samples. Kac's
    lemma says that in an ergodic motion its mean is one over the measure of the set,

    $$\langle n_A \rangle_A = 1 / \mu(A).$$

    So the mean says how large the set is, and only the law of the times says how the motion returns: staying inside
    counts as a return after one sample. For a level, the time between crossings in one direction is that of a Poincare
    section.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`. - `inside`: the set: a function of the states `(T, dim)` that gives `(T,)` truths,
      or those truths. - `level`: instead of a set, of a single variable (default: its mean); the crossing's time is
      interpolated linearly. - `direction`: of the crossing: `"up"`, `"down"` or `"both"`.

    **Returns** an `Estimate` in units of time: the mean. `stderr`: from the scatter of 32 blocks of successive returns,
    their correlation counted, and one sampling interval over the record. Diagnostics: `durations` (of each return),
    `events` (time of each visit or crossing, from the first sample), `variation` (standard deviation over mean: 0 for
    periodic, 1 for random returns), and for a set `measure` (share of the samples inside) and `between_entries` (mean
    time from entry to entry). Raises `EstimationError` with fewer than 20 returns.
    """
    if direction not in ("up", "down", "both"):
        raise CocycleError(f"return_times: direction must be 'up', 'down' or 'both'; got {direction!r}.")
    if inside is not None and level is not None:
        raise CocycleError("return_times takes a set (`inside`) or a level, not both.")
    series = as_series(data, measure="return times", min_length=32, univariate=inside is None)
    if inside is None:
        events, extra = _crossings(series, level, direction), {}
        what = "crossings"
    else:
        member = _members(series, inside)
        events = series.dt * np.flatnonzero(member)
        entries = series.dt * (np.flatnonzero(member[1:] & ~member[:-1]) + 1)
        between = float(np.diff(entries).mean()) if len(entries) > 1 else float("nan")
        extra = {"measure": float(member.mean()), "between_entries": between}
        what = "visits"
    times = np.diff(events)
    if len(times) < _FEWEST:
        raise EstimationError(
            f"return_times: {len(events)} {what} in {len(series.values)} samples; the mean needs {_FEWEST + 1} or "
            "more. Give a longer record, or a larger set or another level."
        )
    size = max(1, len(times) // _BLOCKS)
    blocks = times[: len(times) // size * size].reshape(-1, size).mean(axis=1)
    mean = float(times.mean())
    stderr = np.hypot(error_of_mean(blocks), series.dt / len(times))
    diagnostics = {"durations": times, "events": events, "variation": float(times.std() / mean), **extra}
    return Estimate("return_times", mean, stderr, None, len(times), "time", diagnostics)


def above(series: Series, level: Any, measure: str) -> tuple[np.ndarray, float]:
    """Which samples lie on or above the level (the mean where `None`), and the level."""
    x = series.column
    if level is None:
        level = float(x.mean())
    if not isinstance(level, (int, float, np.number)) or not np.isfinite(float(level)):
        raise CocycleError(f"{measure}: level is a number; got {level!r}.")
    if not x.min() < level <= x.max():
        raise DataError(
            f"{measure}: the level {float(level):.4g} is not within the data, {x.min():.4g} to {x.max():.4g}: there is "
            "no crossing. Choose another."
        )
    return x >= level, float(level)


def _crossings(series: Series, level: Any, direction: str) -> np.ndarray:
    side, level = above(series, level, "return_times")
    chosen = {"up": side[1:] & ~side[:-1], "down": ~side[1:] & side[:-1], "both": side[1:] != side[:-1]}[direction]
    i = np.flatnonzero(chosen)
    before, after = series.column[i], series.column[i + 1]
    return series.dt * (i + (level - before) / (after - before))


def _members(series: Series, inside: Any) -> np.ndarray:
    member = np.asarray(inside(series.values) if callable(inside) else inside)
    if member.shape != (len(series.values),) or member.dtype != bool:
        raise CocycleError(
            f"return_times: `inside` gives one truth a sample, shape ({len(series.values)},), dtype bool; got "
            f"{member.shape}, {member.dtype}. For states s: `lambda s: s[:, 0] > 1`."
        )
    return member
