"""Every row of the table of truths is met; the page shows every row."""

import pathlib

import pytest
from table import TRUTHS

ROWS = [(family, truth) for family, rows in TRUTHS.items() for truth in rows]


def label(case):
    return f"{case[1].measure} of {case[1].system}"


def check(truth):
    outcome = truth.outcome()
    assert outcome.telling, f"error bars {outcome.stderr} say nothing about {truth.accepted}"
    assert outcome.met, (
        f"{outcome.value} +- {outcome.stderr}, accepted {truth.accepted}: {outcome.deviation:.1f} errors"
    )


@pytest.mark.parametrize("case", [c for c in ROWS if not c[1].slow], ids=label)
def test_the_truth_is_met(case):
    check(case[1])


@pytest.mark.slow
@pytest.mark.parametrize("case", [c for c in ROWS if c[1].slow], ids=label)
def test_the_truth_is_met_by_longer_runs(case):
    check(case[1])


def test_there_are_more_than_sixty_and_the_page_has_them_all():
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "measures" / "truths.md").read_text()
    assert len(ROWS) >= 60
    assert f"**{len(ROWS)} rows, {len(ROWS)} met" in page
    for _, truth in ROWS:
        assert any(f"| {truth.system} | `{truth.measure.split(',')[0]}`" in line for line in page.splitlines())
