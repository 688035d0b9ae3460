"""The schema of results.json."""

from pathlib import Path

import pytest

from cocycle.core import CocycleError
from cocycle.study._results import KINDS, Kind, Measured, Results, check, document


def measured(**changes):
    record = dict(name="k", label="K", variable=None, value=1.0, stderr=None, interval=None, unit="", n=5)
    record.update(meaning="", notes=[], failed=None)
    return {**record, **changes}


def test_a_fitting_record_passes_and_lists_are_numbers_too():
    check(measured(), Measured)
    check(measured(value=[1.0, 2.0], stderr=[0.1, None]), Measured)
    check(measured(value=None, failed="There is no scaling region."), Measured)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": "high"}, "value"),
        ({"n": 2.5}, "n"),
        ({"n": True}, "n"),
        ({"notes": "one"}, "list"),
        ({"extra": 1}, "not in the schema"),
    ],
)
def test_what_does_not_fit_is_named(changes, message):
    with pytest.raises(CocycleError, match=message):
        check(measured(**changes), Measured)


def test_a_missing_field_and_a_wrong_kind_are_named():
    record = measured()
    del record["unit"]
    with pytest.raises(CocycleError, match="'unit' is missing"):
        check(record, Measured)
    with pytest.raises(CocycleError, match="none of"):
        check("chaos", Kind)
    with pytest.raises(CocycleError, match="schema_version"):
        check({}, Results)
    for kind in KINDS:
        check(kind, Kind)


def test_the_page_is_what_the_types_say():
    page = Path(__file__).parents[2] / "docs" / "results-schema.md"
    assert page.read_text(encoding="utf-8") == document()
