"""`Table`: named columns as they were found, with the row labels that a user would count. Cells become numbers here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cocycle.core._errors import DataError, suggestion

__all__ = ["MISSING", "Table", "as_numbers", "is_missing", "listed", "numeric_column", "plural"]

# What people write for "no value". Compared in lower case, stripped.
_WORDS = ("", "na", "n/a", "#n/a", "#na", "<na>", "nan", "-nan", "nat", "null", "none", "nil", "missing")
_SIGNS = ("?", "*", "-", "--", "---", ".", "...", "#value!", "#div/0!", "-1.#ind", "1.#qnan")
MISSING = frozenset((*_WORDS, *_SIGNS))
# Numbers that often stand for "no value"; believed only where they lie far outside everything else.
_SENTINELS = (-99.9, -99.99, -999.0, -999.9, -999.99, -9999.0, -9999.9, -9999.99, -99999.0, 99999.0, 999999.0)
_SENTINELS += (1e20, -1e20, 1e30, -1e30, 9.969209968386869e36, -1e34, 1e34)
_FORTRAN = re.compile(r"^[+-]?\d*\.?\d*[dD][+-]?\d+$")


@dataclass
class Table:
    """Columns of numbers, dates or text, all of one length.

    `rows[i]` is the label of row `i` as the user counts (`word` says what it counts: lines of a file, or rows).
    Column values are `float64`, `datetime64[us]`, or objects (text, `None` where missing).
    """

    source: str
    names: list[str]
    values: list[np.ndarray]
    rows: np.ndarray
    word: str = "row"
    notes: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    named: bool = True  # the names came from the user, not from us

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> np.ndarray:
        """The values of a column."""
        return self.values[self.names.index(name)]

    def without(self, names: Iterable[str]) -> Table:
        """The table less some columns (notes and facts are shared, not copied)."""
        gone = set(names)
        keep = [j for j, name in enumerate(self.names) if name not in gone]
        return Table(
            self.source,
            [self.names[j] for j in keep],
            [self.values[j] for j in keep],
            self.rows,
            self.word,
            self.notes,
            self.facts,
            self.named,
        )

    def take(self, index: np.ndarray) -> Table:
        """Some rows of the table (notes and facts are shared, not copied)."""
        values = [column[index] for column in self.values]
        return Table(self.source, self.names, values, self.rows[index], self.word, self.notes, self.facts, self.named)

    def label(self, name: str) -> str:
        """How to call a column in a message."""
        if self.named:
            return f"column {name!r}"
        return f"column {self.names.index(name) + 1} (called {name!r}, there being no header)"

    def at(self, index: int) -> str:
        """How to call a row in a message."""
        return f"{self.word} {self.rows[index]}"

    def error(self, message: str, row: int | None = None, column: str | None = None) -> DataError:
        """The error to raise: file, row, column, then the message."""
        where = [self.source]
        if row is not None:
            where.append(self.at(row))
        if column is not None:
            where.append(self.label(column))
        return DataError(f"{', '.join(where)}: {message}")

    def find(self, name: str, argument: str) -> str:
        """The column that a user's `name` means (exactly, else ignoring case); an error with near misses."""
        if name in self.names:
            return name
        close = [n for n in self.names if n.strip().lower() == str(name).strip().lower()]
        if len(close) == 1:
            return close[0]
        raise self.error(
            f"there is no column {name!r} (from {argument}); the columns are {listed(self.names, 12)}."
            f"{suggestion(str(name), self.names)}"
        )


def listed(items: Sequence[Any], limit: int = 8) -> str:
    """`'a', 'b', 'c' and 5 more`."""
    shown = [str(i) for i in items[:limit]]
    more = len(items) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def plural(n: int, word: str) -> str:
    """`1 row`, `3 rows`."""
    return f"{n:,} {word}" + ("" if n == 1 else "s")


def is_missing(cell: Any) -> bool:
    """Whether a cell says that there is no value."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return True
    return isinstance(cell, str) and cell.strip().lower() in MISSING


def as_numbers(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Text cells as `float64` (NaN where missing or not a number), and where they are text that is not a number."""
    try:  # all numbers: one pass in C, exact to the last digit
        return np.array([np.nan if c is None else c for c in cells], dtype=float), np.zeros(len(cells), bool)
    except (TypeError, ValueError):
        pass
    out = np.full(len(cells), np.nan)
    bad = np.zeros(len(cells), bool)
    for i, cell in enumerate(cells):
        if is_missing(cell):
            continue
        try:
            out[i] = _number(cell)
        except (TypeError, ValueError):
            bad[i] = True
    return out, bad


def _number(cell: Any) -> float:
    if not isinstance(cell, str):
        return float(cell)
    if "_" in cell:  # Python reads 1_000 as a number; in a data file it is a label
        raise ValueError(cell)
    cell = cell.strip()
    return float(re.sub("[dD]", "e", cell) if _FORTRAN.match(cell) else cell)


def numeric_column(table: Table, name: str, *, requested: bool) -> np.ndarray | None:
    """A column as numbers; `None` (with a note) for a column of text or dates that nobody asked for.

    A column that is mostly numbers must be all numbers: a stray word is an error, never a silent gap.
    """
    values = table.column(name)
    if values.dtype.kind == "M":
        if requested:
            raise table.error("this column holds dates; name it as the time column instead.", column=name)
        table.notes.append(f"Column {name!r} holds dates and is not the time column; it was left out.")
        return None
    if values.dtype.kind != "f":
        numbers, bad = as_numbers(values)
        if bad.any():
            row = int(np.argmax(bad))
            good = int(np.isfinite(numbers).sum())
            if good > int(bad.sum()) or requested:
                others = plural(int(bad.sum()) - 1, "cell")
                also = "" if bad.sum() == 1 else f" (and {others} more like it)"
                raise table.error(
                    f"{_shown(values[row])} is not a number{also}; correct it, or leave the cell empty if the value is "
                    "missing.",
                    row,
                    name,
                )
            table.notes.append(
                f"Column {name!r} holds text (such as {_shown(values[row])} in {table.at(row)}); it was left out."
            )
            return None
        values = numbers
    infinite = np.isinf(values)
    if infinite.any():
        row = int(np.argmax(infinite))
        raise table.error(
            f"the value is infinite ({plural(int(infinite.sum()), 'such cell')}); correct it, or leave the cell empty "
            "if the value is missing.",
            row,
            name,
        )
    return _without_sentinels(table, name, values)


def _shown(cell: Any) -> str:
    text = str(cell).strip()
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _without_sentinels(table: Table, name: str, values: np.ndarray) -> np.ndarray:
    present = np.unique(values[np.isin(values, _SENTINELS)])
    if not present.size:
        return values
    sentinel = np.isin(values, present)
    rest = values[~sentinel & np.isfinite(values)]
    if rest.size < 2:
        return values
    low, high = float(rest.min()), float(rest.max())
    far = [p for p in present if min(abs(p - low), abs(p - high)) > 3 * (high - low) and not low <= p <= high]
    if not far:
        return values
    sentinel = np.isin(values, far)
    shown = " and ".join(f"{p:g}" for p in far)
    table.notes.append(
        f"Column {name!r}: {shown} ({plural(int(sentinel.sum()), 'cell')}) lies far outside of the other values "
        f"({low:g} to {high:g}) and was read as missing."
    )
    return np.where(sentinel, np.nan, values)
