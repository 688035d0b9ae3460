"""One cut in time: what may be learned from, and what is kept for the examination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cocycle.core import DataError, Trajectory

__all__ = ["Split", "cut", "split"]


class Split(NamedTuple):
    """The cut in time, episode by episode.

    `episodes` are what is learned from and tested on; `train` and `test` their parts, cut at `rows`; `at` the times of
    the cuts; `reason` says what was done.
    """

    episodes: list[Trajectory]
    train: list[Trajectory]
    test: list[Trajectory]
    rows: list[int]
    at: list[float]
    reason: str


def cut(trajectory: Trajectory, where: str) -> int:
    """The row at which the test part begins: `where` is a fraction below 1, a time, or a date."""
    n = len(trajectory)
    times = np.asarray(trajectory.times, dtype=float)
    try:
        number = float(where)
    except ValueError:
        number = _as_time(where, trajectory)
    else:
        if 0 < number < 1:
            return round(number * n)
    row = int(np.searchsorted(times, number))
    if row == 0 or row >= n:
        raise DataError(
            f"--split {where} lies outside the recording, which runs from {times[0]:g} to {times[-1]:g} in units of "
            "time; give a fraction such as 0.8, or a time or date inside."
        )
    return row


def _as_time(where: str, trajectory: Trajectory) -> float:
    """A date as the recording counts its time."""
    from ._time import Clock

    clock = Clock.of(trajectory)
    if clock.origin is None:
        raise DataError(f"--split {where!r} is neither a fraction nor a time; this recording has no dates.")
    return clock.number(where)


def split(recording: Sequence[Trajectory], where: str, *, most: int, least: int = 20) -> Split:
    """Cut every episode at the same fraction (or time); the part after the cut is the test part.

    Of an episode with very many samples at most `most` before the cut are used, and a quarter as many after it.
    """
    episodes, rows, at = [], [], []
    for index, whole in enumerate(recording):
        row = cut(whole, where)
        if row < least or len(whole) - row < 5:
            name = f"Episode {index + 1}: the" if len(recording) > 1 else "The"
            raise DataError(
                f"{name} cut at {where} leaves {row} samples to learn from and {len(whole) - row} to test on; at least "
                f"{least} and 5 are needed. Give a longer recording or another --split."
            )
        start = max(0, row - most)
        episodes.append(whole[start : row + max(most // 4, 5)])
        rows.append(row - start)
        at.append(float(np.asarray(whole.times)[row]))
    train = [episode[:row] for episode, row in zip(episodes, rows, strict=True)]
    test = [episode[row:] for episode, row in zip(episodes, rows, strict=True)]
    share = sum(rows) / sum(len(e) for e in episodes)
    reason = f"The first {100 * share:.0f} % in time are learned from; the rest is touched once, after the selection."
    if sum(len(e) for e in episodes) < sum(len(e) for e in recording):
        reason = (
            f"{sum(rows):,} samples before the cut are learned from, as many as this mode takes; "
            f"{sum(map(len, test)):,} after it are touched once, after the selection."
        )
    return Split(episodes, train, test, rows, at, reason)
