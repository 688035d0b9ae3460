"""Time columns: dates in every common writing, calendars, units; and back to dates."""

import numpy as np
import pandas as pd
import pytest

from cocycle.core import DataError, Trajectory, dates, read

N = 60
X = np.sin(np.arange(N) * 0.7)


def write(tmp_path, header, times, values=X):
    path = tmp_path / "a.csv"
    path.write_text(header + "\n" + "".join(f"{t};{v}\n" for t, v in zip(times, values, strict=True)), encoding="utf-8")
    return path


DAYS = pd.date_range("1999-12-20", periods=N, freq="D")
HOURS = pd.date_range("2001-03-01 05:00", periods=N, freq="h")
MONTHS = pd.date_range("1748-11-01", periods=N, freq="MS", unit="s")
ENDS = pd.date_range("1990-01-31", periods=N, freq="ME")
QUARTERS = pd.date_range("1990-01-01", periods=N, freq="QS")
YEARS = pd.date_range("1900-01-01", periods=N, freq="YS", unit="s")
WEEKS = pd.date_range("1990-01-05", periods=N, freq="7D")
SECONDS = pd.date_range("2001-03-01 23:59:30", periods=N, freq="s")
TENTHS = pd.date_range("2001-03-01 23:59:58", periods=N, freq="100ms")

# writing: (dates, format, unit, sampling interval)
WRITINGS = {
    "ISO days": (DAYS, "%Y-%m-%d", "days", 1.0),
    "slashes": (DAYS, "%Y/%m/%d", "days", 1.0),
    "compact days": (DAYS, "%Y%m%d", "days", 1.0),
    "day first": (DAYS, "%d/%m/%Y", "days", 1.0),
    "month first": (DAYS, "%m/%d/%Y", "days", 1.0),
    "points": (DAYS, "%d.%m.%Y", "days", 1.0),
    "day first, two digits": (DAYS, "%d.%m.%y", "days", 1.0),
    "month names": (DAYS, "%d-%b-%Y", "days", 1.0),
    "American": (DAYS, "%B %d, %Y", "days", 1.0),
    "weeks": (WEEKS, "%Y-%m-%d", "days", 7.0),
    "ISO hours": (HOURS, "%Y-%m-%dT%H:%M:%S", "hours", 1.0),
    "ISO with zone": (HOURS, "%Y-%m-%dT%H:%M:%SZ", "hours", 1.0),
    "hours": (HOURS, "%Y-%m-%d %H:%M", "hours", 1.0),
    "day first hours": (HOURS, "%d/%m/%Y %H:%M", "hours", 1.0),
    "am and pm": (HOURS, "%m/%d/%Y %I:%M %p", "hours", 1.0),
    "seconds": (SECONDS, "%Y-%m-%d %H:%M:%S", "s", 1.0),
    "tenths of a second": (TENTHS, "%Y-%m-%d %H:%M:%S.%f", "s", 0.1),
    "ISO months": (MONTHS, "%Y-%m", "years", 1 / 12),
    "first of the month": (MONTHS, "%Y-%m-%d", "years", 1 / 12),
    "first of the month, day first": (MONTHS, "%d/%m/%Y", "years", 1 / 12),
    "first of the month, month first": (MONTHS, "%m/%d/%Y", "years", 1 / 12),
    "end of the month": (ENDS, "%Y-%m-%d", "years", 1 / 12),
    "compact months": (MONTHS, "%Y%m", "years", 1 / 12),
    "short names": (MONTHS, "%b %Y", "years", 1 / 12),
    "quarters": (QUARTERS, "%Y-%m-%d", "years", 0.25),
    "years": (YEARS, "%Y", "years", 1.0),
    "first of the year": (YEARS, "%Y-%m-%d", "years", 1.0),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_writings_of_dates(writing, tmp_path):
    when, form, unit, dt = WRITINGS[writing]
    found = read(write(tmp_path, "date;x", when.strftime(form)))
    assert found.dt == pytest.approx(dt, rel=1e-9)
    assert found.meta["time_unit"] == unit
    assert found.meta["time_column"] == "date"
    assert found.mask is None and found.meta["notes"] == []
    np.testing.assert_array_equal(found["x"], X)
    expected = when.to_numpy()
    if unit == "years":
        expected = expected.astype("datetime64[M]")
        assert found.times[0] == pytest.approx(when[0].year + (when[0].month - 1) / 12, abs=1e-9)
    np.testing.assert_array_equal(dates(found), expected)
    ahead = dates(found, found.times[-1] + dt * np.arange(1, 4))  # a forecast's dates
    assert (np.diff(ahead).astype(int) > 0).all() and ahead[0] > dates(found)[-1]


def test_quarters_by_name(tmp_path):
    found = read(write(tmp_path, "q;x", [f"{d.year}Q{d.quarter}" for d in QUARTERS]))
    assert found.dt == pytest.approx(0.25) and dates(found)[1] == np.datetime64("1990-04")
    found = read(write(tmp_path, "q;x", [f"{d.year}M{d.month:02d}" for d in MONTHS]))
    assert found.dt == pytest.approx(1 / 12)


def test_a_missing_month_is_a_hole_and_a_long_month_is_not(tmp_path):
    keep = np.delete(np.arange(N), 14)
    found = read(write(tmp_path, "month;x", MONTHS.strftime("%Y-%m")[keep], X[keep]))
    assert len(found) == N and list(np.flatnonzero(~found.mask)) == [14]
    assert found["x"][14] == pytest.approx((X[13] + X[15]) / 2)
    assert any("1 sample missing from the even steps of 1/12 years" in n for n in found.meta["notes"])


def test_trading_days_have_no_weekends(tmp_path):
    when = pd.bdate_range("2020-01-01", periods=N)
    found = read(write(tmp_path, "date;close", when.strftime("%Y-%m-%d")))
    assert len(found) == N and found.mask is None
    assert found.meta["time_unit"] == "business days" and found.dt == 1.0
    np.testing.assert_array_equal(dates(found), when.to_numpy())
    keep = np.delete(np.arange(N), 20)  # a holiday
    found = read(write(tmp_path, "date;close", when.strftime("%Y-%m-%d")[keep], X[keep]))
    assert len(found) == N and list(np.flatnonzero(~found.mask)) == [20]


def test_year_month_and_day_in_columns_of_their_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("YR,MON,x\n" + "".join(f"{d.year},{d.month},{x}\n" for d, x in zip(MONTHS, X, strict=True)))
    found = read(path)
    assert found.variables == ("x",) and found.dt == pytest.approx(1 / 12)
    assert dates(found)[0] == np.datetime64("1748-11") and found.meta["time_column"] == "YR and MON"
    path.write_text(
        "year,month,day,x\n" + "".join(f"{d.year},{d.month},{d.day},{x}\n" for d, x in zip(DAYS, X, strict=True))
    )
    found = read(path)
    assert found.variables == ("x",) and found.dt == 1.0 and dates(found)[-1] == DAYS[-1].to_numpy()
    path.write_text("year,doy,x\n" + "".join(f"{d.year},{d.day_of_year},{x}\n" for d, x in zip(DAYS, X, strict=True)))
    found = read(path)
    assert found.variables == ("x",) and found.dt == 1.0 and dates(found)[-1] == DAYS[-1].to_numpy()
    parts = "".join(f"{d.year},{d.month},{d.day},{d.hour},{x}\n" for d, x in zip(HOURS, X, strict=True))
    path.write_text("year,month,day,hour,x\n" + parts)
    found = read(path)
    assert found.variables == ("x",) and found.dt == 1.0 and dates(found)[-1] == HOURS[-1].to_numpy()


def test_date_and_clock_in_columns_of_their_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Date,Time,x\n" + "".join(f"{d:%d.%m.%Y},{d:%H:%M:%S},{x}\n" for d, x in zip(SECONDS, X, strict=True))
    )
    found = read(path)
    assert found.variables == ("x",) and found.meta["time_unit"] == "s" and found.dt == 1.0
    assert found.meta["date_origin"] == "2001-03-01T23:59:30"


