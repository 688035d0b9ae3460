"""Which column holds the times, and in which unit."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from ._dates import TimeAxis, axis_of_dates, clock_seconds, is_clock, looks_like_date, parse_dates
from ._table import Table, as_numbers, is_missing, plural

__all__ = ["find_time"]

_STRONG = ("time", "date", "datetime", "timestamp", "times", "dates", "zeit", "datum", "date time", "date_time", "when")
_STRONG += ("year", "years", "yr", "yyyy")
_WEAK = ("t", "month", "months", "yyyymm", "day", "days", "hour", "hours", "second", "seconds")
_WEAK += (
    "sec",
    "secs",
    "s",
    "ms",
    "millisecond",
    "milliseconds",
    "minute",
    "minutes",
    "min",
    "index",
    "sample",
    "step",
)
_WEAK += (
    "decimal year",
    "decimal date",
    "decyear",
    "fraction of year",
    "week",
    "quarter",
    "epoch",
    "unix",
    "elapsed",
    "n",
)
_CYCLIC = ("month", "months", "week", "quarter", "day", "days", "hour", "hours", "minute", "minutes", "min")
_CYCLIC += ("second", "seconds", "sec", "secs", "s")
_UNIT_WORDS = {
    "s": "s sec secs second seconds",
    "ms": "ms msec millisecond milliseconds",
    "us": "us µs microsecond microseconds",
    "ns": "ns nanosecond nanoseconds",
    "minutes": "min mins minute minutes",
    "hours": "h hr hrs hour hours",
    "days": "d day days",
    "weeks": "week weeks wk",
    "months": "month months mo",
    "years": "y yr yrs year years a",
    "samples": "index sample samples step steps n row",
}
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}


# -- which column ---------------------------------------------------------------------------------------------------


def find_time(table: Table, requested: str | bool | None) -> TimeAxis | None:
    """The time axis of a table, asked for or found; `None` if rows are simply numbered."""
    if requested is False or not len(table):
        return None
    if requested is not None and requested is not True:
        name = table.find(str(requested), "time_column")
        axis = _axis(table, name, "it was asked for", strict=True)
        assert axis is not None
        return axis
    for find in (_dated_columns, _year_and_month, _named_columns, _first_column):
        axis = find(table)
        if axis is not None:
            return axis
    return None


def _axis(table: Table, name: str, why: str, *, strict: bool) -> TimeAxis | None:
    """A column read as times. `strict`: the first cell that is no time is an error; else the answer is `None`."""
    cells = table.column(name)
    if cells.dtype.kind == "M":
        return axis_of_dates(cells, (name,), why)
    if cells.dtype.kind == "f":
        return _numeric_axis(table, name, cells, why)
    present = np.array([not is_missing(c) for c in cells])
    if not present.any():
        if strict:
            raise table.error("this column is to hold the times, but it is empty.", column=name)
        return None
    some = [str(c) for c in cells[present][:200]]
    dated = sum(looks_like_date(c) for c in some) > 0.5 * len(some)
    if is_clock(cells):
        clock = clock_seconds(cells)
        _refuse_first(table, name, present & ~np.isfinite(clock), cells, "a time (expected hours:minutes:seconds)")
        back = np.flatnonzero(np.diff(clock) < -43200)
        for i in back:
            clock[i + 1 :] += 86400
        return TimeAxis(clock, "s", (name,), why)
    numbers, not_numbers = as_numbers(cells) if not dated else (cells, present)
    if not_numbers.sum() < 0.5 * present.sum():
        if not_numbers.any() and not strict:
            return None
        _refuse_first(table, name, not_numbers, cells, "a number")
        return _numeric_axis(table, name, numbers, why)
    stamps, bad, unsure = parse_dates(cells)
    if bad.sum() > 0.5 * present.sum() and not strict:
        return None
    _refuse_first(table, name, bad, cells, "a date that can be read (write dates as 2001-12-31)")
    if unsure:
        raise table.error(
            f"it is unclear whether {str(cells[int(np.argmax(present))])!r} has the day or the month first. Write "
            "dates as 2001-12-31.",
            int(np.argmax(present)),
            name,
        )
    return axis_of_dates(stamps, (name,), why)


def _refuse_first(table: Table, name: str, bad: np.ndarray, cells: np.ndarray, wanted: str) -> None:
    if bad.any():
        row = int(np.argmax(bad))
        more = "" if bad.sum() == 1 else f" ({plural(int(bad.sum()) - 1, 'more cell')} like it)"
        raise table.error(
            f"the time {str(cells[row])!r} is not {wanted}{more}. Correct it or delete the row.", row, name
        )


def _numeric_axis(table: Table, name: str, values: np.ndarray, why: str) -> TimeAxis:
    if np.isinf(values).any():
        raise table.error("the time is infinite. Correct it or delete the row.", int(np.argmax(np.isinf(values))), name)
    known = values[np.isfinite(values)]
    whole = known.size > 0 and bool((known == np.rint(known)).all())
    lower = name.strip().lower()
    if whole and _like_months(known, lower):
        return TimeAxis(np.floor(values / 100) * 12 + values % 100 - 1, "years", (name,), why, "0000-01-01", "months")
    if whole and _like_days(known):
        text = np.array([None if v != v else f"{int(v)}" for v in values], dtype=object)
        stamps = parse_dates(np.array([None if t is None else f"{t[:4]}-{t[4:6]}-{t[6:]}" for t in text], dtype=object))
        if not stamps[1].any():
            return axis_of_dates(stamps[0], (name,), why)
    unit = _unit_in_name(name) or table.facts.get("units", {}).get(name, "")
    unit = _UNIT_OF.get(unit.strip("()[] ").lower(), unit.strip("()[] ") or "time")
    if "year" in lower or lower in ("yr", "yyyy", "decyear", "decimal date", "date", "dates", "datum"):
        unit = "years"
    if unit == "years" and known.size and known.min() >= 1000 and known.max() <= 3000:
        if whole:
            return TimeAxis(values * 12, "years", (name,), why, "0000-01-01", "months")
        months = np.diff(np.sort(known)) * 12
        if months.size and abs(float(np.median(months)) - 1) < 0.08 and abs(float(months.mean()) - 1) < 1e-2:
            turn = float(np.angle(np.exp(2j * np.pi * 12 * known).mean()) / (2 * np.pi))  # where in the month: 0 or 0.5
            place = turn if turn > -0.05 else turn + 1
            return TimeAxis(np.rint(values * 12 - place), "years", (name,), why, "0000-01-01", "months")
        return TimeAxis(values, "years", (name,), why)
    if any(w in lower for w in ("unix", "epoch", "timestamp")) and known.size:
        for scale, low, high in ((1.0, 1e8, 5e9), (1e3, 1e11, 5e12), (1e6, 1e14, 5e15), (1e9, 1e17, 5e18)):
            if low <= known.min() and known.max() <= high:
                micro = np.where(np.isfinite(values), np.rint(values / scale * 1e6), 0).astype("datetime64[us]")
                micro[~np.isfinite(values)] = np.datetime64("NaT", "us")
                return axis_of_dates(micro, (name,), why)
    if lower in ("index", "sample", "step", "n"):
        unit = "samples"
    return TimeAxis(values, unit, (name,), why)


def _like_months(known: np.ndarray, lower: str) -> bool:
    """Integers such as 194901 (year and month)."""
    if known.min() < 100001 or known.max() > 300012 or known.size < 3:
        return False
    month = known % 100
    wraps = bool((np.diff(np.unique(known)) > 80).any())
    return bool(((month >= 1) & (month <= 12)).all()) and (wraps or lower in ("yyyymm", "month", "date", "time"))


def _like_days(known: np.ndarray) -> bool:
    """Integers such as 19490131 (year, month and day)."""
    if known.min() < 10000101 or known.max() > 30001231 or known.size < 3:
        return False
    month, day = known // 100 % 100, known % 100
    return bool(((month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)).all())


def _unit_in_name(name: str) -> str:
    """`s` in `time (s)`, `t [s]`, `time_s`, `seconds`."""
    match = re.search(r"[\[(]\s*([^\])]+?)\s*[\])]", name)
    if match:
        return match.group(1)
    words = re.split(r"[\s_/.-]+", name.strip().lower())
    return words[-1] if words[-1] in _UNIT_OF and words[-1] not in ("n", "a", "d") else ""


def _bare(name: str) -> str:
    """A column name without its unit, in lower case."""
    name = re.sub(r"[\[(].*?[\])]", "", name).strip().lower()
    return re.sub(r"[\s_]+(s|ms|us|ns|sec|seconds|min|h|hours|days|utc|local)$", "", name).strip(" _#")


def _ordered(values: np.ndarray) -> float:
    """Share of steps that go the same way."""
    steps = np.diff(values[np.isfinite(values)])
    return max(float((steps > 0).mean()), float((steps < 0).mean())) if steps.size else 0.0


def _starts_again(values: np.ndarray) -> bool:
    """Whether a column counts in equal steps and starts anew a few times: the time of several runs in one table."""
    if not np.isfinite(values).all():
        return False
    runs = np.split(values, np.flatnonzero(np.diff(values) < 0) + 1)
    steps = np.concatenate([np.diff(run) for run in runs])
    if len(runs) < 2 or min(map(len, runs)) < 8 or not steps.size or (steps <= 0).any():
        return False
    return float((np.abs(steps - np.median(steps)) < 0.02 * np.median(steps)).mean()) > 0.8


def _dated_columns(table: Table) -> TimeAxis | None:
    found = []
    for name, cells in zip(table.names, table.values, strict=True):
        if cells.dtype.kind == "M":
            found.append(name)
        elif cells.dtype.kind == "O":
            some = [str(c) for c in cells[:200] if not is_missing(c)]
            if some and sum(looks_like_date(c) for c in some) > 0.8 * len(some):
                found.append(name)
    if not found:
        return None
    found.sort(key=lambda n: 0 if _bare(n) in _STRONG else 1)
    clocks = [n for n in found if table.column(n).dtype.kind == "O" and is_clock(table.column(n))]
    days = [n for n in found if n not in clocks]
    if days and clocks:
        joined = np.array(
            [
                None if is_missing(d) or is_missing(c) else f"{str(d).strip()} {str(c).strip()}"
                for d, c in zip(table.column(days[0]), table.column(clocks[0]), strict=True)
            ],
            dtype=object,
        )
        stamps, bad, _ = parse_dates(joined)
        if not bad.any():
            return axis_of_dates(stamps, (days[0], clocks[0]), "these columns hold dates and clock times")
    name = (days or clocks)[0]
    return _axis(table, name, "this column holds dates" if days else "this column holds clock times", strict=True)


def _year_and_month(table: Table) -> TimeAxis | None:
    """Separate columns for the year, the month and perhaps the day."""
    names = {_bare(n): n for n in reversed(table.names)}

    def pick(*spellings: str, low: float, high: float) -> tuple[str, np.ndarray] | None:
        for spelling in spellings:
            if spelling in names and table.column(names[spelling]).dtype.kind == "f":
                values = table.column(names[spelling])
                known = values[np.isfinite(values)]
                if known.size and (known == np.rint(known)).all() and low <= known.min() and known.max() <= high:
                    return names[spelling], values
        return None

    year = pick("year", "yr", "yyyy", low=1000, high=3000)
    month = pick("month", "mon", "mo", "mm", low=1, high=12)
    of_year = pick("doy", "day of year", "dayofyear", "yday", "jday", low=1, high=366)
    if year is not None and month is None and of_year is not None:
        month, day_of = (of_year[0], np.ones(len(table))), of_year
        return _calendar_columns(table, year, month, day_of, None, (year[0], of_year[0]))
    if year is None or month is None:
        return None
    day = pick("day", "dy", "dd", low=1, high=31)
    hour = pick("hour", "hr", "hh", low=0, high=24)
    count = year[1] * 12 + month[1] - 1
    if day is None or len(np.unique(day[1][np.isfinite(day[1])])) == 1:
        columns = (year[0], month[0]) + ((day[0],) if day else ())
        return TimeAxis(count, "years", columns, "these columns hold years and months", "0000-01-01", "months")
    names_of = (year[0], month[0], day[0]) + ((hour[0],) if hour else ())
    return _calendar_columns(table, year, month, day, hour, names_of)


def _calendar_columns(table: Table, year, month, day, hour, columns: tuple[str, ...]) -> TimeAxis:
    """Dates from numbers of years, months, days (of the month or year) and perhaps hours."""
    parts = [year[1], month[1], day[1]] + ([hour[1]] if hour else [])
    ok = np.isfinite(np.stack(parts)).all(axis=0)
    stamps = np.full(len(table), np.datetime64("NaT", "us"), dtype="datetime64[us]")
    start = (
        (year[1][ok] * 12 + month[1][ok] - 1 - 12 * 1970).astype(int).astype("datetime64[M]").astype("datetime64[D]")
    )
    stamps[ok] = start + (day[1][ok].astype(int) - 1).astype("timedelta64[D]")
    if hour:
        stamps[ok] += hour[1][ok].astype(int).astype("timedelta64[h]")
    return axis_of_dates(stamps, columns, "these columns hold the parts of a date")


def _named_columns(table: Table) -> TimeAxis | None:
    tests: tuple[tuple[Callable[[str], bool], float], ...] = (
        (lambda bare: bare in _STRONG, 0.0),
        (lambda bare: bare in _WEAK, 0.9),
    )
    for matches, order in tests:
        for name in table.names:
            cells = table.column(name)
            if not matches(_bare(name)) or len(table.names) < 2:
                continue
            values = cells if cells.dtype.kind == "f" else as_numbers(cells)[0] if cells.dtype.kind == "O" else None
            if values is None or np.isfinite(values).sum() < 2:
                continue
            counts = _ordered(values) >= order and np.unique(values).size >= order * values.size
            if order and not counts and (_bare(name) in _CYCLIC or not _starts_again(values)):
                continue  # the hour of the day, say, is no time
            return _axis(table, name, f"of its name{' and its increasing values' if order else ''}", strict=True)
    return None


def _first_column(table: Table) -> TimeAxis | None:
    """The first column, if it is numbers that increase in equal steps and others follow."""
    if len(table.names) < 2 or table.values[0].dtype.kind != "f":
        return None
    values = table.values[0]
    if not np.isfinite(values).all() or values.size < 3:
        return None
    steps = np.diff(values)
    typical = float(np.median(steps))
    if typical <= 0 or (steps <= 0).any():
        return None
    multiple = steps / typical
    if np.abs(multiple - np.rint(multiple)).max() > 0.02 or (np.rint(multiple) == 1).mean() < 0.8:
        return None
    axis = _numeric_axis(table, table.names[0], values, "it is the first column and increases in equal steps")
    nameless = not table.named or table.names[0].startswith(("column_", "Unnamed", "row"))
    if nameless and axis.unit == "time" and (values == np.rint(values)).all() and values[0] in (0, 1):
        axis.unit = "samples"
    return axis
