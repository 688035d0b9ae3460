"""Time as a reader knows it: dates where the recording has dates, units everywhere."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import DataError, Trajectory

from ._format import sig

__all__ = ["Clock"]

_SECONDS = {"days": 86400.0, "hours": 3600.0, "minutes": 60.0, "s": 1.0}
_SINGULAR = {"days": "day", "hours": "hour", "minutes": "minute", "years": "year", "weeks": "week", "samples": "sample"}


class Clock(NamedTuple):
    """How a recording counts its time: the `unit`, and for dates the `origin` and the `calendar`."""

    unit: str
    origin: str | None = None
    calendar: str | None = None

    @classmethod
    def of(cls, trajectory: Trajectory) -> Clock:
        """The clock of a recording, from its provenance."""
        meta = trajectory.meta
        return cls(meta.get("time_unit") or "time", meta.get("date_origin"), meta.get("calendar"))

    @property
    def axis(self) -> str:
        """The title of a time axis."""
        if self.origin is not None:
            return "date"
        return {"time": "time", "samples": "sample"}.get(self.unit, f"time ({self.unit})")

    @property
    def lag_axis(self) -> str:
        """The title of an axis of time differences."""
        return "time ahead" if self.unit == "time" else f"time ahead ({self.unit})"

    @property
    def per_unit(self) -> str:
        """A rate's unit, such as `1/day`."""
        return f"1/{_SINGULAR.get(self.unit, self.unit)}"

    def span(self, number: float) -> str:
        """A duration in words: `3.5 days`, `1 month`, `12 units of time`."""
        unit = self.unit
        if self.calendar == "months" and round(12 * number) < 36:
            number, unit = round(12 * number), "months"
        if unit == "time":
            return f"{sig(number)} unit{'s' if number != 1 else ''} of time"
        single = {"months": "month", "business days": "business day", **_SINGULAR}.get(unit, unit)
        return f"{sig(number)} {single if number == 1 else unit}"

    def labels(self, trajectory: Trajectory, times: Any = None) -> np.ndarray:
        """Times as they belong on an axis: numbers, or ISO dates as text."""
        times = np.asarray(trajectory.times if times is None else times, dtype=float)
        if self.origin is None:
            return times
        from cocycle.core import dates

        stamps = np.asarray(dates(trajectory, times))
        # plotly wants a full date; months alone would be read as numbers
        unit = "D" if stamps.dtype in (np.dtype("datetime64[M]"), np.dtype("datetime64[D]")) else "s"
        return np.datetime_as_string(stamps.astype(f"datetime64[{unit}]"))

    def number(self, date: str) -> float:
        """A date as the recording counts its time; `DataError` if it cannot be read."""
        try:
            stamp = np.datetime64(date)
        except ValueError as error:
            raise DataError(f"{date!r} is not a date that can be read; write dates as 2001-12-31.") from error
        if self.origin is None:
            raise DataError(f"This recording has no dates, so {date!r} has no place in it; give a fraction or a time.")
        origin = np.datetime64(self.origin)
        if self.calendar == "months":
            return float((stamp.astype("datetime64[M]") - origin.astype("datetime64[M]")).astype(int)) / 12
        if self.calendar == "business days":
            return float(np.busday_count(origin.astype("datetime64[D]"), stamp.astype("datetime64[D]")))
        micro = (stamp.astype("datetime64[us]") - origin.astype("datetime64[us]")).astype(float)
        return micro / 1e6 / _SECONDS[self.unit]
