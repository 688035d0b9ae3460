"""`Truth`: a number that others know, how we measure it, and whether the two agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cocycle.core import Estimate

SIGMAS = 3.0
SHARE = 0.1  # an error bar above this share of the accepted value says nothing, unless `within` allows it
ROUNDING = 1e-9  # what is exact but for rounding is met to this, relative to the larger of 1 and the value


@dataclass(frozen=True)
class Truth:
    """One row of the table.

    - `system`, `measure`: what is measured, and by what, as a reader of the page needs them.
    - `run()`: an `Estimate`, or `(value, stderr)`.
    - `accepted`: a number or a tuple; `source`: the closed form in words, or where it is printed, as `[@key]`.
    - `error`: of the accepted value, where its source states one or prints few digits.
    - `within`: the largest error bar that still says something, where a tenth of the value would not do (zero).
    - `slow`: not for every change.
    """

    system: str
    measure: str
    run: Callable[[], Any]
    accepted: Any
    source: str
    error: Any = 0.0
    within: float = 0.0
    slow: bool = False

    def outcome(self) -> Outcome:
        found = self.run()
        value, stderr = (found.value, error_of(found)) if isinstance(found, Estimate) else found
        value, accepted, error = np.broadcast_arrays(*np.atleast_1d(value, self.accepted, self.error))
        stderr = np.broadcast_to(stderr, value.shape)
        if value.shape != np.shape(np.atleast_1d(self.accepted)):
            raise AssertionError(f"{self.measure} of {self.system}: {value.shape} numbers for {self.accepted}")
        rounding = ROUNDING * np.maximum(1.0, np.abs(accepted))
        deviation = np.abs(value - accepted) / np.maximum(np.hypot(stderr, error), rounding)
        limit = np.maximum(max(self.within, ROUNDING), SHARE * np.abs(accepted))
        return Outcome(value, stderr, accepted, float(deviation.max()), bool((stderr <= limit).all()))


@dataclass(frozen=True)
class Outcome:
    """`deviation` is the largest, in combined error bars; `telling`: no error bar is too wide to say anything."""

    value: np.ndarray
    stderr: np.ndarray
    accepted: np.ndarray
    deviation: float
    telling: bool

    @property
    def met(self) -> bool:
        return self.deviation < SIGMAS and self.telling  # False for NaN


def error_of(found: Estimate):
    """The standard error, or that of the 95 % interval where only an interval is given."""
    if found.stderr is not None:
        return found.stderr
    low, high = found.interval
    return (np.asarray(high) - np.asarray(low)) / (2 * 1.96)
