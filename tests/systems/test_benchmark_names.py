"""The table of the page on systems that maps the flows of a known benchmark to ours: every entry exists."""

import ast
import pathlib
import re

import pytest

from cocycle.systems import CATALOGUE

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "systems.md"


def _section():
    return PAGE.read_text(encoding="utf-8").split("## The flows of a known benchmark\n")[1].split("\n## ")[0]


def _same():
    paragraph = next(p for p in _section().split("\n\n") if p.startswith("`"))
    return re.findall(r"`(\w+)`", paragraph)


def _rows():
    lines = [line for line in _section().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_all_are_there_once():
    names = _same() + [row[0] for row in _rows()]
    assert len(names) == len(set(names)) == 135
    assert {len(row) for row in _rows()} == {4}


@pytest.mark.parametrize("name", _same())
def test_same_name(name):
    assert name in CATALOGUE


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[0])
def test_preset_or_values_exist(row):
    kind, how = CATALOGUE[row[1]], row[2].strip("`")
    if how.startswith('"'):
        kind.preset(ast.literal_eval(how))
    elif how:
        values = {k: ast.literal_eval(v) for k, v in (pair.split("=") for pair in how.split(", "))}
        kind(**values)
