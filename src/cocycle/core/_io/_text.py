"""Delimited text to a `Table`: encoding, comments, delimiter, header and decimal sign are found, and said."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import compress
from typing import Any, NamedTuple

import numpy as np

from cocycle.core._errors import DataError

from ._sniff import (
    BOTH_SIGNS,
    COMMA_NUMBER,
    DELIMITERS,
    NUMBER,
    SAMPLE,
    Records,
    commented_header,
    find_delimiter,
    is_header,
    is_units_row,
    one_column_with_decimal_commas,
    skip_preamble,
    split,
)
from ._table import MISSING, Table, is_missing, plural

__all__ = ["parse_text"]

_COMMENTS = ("#", "%", "//")
_PLAIN = frozenset("0123456789.+\"'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset("0123456789")
_RULE = re.compile(r"^[-=_*+|~ ]{5,}$")  # a drawn line, such as ---------


def parse_text(raw: bytes, source: str) -> Table:
    """The table in a text file. `source` is its name in messages."""
    notes: list[str] = []
    text, encoding = _decode(raw, source, notes)
    records, comments, blank = _records(text)
    if not records.lines:
        raise DataError(f"{source}: the file has no line of data. Check that it was written completely.")
    delimiter = find_delimiter(records.lines[:SAMPLE], source)
    records, skipped = skip_preamble(records, delimiter)
    if skipped:
        notes.append(f"The table starts in line {records.numbers[0]}; the text above it was skipped.")
    first = split(records.lines[0], delimiter)
    sample = [split(line, delimiter) for line in records.lines[1:SAMPLE]]
    facts: dict[str, Any] = {"encoding": encoding, "delimiter": DELIMITERS[delimiter]}

    comma_column = delimiter == "," and len(first) == 1 and one_column_with_decimal_commas(sample)
    if comma_column:  # "x" above "1,5": one column of decimal commas, not two columns
        delimiter, sample = ";", [[",".join(cells)] for cells in sample]
        facts["delimiter"] = "none (one column)"
    header_line = None
    if is_header(first, sample):
        names, header_line = [c.strip() for c in first], int(records.numbers[0])
        records = records.after(1)
        facts["header"] = f"line {header_line}"
    else:
        names = commented_header(comments, len(first))
        facts["header"] = "in a comment line" if names else "none"
    if not records.lines:
        raise DataError(f"{source}: the file has a header (line {header_line}) but no rows of data below it.")
    units = None
    if header_line is not None and len(records.lines) > 1:
        second = split(records.lines[0], delimiter)
        if len(second) == len(names) and is_units_row(second, sample[1:]):
            units = [c.strip() for c in second]
            facts["units"] = dict(zip(names, units, strict=True))
            notes.append(f"Line {records.numbers[0]} holds units, not data, and was read as such.")
            records = records.after(1)
    records, names, rows = _rectangle(records, names, delimiter, source, header_line, notes)
    width = len(rows.names)
    if len(set(rows.names)) < width:
        name = Counter(rows.names).most_common(1)[0][0]
        where = [i + 1 for i, n in enumerate(rows.names) if n == name]
        raise DataError(
            f"{source}, line {header_line or records.numbers[0]}: columns {' and '.join(map(str, where[:2]))} are both "
            f"called {name!r}. Rename one of them."
        )
    if blank and width > 1:
        inner = [b for b in blank if records.numbers[0] < b < records.numbers[-1]]
        if inner:
            notes.append(f"{plural(len(inner), 'empty line')} inside the table skipped (the first is line {inner[0]}).")
    elif blank and width == 1:
        records, rows = _with_blank_cells(records, rows, blank)
    values = _parse(records, rows, delimiter, source, facts)
    return Table(source, rows.names, values, records.numbers, "line", notes, facts, named=bool(names))


# -- text and lines -------------------------------------------------------------------------------------------------


def _decode(raw: bytes, source: str, notes: list[str]) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise DataError(
                    f"{source}: the file begins as {encoding.removesuffix('-sig').upper()} text but is damaged or "
                    f"cut off at byte {error.start + 1}. Save it again as UTF-8 text."
                ) from None
    head = raw[:4096]
    if head.count(0) > len(head) // 4 and head.count(0) < 0.6 * len(head):  # a zero byte beside every letter
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if text.isascii():
                notes.append(f"The file is not UTF-8; it was read as {encoding.upper()}.")
                return text, encoding
    control = sum(b < 32 and b not in (9, 10, 11, 12, 13) for b in head)
    if control > 0.01 * len(head):
        raise DataError(
            f"{source}: this is not text (byte {_first_control(head)} is a control character). If it is a CSV file, "
            "save it again as UTF-8 text."
        )
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        letters = sum(48 <= b < 58 or b in b" ,;.\t\r\n-+eE" for b in head)
        if letters < 0.4 * len(head):  # a table of numbers is mostly digits and delimiters in any Latin alphabet
            raise DataError(
                f"{source}, line {line}: byte {error.start + 1} is not UTF-8 text, and the file does not look like a "
                "table in another Latin encoding either. Save it again as UTF-8 text."
            ) from None
        notes.append(f"The file is not UTF-8 (line {line}); it was read as Windows-1252 (Western European).")
        return raw.decode("cp1252", errors="replace"), "cp1252"


def _first_control(head: bytes) -> int:
    return next(i for i, b in enumerate(head) if b < 32 and b not in (9, 10, 11, 12, 13)) + 1


def _records(text: str) -> tuple[Records, list[str], list[int]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = [line[:1] in _PLAIN for line in lines]  # almost every line of a table; the rest is looked at more closely
    comments, blank = [], []
    first = next((i for i, p in enumerate(plain) if p), len(lines))
    for i in np.flatnonzero(~np.asarray(plain)).tolist():
        stripped = lines[i].strip()
        if not stripped:
            blank.append(i + 1)
        elif stripped.startswith(_COMMENTS):
            if i < first:
                comments.append(stripped)
        elif not _RULE.match(stripped):
            plain[i] = True
            first = min(first, i)
    return Records(list(compress(lines, plain)), np.flatnonzero(plain) + 1), comments, blank


# -- rows -----------------------------------------------------------------------------------------------------------


class _Layout(NamedTuple):
    names: list[str]
    keep: list[int]  # which fields of a line are columns
    fields: int
    cells: list[list[str]] | None  # the split rows, where quotes made a plain split unsafe


def _rectangle(records, names, delimiter, source, header_line, notes) -> tuple[Records, list[str], _Layout]:
    """Check that every line has as many fields as there are columns."""
    cells = None
    if any('"' in line for line in records.lines):
        cells, numbers = _quoted(records, delimiter, source)
        widths = np.array([len(c) for c in cells])
        records = Records(records.lines if len(cells) == len(records.lines) else [""] * len(cells), numbers)
    elif delimiter == " ":
        widths = np.array([len(line.split()) for line in records.lines])
    else:
        widths = np.array([line.count(delimiter) for line in records.lines]) + 1
    common = int(Counter(widths.tolist()).most_common(1)[0][0])
    expected = len(names) or common
    keep = list(range(common))
    if names and common == expected + 1 and (widths == common).all():
        last = (
            [split(line, delimiter)[-1].strip() for line in records.lines] if cells is None else [c[-1] for c in cells]
        )
        if any(last):
            names = ["row", *names]
            notes.append("The header has no name for the first column; it was called 'row'.")
        else:
            keep = keep[:-1]
        expected = common
    ragged = np.flatnonzero(widths != expected)
    if ragged.size == 1 and ragged[0] == len(widths) - 1 and widths[-1] < expected and len(widths) > 1:
        notes.append(
            f"The last line ({records.numbers[-1]}) has {widths[-1]} of {expected} fields, as if cut off, and was left "
            "out."
        )
        records = Records(records.lines[:-1], records.numbers[:-1])
        cells = cells[:-1] if cells is not None else None
    elif ragged.size:
        row = int(ragged[0])
        what = f"the header (line {header_line}) has {expected}" if header_line else f"the other lines have {expected}"
        more = "" if ragged.size == 1 else f" {plural(ragged.size - 1, 'other line')} are like it."
        raise DataError(
            f"{source}, line {records.numbers[row]}: this line has {plural(int(widths[row]), 'field')} where {what}. "
            f"Correct the line, or put quotes around text that contains the delimiter ({DELIMITERS[delimiter]}).{more}"
        )
    found = list(names) if names else [f"x{i}" for i in range(len(keep))]
    if names and len(found) > 1 and found[-1] == "" and len(found) == len(keep):
        tail = [c[-1] for c in cells] if cells is not None else [split(r, delimiter)[-1] for r in records.lines]
        if not any(c.strip() for c in tail):  # every line ends in a delimiter
            found, keep = found[:-1], keep[:-1]
    found = [n or f"column_{j + 1}" for j, n in enumerate(found)]
    return records, names, _Layout(found, keep, expected, cells)


def _quoted(records: Records, delimiter: str, source: str) -> tuple[list[list[str]], np.ndarray]:
    reader = csv.reader((line + "\n" for line in records.lines), delimiter=delimiter, skipinitialspace=True)
    cells, starts, before = [], [], 0
    try:
        for row in reader:
            cells.append([c.strip() for c in row if delimiter != " " or c])
            starts.append(before)
            before = reader.line_num
    except csv.Error as error:
        line = records.numbers[min(before, len(records.numbers) - 1)]
        raise DataError(
            f"{source}, line {line}: the line cannot be split into fields ({error}). Check its quotes."
        ) from None
    if before - starts[-1] > 1 and sum(line.count('"') for line in records.lines[starts[-1] :]) % 2:
        raise DataError(
            f"{source}, line {records.numbers[starts[-1]]}: a quotation mark is opened here and never closed. Close it."
        )
    return cells, records.numbers[np.asarray(starts)]


def _with_blank_cells(records: Records, rows: _Layout, blank: list[int]) -> tuple[Records, _Layout]:
    """In a file of one column an empty line is a missing value."""
    first, last = int(records.numbers[0]), int(records.numbers[-1])
    inner = [b for b in blank if first < b < last]
    order = np.argsort(np.concatenate([records.numbers, np.asarray(inner, dtype=np.int64)]), kind="stable")
    lines = np.array([*records.lines, *[""] * len(inner)], dtype=object)[order].tolist()
    numbers = np.concatenate([records.numbers, np.asarray(inner, dtype=np.int64)])[order]
    cells = None if rows.cells is None else [[c] for c in lines]
    return Records(lines, numbers), rows._replace(cells=cells)


# -- values ---------------------------------------------------------------------------------------------------------


def _parse(records: Records, rows: _Layout, delimiter: str, source: str, facts: dict) -> list[np.ndarray]:
    import pandas as pd

    decimal = _decimal_sign(records, rows, delimiter, source)
    facts["decimal"] = decimal
    if rows.cells is not None or len(rows.names) == 1:
        cells = rows.cells if rows.cells is not None else [[line.strip()] for line in records.lines]
        columns = [np.array([row[j] for row in cells], dtype=object) for j in rows.keep]
        return [_column(c, decimal) for c in columns]
    if delimiter == " ":
        body, separator = "\n".join(line.strip() for line in records.lines), r"\s+"
    else:
        body, separator = "\n".join(records.lines), delimiter
    version = tuple(int(p) for p in pd.__version__.split(".")[:2])
    exact: dict[str, Any] = {"float_precision": "round_trip"} if version < (3, 1) else {}  # since 3.1 the only reading
    try:
        frame = pd.read_csv(
            io.StringIO(body),
            sep=separator,
            header=None,
            names=list(range(rows.fields)),
            usecols=rows.keep,
            na_values=sorted(MISSING),
            skipinitialspace=True,
            **exact,
            low_memory=False,
            quoting=csv.QUOTE_NONE,
            index_col=False,
        )
    except (ValueError, OverflowError) as error:
        raise DataError(f"{source}: the table could not be read ({str(error).splitlines()[0]}).") from None
    out = []
    for j in rows.keep:
        series = frame[j]
        if series.dtype.kind in "iuf" or series.dtype.kind == "b":
            out.append(series.to_numpy(dtype=float))
        else:
            out.append(_column(series.to_numpy(dtype=object, na_value=None), decimal))
    return out


def _column(cells: np.ndarray, decimal: str) -> np.ndarray:
    """Cells as text with `None` where missing, decimal commas made points; `float64` where all are numbers."""
    booleans = {"true": 1.0, "false": 0.0}
    out = np.empty(len(cells), dtype=object)
    for i, cell in enumerate(cells):
        if not isinstance(cell, str):
            out[i] = None if is_missing(cell) else cell
            continue
        text = cell.strip()
        if decimal == "," and (COMMA_NUMBER.match(text) or BOTH_SIGNS.match(text)):
            out[i] = text.replace(".", "").replace(",", ".")
        elif text[:1] in _DIGITS:
            out[i] = text
        elif not is_missing(text):
            out[i] = booleans.get(text.lower(), text)
    present = [c for c in out if c is not None]
    if all(isinstance(c, float) or NUMBER.match(str(c)) for c in present):
        try:
            return np.array([np.nan if c is None else c for c in out], dtype=float)
        except ValueError:
            pass
    return out


def _decimal_sign(records: Records, rows: _Layout, delimiter: str, source: str) -> str:
    """`,` where that is the only reading; an error where `1,234` could be 1.234 or 1234."""
    if delimiter == "," and rows.cells is None:
        return "."
    unsure: tuple[int, int, str] | None = None
    for i in range(len(records.lines)):
        row = rows.cells[i] if rows.cells is not None else None
        if row is None:
            line = records.lines[i]
            if "," not in line:
                continue
            row = split(line, delimiter)
        for j in rows.keep:
            cell = row[j].strip() if j < len(row) else ""
            if BOTH_SIGNS.match(cell):
                return ","
            if not COMMA_NUMBER.match(cell):
                continue
            whole, _, fraction = cell.lstrip("+-").partition(",")
            if len(fraction) != 3 or len(whole) > 3 or whole in ("", "0"):
                return ","
            unsure = unsure or (i, j, cell)
    if unsure:
        i, j, cell = unsure
        raise DataError(
            f"{source}, line {records.numbers[i]}, column {rows.names[rows.keep.index(j)]!r}: {cell!r} could be "
            f"{cell.replace(',', '.')} or {cell.replace(',', '')}. Write the numbers with a decimal point."
        )
    return "."
