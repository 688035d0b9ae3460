"""Tables in other shapes: a year a row with a column for each month, and ensembles with a `member` column."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._dates import TimeAxis
from ._table import Table, as_numbers

__all__ = ["members", "unstack_months"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def unstack_months(table: Table, time_column: Any) -> Table:
    """A table of years by months (`YEAR, JAN, ..., DEC`) as one monthly column."""
    lower = [n.strip().lower() for n in table.names]
    month_of = {n: _MONTHS.index(low[:3]) for n, low in zip(table.names, lower) if low[:3] in _MONTHS and len(low) <= 9}
    years = [n for n, low in zip(table.names, lower) if low in ("year", "yr", "years")]
    if len(month_of) != 12 or len(set(month_of.values())) != 12 or not years or time_column not in (None, years[0]):
        return table
    year = table.column(years[0])
    if year.dtype.kind != "f" or not np.isfinite(year).all():
        return table
    ordered = sorted(month_of, key=lambda n: month_of[n])
    columns = []
    for name in ordered:
        cells = table.column(name)
        values, bad = (cells, np.zeros(len(cells), bool)) if cells.dtype.kind == "f" else as_numbers(cells)
        if bad.any():
            row = int(np.argmax(bad))
            raise table.error(f"{str(cells[row])!r} is not a number; correct it, or leave the cell empty.", row, name)
        columns.append(values)
    others = [n for n in table.names if n not in (*ordered, years[0])]
    table.notes.append(
        "The table has a row for each year and a column for each month; it was read as one monthly series."
    )
    if others:
        table.notes.append(f"Left out: {', '.join(others)}.")
    stamps = np.repeat(year, 12) * 100 + np.tile(np.arange(1, 13), len(year))
    return Table(
        table.source,
        ["yyyymm", "value"],
        [stamps, np.stack(columns, axis=1).ravel()],
        np.repeat(table.rows, 12),
        table.word,
        table.notes,
        table.facts,
    )


def members(table: Table, axis: TimeAxis) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]] | None:
    """An ensemble as `to_csv` writes it (columns `member` and `time`): times, states `(batch, T, dim)`, names."""
    if not {"member", "time"} <= set(table.names) or axis.columns != ("time",):
        return None
    member = table.column("member")
    if member.dtype.kind != "f" or not np.isfinite(member).all() or not np.isfinite(axis.values).all():
        return None
    batch = len(np.unique(member))
    names = tuple(n for n in table.names if n not in ("member", "time"))
    columns = [table.column(n) for n in names]
    if len(table) % batch or not columns or any(c.dtype.kind != "f" or not np.isfinite(c).all() for c in columns):
        return None
    order = np.lexsort([axis.values, member])
    times = axis.values[order].reshape(batch, -1)
    label = member[order].reshape(batch, -1)
    if not (label == label[:, :1]).all() or not (times == times[0]).all() or not (np.diff(times[0]) > 0).all():
        return None
    states = np.stack([c[order].reshape(batch, -1) for c in columns], axis=2)
    return times[0], states, names
