"""Dates in any common writing, and calendars: how they become evenly spaced numbers, and dates again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from ._table import is_missing

__all__ = ["TimeAxis", "axis_of_dates", "clock_seconds", "dates", "is_clock", "looks_like_date", "parse_dates"]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
_DATE = re.compile(
    rf"^(?:\d{{4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{4}}[- ]?[qm]\d{{1,2}}"
    rf"|(?:\d{{1,2}}[- ])?{_MONTH}[-, ]+\d{{2,4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{4}}[- ]{_MONTH})"
    rf"(?:[T ]+{_CLOCK}(?: ?[ap]m)?(?: ?(?:z|utc|[+-]\d{{2}}:?\d{{2}}))?)?$|^{_CLOCK}$",
    re.IGNORECASE,
)
_CLOCK_ONLY = re.compile(rf"^{_CLOCK}$")

# Day-first and month-first writings are both tried; the one that gives even steps is believed.
_FORMATS = (
    ("%Y-%m", "%Y/%m", "%Y.%m", "%Y/%m/%d", "%Y.%m.%d"),
    ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y"),
    ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y"),
    ("%b %Y", "%B %Y", "%b-%Y", "%B-%Y", "%Y %b", "%Y-%b", "%Y %B", "%b-%y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y"),
    ("%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y"),
)
_CLOCK_FORMATS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %H:%M:%S%z", "T%H:%M:%S")

_SECONDS = {"days": 86400.0, "hours": 3600.0, "minutes": 60.0, "s": 1.0}


@dataclass
class TimeAxis:
    """Times as numbers: `values` in `unit` (NaN where a row has none), counted from `origin`.

    `calendar` is `"months"` (values count months since year 0; divided by 12 at the end), `"business days"`, or `None`.
    """

    values: np.ndarray
    unit: str
    columns: tuple[str, ...]
    why: str
    origin: str | None = None
    calendar: str | None = None
    sloppy: bool = False  # chosen by name only: may be unsorted


def looks_like_date(cell: str) -> bool:
    """Whether a cell is written like a date or a clock time."""
    return bool(_DATE.match(cell.strip()))


def dates(trajectory: Any, times: Any = None) -> np.ndarray | None:
    """The calendar dates of a recording's times, as `datetime64`, for axes and tables; `None` if it has no dates.

    `times` (default: all of the trajectory's) may go beyond the recording, as a forecast's do. Months count as equal
    twelfths of a year.
    """
    meta = trajectory.meta
    if not meta.get("date_origin"):
        return None
    times = np.asarray(trajectory.times if times is None else times, dtype=float)
    origin = np.datetime64(meta["date_origin"])
    if meta.get("calendar") == "months":
        return origin.astype("datetime64[M]") + np.rint(12 * times).astype("timedelta64[M]")
    if meta.get("calendar") == "business days":
        return np.busday_offset(origin.astype("datetime64[D]"), np.rint(times).astype(int), roll="forward")
    micro = np.rint(times * _SECONDS[meta["time_unit"]] * 1e6).astype("timedelta64[us]")
    return origin.astype("datetime64[us]") + micro


# -- text to dates --------------------------------------------------------------------------------------------------


def parse_dates(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray, bool]:
    """Text as `datetime64[us]` (NaT where missing), which cells failed, and whether day and month could be swapped."""
    import pandas as pd

    missing = pd.isna(cells)
    text = pd.Series(cells, dtype=object)
    tried: list[tuple[np.ndarray, np.ndarray]] = []

    def attempt(**options) -> bool:
        parsed = _to_datetime(pd, text, **options)
        bad = np.isnat(parsed) & ~missing
        tried.append((parsed, bad))
        return not bad.any()

    if attempt(format="ISO8601"):
        return *tried[-1], False
    missing = np.array([is_missing(c) for c in cells])
    text = pd.Series([None if m else _tidy(str(c)) for c, m in zip(cells, missing, strict=True)], dtype=object)
    if attempt(format="ISO8601"):
        return *tried[-1], False
    quarter = text.str.extract(r"(?i)^(\d{4})[- ]?([qm])(\d{1,2})$")
    if quarter[0].notna().sum() > 0.5 * (~missing).sum():
        month = quarter[2].astype(float) * np.where(quarter[1].str.lower() == "q", 3, 1)
        month -= np.where(quarter[1].str.lower() == "q", 2, 0)
        text = quarter[0] + "-" + month.map(lambda m: f"{int(m):02d}" if m == m else "x")
        attempt(format="%Y-%m")
        return *tried[-1], False
    complete: list[np.ndarray] = []
    for family in _FORMATS:
        if any(attempt(format=day + clock) for day in family for clock in _clocks(text)):
            complete.append(tried[-1][0])
    if not complete:
        parsed, bad = min(tried, key=lambda pair: int(pair[1].sum()))
        return parsed, bad, False
    complete.sort(key=_unevenness)
    unsure = len(complete) > 1 and not _unevenness(complete[0]) < 0.5 * _unevenness(complete[1])
    return (
        complete[0],
        np.zeros(len(cells), bool),
        unsure and not np.array_equal(complete[0], complete[1], equal_nan=True),
    )


def _to_datetime(pd, text, **options) -> np.ndarray:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = pd.to_datetime(text, errors="coerce", utc=True, **options)
    return parsed.dt.tz_localize(None).to_numpy().astype("datetime64[us]")


def _tidy(cell: str) -> str:
    cell = re.sub(r"\s+", " ", cell.strip())
    return re.sub(r"(\d) ?(?:utc|UTC)$", r"\1Z", cell)


def _clocks(text) -> tuple[str, ...]:
    first = next((t for t in text if t is not None), "")
    return _CLOCK_FORMATS[1:] if ":" in first else _CLOCK_FORMATS[:1]


def _unevenness(parsed: np.ndarray) -> float:
    """Spread of the steps relative to their typical size; backward steps count as very uneven."""
    days = parsed[~np.isnat(parsed)].astype("datetime64[s]").astype(float) / 86400
    steps = np.diff(days)
    if steps.size == 0:
        return np.inf
    typical = np.median(np.abs(steps)) or 1.0
    return float(np.mean(np.abs(steps - np.median(steps))) / typical + 10 * np.mean(steps < 0))


def clock_seconds(cells: np.ndarray) -> np.ndarray:
    """`HH:MM[:SS[.fff]]` as seconds; a step back by most of a day is midnight."""
    out = np.full(len(cells), np.nan)
    for i, cell in enumerate(cells):
        if not is_missing(cell) and _CLOCK_ONLY.match(str(cell).strip()):
            parts = [float(p) for p in str(cell).strip().replace(",", ".").split(":")]
            out[i] = sum(p * s for p, s in zip(parts, (3600.0, 60.0, 1.0)))
    return out


def is_clock(cells: np.ndarray) -> bool:
    """Whether all cells (of the first 200) are clock times."""
    some = [str(c).strip() for c in cells[:200] if not is_missing(c)]
    return bool(some) and all(_CLOCK_ONLY.match(c) for c in some)


def axis_of_dates(stamps: np.ndarray, columns: tuple[str, ...], why: str) -> TimeAxis:
    """Dates as numbers in the unit that makes them regular: years for months, quarters and years, else days ... s."""
    known = np.sort(np.unique(stamps[~np.isnat(stamps)]))
    months = known.astype("datetime64[M]").astype(int)
    seconds = np.diff(known).astype("timedelta64[us]").astype(float) / 1e6
    step = float(np.median(seconds)) if seconds.size else 86400.0
    if step >= 27 * 86400 and (np.diff(months) > 0).all() and _same_place_in_month(known):
        values = stamps.astype("datetime64[M]").astype(float) + 12 * 1970
        values[np.isnat(stamps)] = np.nan
        return TimeAxis(values, "years", columns, why, "0000-01-01", "months")
    if _only_business_days(known):
        first = known[0].astype("datetime64[D]")
        values = np.full(len(stamps), np.nan)
        ok = ~np.isnat(stamps)
        values[ok] = np.busday_count(first, stamps[ok].astype("datetime64[D]"))
        return TimeAxis(values, "business days", columns, why, str(first), "business days")
    unit = next((u for u, s in _SECONDS.items() if step >= s * (1 - 1e-9)), "s")
    first = known[0]
    values = (stamps - first).astype("timedelta64[us]").astype(float) / (1e6 * _SECONDS[unit])
    values[np.isnat(stamps)] = np.nan
    return TimeAxis(values, unit, columns, why, _iso(first))


def _iso(stamp: np.datetime64) -> str:
    day = stamp.astype("datetime64[D]")
    if stamp == day:
        return str(day)
    second = stamp.astype("datetime64[s]")
    return str(second) if stamp == second else str(stamp)


def _same_place_in_month(known: np.ndarray) -> bool:
    """Month by month on about the same day (the 1st, the 15th or 16th, the last ...)."""
    start = known.astype("datetime64[M]")
    length = ((start + np.timedelta64(1, "M")).astype("datetime64[D]") - start.astype("datetime64[D]")).astype(float)
    place = (known - start.astype("datetime64[us]")).astype("timedelta64[us]").astype(float) / 8.64e10 / length
    return float(place.max() - place.min()) <= 0.12


def _only_business_days(known: np.ndarray) -> bool:
    """Monday to Friday, daily, over at least two weeks: weekends are then no gaps."""
    days = known.astype("datetime64[D]")
    if known.size < 10 or not np.array_equal(days.astype(known.dtype), known):
        return False
    steps = np.diff(days).astype(int)
    return bool(np.is_busday(days).all() and np.median(steps) == 1 and (steps >= 3).sum() >= 0.1 * steps.size)
