"""Splitting, storing, formatting, reading sources."""

import numpy as np
import pytest

from cocycle.core import CocycleError, DataError, Trajectory
from cocycle.study._format import against, number, sig
from cocycle.study._options import Options
from cocycle.study._progress import STAGES, Progress
from cocycle.study._source import open_recording
from cocycle.study._split import cut, split
from cocycle.study._store import Store, plain
from cocycle.study._time import Clock

SERIES = Trajectory.from_numpy(np.sin(np.arange(200) / 5.0), dt=0.5)


def monthly(n=60):
    meta = {"time_unit": "years", "date_origin": "0000-01-01", "calendar": "months"}
    return Trajectory(2000 + np.arange(n) / 12, np.sin(np.arange(n))[:, None], variables=("x",), meta=meta)


def test_cut_by_fraction_time_and_date():
    assert cut(SERIES, "0.8") == 160
    assert cut(SERIES, "50") == 100  # time 50 is row 100
    assert cut(monthly(), "2003-01-01") == 36
    assert cut(monthly(), "2003") == 36
    with pytest.raises(DataError, match="neither a fraction nor a time"):
        cut(SERIES, "soon")
    with pytest.raises(DataError, match="outside the recording"):
        cut(SERIES, "1e6")


def test_split_cuts_every_episode_and_limits_the_long():
    parts = split([SERIES, SERIES[:100]], "0.75", most=10_000)
    assert parts.rows == [150, 75] and [len(t) for t in parts.test] == [50, 25]
    short = split([SERIES], "0.75", most=40)
    assert short.rows == [40] and len(short.test[0]) == 10
    assert float(short.test[0].times[0]) == float(parts.test[0].times[0])  # the cut stays where it was
    with pytest.raises(DataError, match="at least"):
        split([SERIES[:22]], "0.9", most=100)


def test_clock_knows_dates_and_durations():
    clock = Clock.of(monthly())
    assert clock.labels(monthly())[[0, 13]].tolist() == ["2000-01-01", "2001-02-01"]
    assert clock.axis == "date" and clock.span(1 / 12) == "1 month" and clock.span(5.0) == "5 years"
    assert clock.number("2001-02-01") == pytest.approx(2001 + 1 / 12)
    assert Clock.of(SERIES).axis == "time" and Clock.of(SERIES).span(2.0) == "2 units of time"
    assert Clock("s").per_unit == "1/s" and Clock("days").per_unit == "1/day"


def test_store_keeps_results_for_the_same_question_only(tmp_path):
    store = Store(tmp_path, {"a": 1}, resume=False)
    assert store.memo("x/y", lambda: {"v": np.arange(3), "n": np.float64("nan")}) == {"v": [0, 1, 2], "n": None}
    store.put_array("x/z", np.eye(2))
    again = Store(tmp_path, {"a": 1}, resume=True)
    assert again.memo("x/y", lambda: pytest.fail("computed twice")) == {"v": [0, 1, 2], "n": None}
    np.testing.assert_array_equal(again.array("x/z"), np.eye(2))
    with pytest.raises(CocycleError, match="cannot be resumed"):
        Store(tmp_path, {"a": 2}, resume=True)
    assert Store(tmp_path, {"a": 2}, resume=False).get("x/y") is None


def test_plain_is_json():
    assert plain({"a": (np.int64(1), np.bool_(True), float("inf")), 2: None}) == {"a": [1, True, None], "2": None}


def test_numbers_are_written_to_the_digits_of_their_error():
    assert number(0.90563, 0.0123) == "0.906 ± 0.012"
    assert number(-12.3, 1.2) == "−12.3 ± 1.2"
    assert number(1234.5, 67.0) == "1,234 ± 67" or number(1234.5, 67.0) == "1,235 ± 67"
    assert number(3.2e-7, 1e-8) == "(3.20 ± 0.10) × 10⁻⁷"
    assert number([1.0, 2.0], [0.1, 0.2]) == "1.00 ± 0.10, 2.00 ± 0.20"
    assert sig(0.025) == "0.025" and sig(None) == "–" and sig(0) == "0" and sig(1.5e-9) == "1.5 × 10⁻⁹"
    assert against(0.5, 1.0, "A") == "50 % less than that of A"
    assert against(1.1, 1.0, "A") == "10 % more than that of A"
    assert against(0.01, 1.0, "A") == "100 times smaller than that of A"


def test_progress_adds_up_and_estimates_the_time_left():
    progress = Progress()
    assert progress.remaining(0.0) is None
    for name in STAGES:
        with progress.stage(name, name):
            progress.step("half", 0.5)
            assert 0 <= progress.done(0.5) <= 1
    assert progress.done(1.0) == pytest.approx(1.0) and progress.remaining(1.0) == pytest.approx(0.0, abs=1e-9)
    assert list(progress.seconds) == list(STAGES)


def test_sources_are_resolved_or_explained(tmp_path):
    assert open_recording(np.arange(50.0) % 7, Options()).info["kind"] == "data"
    for name in ("lorenz63", "Lorenz63", "lorenz-63"):
        found = open_recording(name, Options(samples=120))
        assert found.info["name"] == "Lorenz63" and found.total == 120
    with pytest.raises(CocycleError, match="Did you mean 'Lorenz63'"):
        open_recording("lorentz63", Options())
    with pytest.raises(DataError, match="There is no file"):
        open_recording(str(tmp_path / "none.csv"), Options())
    with pytest.raises(DataError, match="the same columns"):
        one = Trajectory.from_numpy(np.eye(20), variables=[f"a{i}" for i in range(20)])
        open_recording([SERIES, one], Options())


def test_simulated_sources_repeat_exactly():
    one, two = (open_recording("Lorenz63", Options(samples=150)) for _ in range(2))
    assert one.info["hash"] == two.info["hash"]


def test_long_gaps_make_episodes():
    mask = np.ones(200, bool)
    mask[50:52] = False
    mask[120:140] = False
    gappy = Trajectory(np.arange(200.0), np.sin(np.arange(200.0))[:, None], mask=mask)
    found = open_recording(gappy, Options())
    assert [len(e) for e in found.episodes] == [120, 60]
    assert any("bridged" in note for note in found.info["notes"])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"mode": "fast"}, "mode"),
        ({"horizon": 0}, "horizon"),
        ({"delay": 1.5}, "delay"),
        ({"level": 1.0}, "level"),
        ({"theiler": -1}, "theiler"),
        ({"threshold": 0.0}, "threshold"),
        ({"samples": 5}, "samples"),
    ],
)
def test_options_are_checked(settings, message):
    with pytest.raises(CocycleError, match=message):
        Options(**settings)
