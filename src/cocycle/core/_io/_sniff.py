"""How a text table is laid out: delimiter, title lines, header, units, names in a comment."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import NamedTuple

import numpy as np

from cocycle.core._errors import DataError

from ._dates import looks_like_date
from ._table import MISSING

__all__ = [
    "BOTH_SIGNS",
    "COMMA_NUMBER",
    "DELIMITERS",
    "NUMBER",
    "Records",
    "SAMPLE",
    "commented_header",
    "find_delimiter",
    "is_header",
    "is_units_row",
    "one_column_with_decimal_commas",
    "skip_preamble",
    "split",
]

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", " ": "white space"}
NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$|^[+-]?(inf|infinity)$", re.IGNORECASE)
COMMA_NUMBER = re.compile(r"^[+-]?\d*,\d+([eE][+-]?\d+)?$")
BOTH_SIGNS = re.compile(r"^[+-]?\d{1,3}(\.\d{3})+,\d+$")  # 1.234,56
_PREAMBLE = 60  # how many lines of free text may stand before the table
SAMPLE = 400


class Records(NamedTuple):
    """The lines that hold data, with their numbers in the file (from 1)."""

    lines: list[str]
    numbers: np.ndarray

    def after(self, n: int) -> Records:
        """All but the first `n`."""
        return Records(self.lines[n:], self.numbers[n:])


def split(line: str, delimiter: str) -> list[str]:
    """The fields of one line; a blank delimiter stands for any white space."""
    if delimiter == " ":
        return next(csv.reader([" ".join(line.split())], delimiter=" "), [])
    if '"' not in line:
        return line.split(delimiter)
    return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])


def _kind(cell: str, decimal_comma: bool) -> str:
    """`number`, `missing`, `date` or `text`."""
    cell = cell.strip()
    if cell.lower() in MISSING:
        return "missing"
    if NUMBER.match(cell) or (decimal_comma and (COMMA_NUMBER.match(cell) or BOTH_SIGNS.match(cell))):
        return "number"
    return "date" if looks_like_date(cell) else "text"


def find_delimiter(lines: list[str], source: str) -> str:
    """The delimiter that splits most lines into equally many fields which look like numbers or dates."""
    best, best_score = ",", -1.0
    for delimiter in ("\t", ";", ",", "|", " "):
        try:
            cells = [split(line, delimiter) for line in lines]
        except csv.Error:
            continue
        width, count = Counter(len(c) for c in cells).most_common(1)[0]
        if width < 2:
            continue
        regular = [c for c in cells if len(c) == width]
        kinds = Counter(_kind(cell, delimiter != ",") for row in regular for cell in row)
        useful = 1 - kinds["text"] / max(1, sum(kinds.values()))
        score = (count / len(lines)) * (0.1 + useful)
        if score > best_score + 1e-9:
            best, best_score = delimiter, score
    if best_score < 0.06 and len(lines) > 3 and all(_kind(line, True) == "text" for line in lines[1:]):
        raise DataError(
            f"{source}: no table of numbers was found in it. Expected columns separated by commas, semicolons, tabs, "
            "vertical bars or white space."
        )
    return best


def skip_preamble(records: Records, delimiter: str) -> tuple[Records, int]:
    """The records less lines of free text above the table, and how many those were."""
    widths = [len(split(line, delimiter)) for line in records.lines[:SAMPLE]]
    width = Counter(widths[-max(1, len(widths) * 3 // 4) :]).most_common(1)[0][0]
    skip = next((i for i, w in enumerate(widths) if w == width), 0)
    if width < 2 or not 0 < skip <= _PREAMBLE:
        return records, 0
    if skip == 1 and widths[0] == width - 1:  # a header without a name for the row labels
        return records, 0
    if len(split(records.lines[0], delimiter)) == 1 and delimiter == "," and skip == 1:
        below = [split(line, delimiter) for line in records.lines[1:SAMPLE]]
        if one_column_with_decimal_commas(below):
            return records, 0
    kinds = {_kind(c, delimiter != ",") for line in records.lines[:skip] for c in split(line, delimiter)[:1]}
    return (records.after(skip), skip) if kinds <= {"text", "missing"} else (records, 0)


def one_column_with_decimal_commas(sample: list[list[str]]) -> bool:
    """Whether lines that a comma splits in two are single numbers such as `1,5`."""
    return bool(sample) and all(len(c) == 2 and COMMA_NUMBER.match(",".join(c).strip()) for c in sample)


def is_header(first: list[str], sample: list[list[str]]) -> bool:
    """Whether the first line names the columns: text stands where numbers or dates stand below it."""
    kinds = [_kind(c, True) for c in first]
    if "text" not in kinds:
        return False
    if not sample:
        return True
    width = len(first)
    below = [row for row in sample if len(row) in (width, width + 1)]
    shift = 1 if below and Counter(map(len, below)).most_common(1)[0][0] == width + 1 else 0
    for j, kind in enumerate(kinds):
        if kind != "text":
            continue
        found = Counter(_kind(row[j + shift], True) for row in below if len(row) > j + shift)
        if found["number"] + found["date"] > found["text"]:
            return True
    return all(k in ("text", "missing") for k in kinds)


def is_units_row(second: list[str], below: list[list[str]]) -> bool:
    """Whether the line below the header names units: all text above columns of numbers."""
    kinds = [_kind(c, True) for c in second]
    if not below or any(k not in ("text", "missing") for k in kinds) or "text" not in kinds:
        return False
    regular = [row for row in below if len(row) == len(second)]
    numeric = sum(_kind(c, True) in ("number", "date") for row in regular for c in row)
    return bool(regular) and numeric > 0.5 * len(regular) * len(second)


def commented_header(comments: list[str], width: int) -> list[str]:
    """Names from the last comment line before the data, if it has one word per column."""
    if not comments:
        return []
    line = comments[-1].lstrip("#%/ ").strip()
    for separator in (",", ";", "\t", "|", None):
        cells = [c.strip().strip('"') for c in line.split(separator)]
        if len(cells) == width and all(c and _kind(c, True) == "text" for c in cells):
            return cells
    return []
