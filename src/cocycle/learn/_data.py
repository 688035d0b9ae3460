"""Training data as episodes: stretches of equally spaced, finite samples. No pair of samples spans a gap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import DataError, Trajectory

__all__ = ["Episodes", "as_episodes", "last_episode"]


class Episodes(NamedTuple):
    """Checked data: `values[i]` of shape `(T_i, dim)`, float64 and finite; `inputs` likewise or `None`."""

    values: tuple[np.ndarray, ...]
    inputs: tuple[np.ndarray, ...] | None
    dt: float
    variables: tuple[str, ...]

    @property
    def dim(self) -> int:
        """Number of variables."""
        return self.values[0].shape[1]

    @property
    def n_inputs(self) -> int:
        """Number of inputs."""
        return 0 if self.inputs is None else self.inputs[0].shape[1]

    @property
    def total(self) -> int:
        """Samples in all episodes together."""
        return sum(len(v) for v in self.values)

    @property
    def longest(self) -> np.ndarray:
        """The longest episode."""
        return max(self.values, key=len)

    def at_least(self, length: int) -> Episodes:
        """Only the episodes with `length` samples or more."""
        keep = [i for i, v in enumerate(self.values) if len(v) >= length]
        inputs = None if self.inputs is None else tuple(self.inputs[i] for i in keep)
        return self._replace(values=tuple(self.values[i] for i in keep), inputs=inputs)


def as_episodes(data: Any, who: str) -> Episodes:
    """Cut data (a `Trajectory`, an array `(T,)` or `(T, dim)`, or a list of either) into episodes.

    A list gives one episode per entry and an ensemble one per member. Each is cut further where a sample is masked or
    not finite, and where times jump by more than one sampling interval. Raises `DataError` where no sampling
    interval exists or where the entries disagree in variables, inputs or sampling interval.
    """
    parts = list(data) if isinstance(data, (list, tuple)) else [data]
    if not parts:
        raise DataError(f"{who}: the list of trajectories is empty.")
    parts = [p for part in parts for p in _members(part, who)]
    first = parts[0]
    values: list[np.ndarray] = []
    inputs: list[np.ndarray] = []
    dts: list[float] = []
    for number, part in enumerate(parts):
        if part.dim != first.dim or (part.inputs is None) != (first.inputs is None):
            raise DataError(
                f"{who}: trajectory {number} has {part.dim} variables{_with_inputs(part)}, trajectory 0 has "
                f"{first.dim}{_with_inputs(first)}. Give every episode the same columns."
            )
        dt, stretches = _stretches(part, who)
        if dt is not None:
            dts.append(dt)
        states = np.asarray(part.states, dtype=float)
        given = None if part.inputs is None else np.asarray(part.inputs, dtype=float)
        for start, stop in stretches:
            values.append(states[start:stop])
            if given is not None:
                inputs.append(given[start:stop])
    if not values:
        raise DataError(f"{who}: every sample is missing or not finite.")
    if not dts:
        raise DataError(f"{who}: needs at least two samples in a row; got {sum(len(v) for v in values)}.")
    if max(dts) - min(dts) > 1e-3 * min(dts):
        raise DataError(
            f"{who}: the trajectories have different sampling intervals, {min(dts):g} to {max(dts):g}. "
            "Resample them to one: `trajectory.resample(dt)`."
        )
    return Episodes(tuple(values), tuple(inputs) if inputs else None, dts[0], first.variables)


def last_episode(context: Trajectory, who: str) -> tuple[np.ndarray, np.ndarray | None]:
    """Values and inputs of the last unbroken stretch of a context."""
    _, stretches = _stretches(context, who)
    if not stretches or stretches[-1][1] != len(context):
        raise DataError(
            f"{who}: the last sample of the context is missing. Cut the context after its last good sample."
        )
    start, stop = stretches[-1]
    inputs = None if context.inputs is None else np.asarray(context.inputs, dtype=float)[start:stop]
    return np.asarray(context.states, dtype=float)[start:stop], inputs


def _members(part: Any, who: str) -> Sequence[Trajectory]:
    if not isinstance(part, Trajectory):
        part = Trajectory.from_numpy(part)
    if len(part) == 0:
        raise DataError(f"{who}: a trajectory is empty.")
    if np.asarray(part.states).dtype.kind not in "biuf":
        raise DataError(f"{who} takes real numbers; got dtype {np.asarray(part.states).dtype}.")
    if not part.is_ensemble:
        return [part]
    keep = {"inputs": part.inputs, "mask": part.mask, "variables": part.variables}
    return [Trajectory(part.times, states, **keep) for states in np.asarray(part.states)]


def _stretches(part: Trajectory, who: str) -> tuple[float | None, list[tuple[int, int]]]:
    """The sampling interval and the `(start, stop)` rows of each unbroken stretch."""
    good = np.asarray(np.isfinite(np.asarray(part.states, dtype=float)).all(axis=1))
    if part.inputs is not None:
        good &= np.isfinite(np.asarray(part.inputs, dtype=float)).all(axis=1)
    if part.mask is not None:
        good &= np.asarray(part.mask, dtype=bool)
    times = np.asarray(part.times, dtype=float)
    steps = np.diff(times)
    dt = float(np.median(steps)) if steps.size else None
    joined = np.ones(steps.shape, dtype=bool)
    if dt is not None:
        backwards = np.flatnonzero(~(steps > 0))
        if backwards.size:
            raise DataError(f"{who}: time does not increase at row {backwards[0] + 1}. Sort by time, drop duplicates.")
        joined = np.abs(steps - dt) <= 1e-3 * dt
        if joined.mean() < 0.5 or np.any(steps[~joined] < dt):
            row = int(np.argmin(joined))
            raise DataError(
                f"{who}: the times are not equally spaced: the step from row {row} to {row + 1} is {steps[row]:.6g}, "
                f"the usual step {dt:.6g}. Resample first: `trajectory.resample(dt)`."
            )
        dt = float(steps[joined].mean())
    linked = good[1:] & good[:-1] & joined
    starts = np.flatnonzero(good & ~np.concatenate([[False], linked]))
    stops = np.flatnonzero(good & ~np.concatenate([linked, [False]])) + 1
    stretches = [(int(a), int(b)) for a, b in zip(starts, stops, strict=True)]
    return dt, stretches


def _with_inputs(part: Trajectory) -> str:
    return "" if part.inputs is None else f" and {np.shape(part.inputs)[1]} inputs"