def test_clock_times_go_on_after_midnight(tmp_path):
    found = read(write(tmp_path, "time;x", SECONDS.strftime("%H:%M:%S")))
    assert found.dt == 1.0 and found.times[0] == 86370.0 and found.times[-1] == 86370.0 + N - 1


def test_a_table_of_years_by_months(tmp_path):
    path = tmp_path / "a.csv"
    names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    body = X.reshape(5, 12)
    path.write_text(
        ",".join(["YEAR", *names]) + "\n" + "".join(f"{1950 + i},{','.join(map(str, r))}\n" for i, r in enumerate(body))
    )
    found = read(path)
    np.testing.assert_array_equal(found.states[:, 0], X)
    assert found.times[0] == 1950.0 and dates(found)[-1] == np.datetime64("1954-12")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("time (s)", "s"),
        ("t [ms]", "ms"),
        ("time_hours", "hours"),
        ("Seconds", "s"),
        ("t", "time"),
        ("days", "days"),
        ("Zeit [Tage]", "Tage"),
        ("index", "samples"),
    ],
)
def test_units_in_the_name_of_the_time_column(tmp_path, name, unit):
    found = read(write(tmp_path, f"{name};x", np.arange(N) * 0.25))
    assert found.meta["time_unit"] == unit and found.dt == 0.25 and found.variables == ("x",)
    assert dates(found) is None


def test_seconds_since_1970(tmp_path):
    stamps = HOURS.as_unit("s").to_numpy().astype(np.int64)
    for scale in (1, 1000):
        found = read(write(tmp_path, "timestamp;x", stamps * scale))
        assert found.meta["time_unit"] == "hours" and found.dt == 1.0
        np.testing.assert_array_equal(dates(found), HOURS.to_numpy())


def test_what_is_not_time(tmp_path):
    rng = np.random.default_rng(0)
    for name, values in (
        ("T", rng.normal(size=N)),  # a temperature
        ("hour", np.arange(N) % 24),
        ("day", np.arange(N) % 31 + 1),
        ("level", np.cumsum(rng.uniform(0.5, 1.5, N))),  # grows, but not evenly
        ("x0", np.arange(N)[::-1]),
    ):
        found = read(write(tmp_path, f"{name};x", values))
        assert found.meta["time_column"] is None and found.variables == (name, "x"), name
        assert found.dt == 1.0


def test_an_only_column_is_never_the_time(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("t\n" + "".join(f"{i}\n" for i in range(N)))
    assert read(path).variables == ("t",)
    path.write_text("date\n" + "".join(f"{d:%Y-%m-%d}\n" for d in DAYS))
    with pytest.raises(DataError, match="no column besides the time column 'date'"):
        read(path)


def test_the_time_column_asked_for_wins(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "date,lap,x\n" + "".join(f"{d:%Y-%m-%d},{i * 2},{x}\n" for i, (d, x) in enumerate(zip(DAYS, X, strict=True)))
    )
    assert read(path).meta["time_column"] == "date"
    found = read(path, time_column="lap")
    assert found.dt == 2.0 and found.variables == ("x",)
    assert any("Column 'date' holds text (such as '1999-12-20' in line 2)" in n for n in found.meta["notes"])


def test_dates_of_a_record_without_dates():
    assert dates(Trajectory(np.arange(3.0), np.zeros((3, 1)))) is None
