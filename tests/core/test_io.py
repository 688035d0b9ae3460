"""Reading: the delimiter, header, time column and calendar are found; repairs are right, and said in a sentence."""

import gzip
import hashlib

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocycle.core import DataError, dates, from_xarray, read, read_frame

N = 60
T = np.arange(N) / 10
X, Y = np.sin(1.3 * T), np.cos(T) + 0.1 * T


def write(tmp_path, text, name="a.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def rows(*columns, sep=","):
    return "\n".join(sep.join(str(v) for v in row) for row in zip(*columns, strict=True)) + "\n"


def note(trajectory, words):
    """The one note with these words."""
    found = [n for n in trajectory.meta["notes"] if words in n]
    assert len(found) == 1, trajectory.meta["notes"]
    return found[0]


# -- layout of the text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sep", [",", ";", "\t", "|", " ", "   ", ", "])
@pytest.mark.parametrize("header", [True, False])
def test_delimiters_with_and_without_header(tmp_path, sep, header):
    text = (sep.join(["t", "x", "y"]) + "\n" if header else "") + rows(T, X, Y, sep=sep)
    found = read(write(tmp_path, text, "a.txt"))
    np.testing.assert_array_equal(found.times, T)
    np.testing.assert_array_equal(found.states, np.stack([X, Y], axis=1))
    assert found.variables == (("x", "y") if header else ("x1", "x2"))
    assert found.mask is None
    assert found.meta["notes"] == []


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("bom", lambda s: b"\xef\xbb\xbf" + s.encode()),
        ("crlf", lambda s: s.replace("\n", "\r\n").encode()),
        ("old mac", lambda s: s.replace("\n", "\r").encode()),
        ("utf-16", lambda s: s.encode("utf-16")),
        ("utf-16 without mark", lambda s: s.encode("utf-16-le")),
        ("latin-1", lambda s: s.replace("x", "Temp\u00e9rature").encode("latin-1")),
        ("no final newline", lambda s: s.rstrip("\n").encode()),
        ("comments", lambda s: b"# made by hand\n% again\n" + s.encode()),
        ("empty lines at the ends", lambda s: b"\n\n" + s.encode() + b"\n\n"),
        ("quoted", lambda s: s.replace("t,x,y", '"t","x","y"').encode()),
        ("quoted numbers", lambda s: "\n".join(",".join(f'"{c}"' for c in r.split(",")) for r in s.split()).encode()),
        ("trailing delimiter", lambda s: s.replace("\n", ",\n").encode()),
        ("trailing delimiter below the header", lambda s: s.replace("\n", ",\n").replace("t,x,y,", "t,x,y").encode()),
        ("padded", lambda s: s.replace(",", "  ,  ").encode()),
        ("units row", lambda s: s.replace("t,x,y\n", "t,x,y\ns,m,m\n").encode()),
        ("title above", lambda s: b"Pendulum, second run of the day\n\nStation 5\n" + s.encode()),
        ("drawn line", lambda s: s.replace("t,x,y\n", "t,x,y\n-----------\n").encode()),
        ("row names", lambda s: "\n".join(["t,x,y"] + [f"r{i},{r}" for i, r in enumerate(s.split()[1:])]).encode()),
        ("gzip", None),
    ],
)
def test_ways_to_write_the_same_table(tmp_path, name, encode):
    text = "t,x,y\n" + rows(T, X, Y)
    path = tmp_path / ("a.csv.gz" if encode is None else "a.csv")
    path.write_bytes(gzip.compress(text.encode()) if encode is None else encode(text))
    found = read(path)
    np.testing.assert_array_equal(found.times, T)
    np.testing.assert_array_equal(found.states, np.stack([X, Y], axis=1))
    assert found.variables[1] == "y" and found.variables[0] in ("x", "Temp\u00e9rature")
    assert found.meta["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.meta["file"] == str(path)
    if name == "units row":
        assert found.meta["units"] == {"t": "s", "x": "m", "y": "m"} and found.meta["time_unit"] == "s"
        assert note(found, "units").startswith("Line 2")


def test_names_in_a_comment_line(tmp_path):
    path = tmp_path / "a.dat"
    np.savetxt(path, np.stack([T, X, Y], axis=1), header="made today\nt x y", fmt="%.17g")
    found = read(path)
    np.testing.assert_array_equal(found.states, np.stack([X, Y], axis=1))
    assert found.variables == ("x", "y")
    assert found.meta["header"] == "in a comment line"


@pytest.mark.parametrize("sep", [";", "\t", " "])
def test_decimal_commas(tmp_path, sep):
    text = sep.join("txy") + "\n" + rows(T, X, Y, sep=sep).replace(".", ",")
    found = read(write(tmp_path, text))
    np.testing.assert_array_equal(found.states, np.stack([X, Y], axis=1))
    assert found.meta["decimal"] == ","


def test_decimal_commas_with_thousands_and_in_one_column(tmp_path):
    text = "t;x\n" + "".join(f"{i};1.{i:03d},5\n" for i in range(N))
    np.testing.assert_array_equal(read(write(tmp_path, text))["x"], 1000.5 + np.arange(N))
    text = "x\n" + "".join(f"{i},{i % 7}5\n" for i in range(N))
    found = read(write(tmp_path, text))
    assert found.variables == ("x",)
    np.testing.assert_allclose(found["x"], [i + (i % 7) / 10 + 0.05 for i in range(N)])


def test_tables_as_spreadsheets_and_pandas_write_them(tmp_path):
    days = pd.date_range("2001-01-25", periods=N, freq="D")
    text = "Datum;Temp (\u00b0C);Ort\n" + "".join(
        f"{d:%d.%m.%Y};{x:.3f};Bern\n".replace(f"{x:.3f}", f"{x:.3f}".replace(".", ","))
        for d, x in zip(days, X, strict=True)
    )
    found = read(write(tmp_path, text, encoding="cp1252"))
    assert found.variables == ("Temp (\u00b0C)",) and found.meta["time_unit"] == "days"
    np.testing.assert_allclose(found.states[:, 0], np.round(X, 3))
    np.testing.assert_array_equal(dates(found), days.to_numpy())
    assert "Windows-1252" in note(found, "UTF-8") and "'Bern' in line 2" in note(found, "'Ort'")
    pd.DataFrame({"x": X, "y": Y}).to_csv(tmp_path / "b.csv")  # with its nameless index
    found = read(tmp_path / "b.csv")
    assert found.variables == ("x", "y") and found.dt == 1.0 and found.meta["time_unit"] == "samples"
    np.testing.assert_array_equal(found["y"], Y)


def test_fortran_exponents(tmp_path):
    text = "t x\n" + "".join(f"{i} {1 + i * i % 7}.5D-03\n" for i in range(N))
    np.testing.assert_allclose(read(write(tmp_path, text))["x"], [(1.5 + i * i % 7) * 1e-3 for i in range(N)])


def test_one_column_and_its_empty_lines(tmp_path):
    values = [str(v) for v in X]
    values[20] = ""
    found = read(write(tmp_path, "\n".join(values) + "\n"))
    assert len(found) == N and found.dt == 1.0 and found.meta["time_unit"] == "samples"
    assert not found.mask[20] and found.mask.sum() == N - 1
    np.testing.assert_allclose(found.states[20, 0], (X[19] + X[21]) / 2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=12, max_size=30, unique=True))
def test_every_double_is_read_to_its_last_bit(tmp_path, values):
    # a wide second column keeps magnitudes that look like missing-value codes from standing alone
    path = tmp_path / "a.csv"
    path.write_text("t,x,z\n" + "".join(f"{i},{v!r},{(-1) ** i * 1.7e308!r}\n" for i, v in enumerate(values)))
    codes = (-99.9, -99.99, -999.0, -999.9, -999.99, -9999.0, -9999.9, -9999.99, -99999.0, 99999.0, 999999.0)
    large = (1e20, -1e20, 1e30, -1e30, 1e34, -1e34, 9.969209968386869e36)  # the last is NetCDF's own
    if any(v in codes + large for v in values):
        return
    found = read(path)
    if "x" in found.variables:
        np.testing.assert_array_equal(found["x"], values)


# -- columns --------------------------------------------------------------------------------------------------------


def test_choosing_columns_inputs_and_no_time(tmp_path):
    path = write(tmp_path, "t,x,valve,y\n" + rows(T, X, np.arange(N) % 2, Y))
    found = read(path, columns=["y", "X"], inputs="valve")
    assert found.variables == ("y", "x") and found.meta["inputs"] == ("valve",)
    np.testing.assert_array_equal(found.states, np.stack([Y, X], axis=1))
    np.testing.assert_array_equal(found.inputs, (np.arange(N) % 2)[:, None])
    assert read(path, columns="x").variables == ("x",)
    plain = read(path, time_column=False)
    assert plain.variables == ("t", "x", "valve", "y") and plain.dt == 1.0
    assert read(path, time_column="T").meta["time_reason"] == "'t' holds the times: it was asked for"


def test_what_cannot_be_used_is_left_out_and_said(tmp_path):
    text = "t,x,name,empty,flat,rare,when2\n" + "".join(
        f"{t},{x},run {i},,4,{i if i % 5 == 0 else ''},{i}\n" for i, (t, x) in enumerate(zip(T, X, strict=True))
    )
    found = read(write(tmp_path, text))
    assert found.variables == ("x", "when2")
    assert "'run 0' in line 2" in note(found, "'name'")
    assert "no value at all" in note(found, "'empty'")
    assert "constant (4)" in note(found, "'flat'")
    assert "only 20 % of the rows" in note(found, "'rare'")
    with pytest.raises(DataError, match=r"column 'rare': this column has a value in only 20 %"):
        read(write(tmp_path, text), columns=["x", "rare"])
    with pytest.raises(DataError, match=r"line 2, column 'name': 'run 0' is not a number"):
        read(write(tmp_path, text), columns=["name"])


def test_codes_for_missing_values(tmp_path):
    values = [f"{x:.3f}" for x in X]
    values[7], values[9] = "-999.0", "-999.0"
    found = read(write(tmp_path, "t,x\n" + rows(T, values)))
    assert "-999 (2 cells)" in note(found, "'x'")
    assert list(np.flatnonzero(~found.mask)) == [7, 9]
    ordinary = np.linspace(-1500, 0, N)
    ordinary[20] = -999.0
    assert read(write(tmp_path, "t,x\n" + rows(T, ordinary))).mask is None  # a value like the others
    ordinary = np.linspace(-990, 0, N)
    ordinary[20] = -999.0
    assert read(write(tmp_path, "t,x\n" + rows(T, ordinary))).mask is None  # outside, but not far


def test_booleans_are_numbers_and_words_for_missing(tmp_path):
    words = ["NA", "n/a", "null", "-", "?", "NaN", "None", ""]
    cells = [words[i // 4] if i % 4 == 2 and i // 4 < len(words) else f"{x:.4f}" for i, x in enumerate(X)]
    found = read(write(tmp_path, "t,x,on\n" + rows(T, cells, np.arange(N) % 3 == 0)))
    assert (~found.mask).sum() == len(words)
    np.testing.assert_array_equal(found["on"][found.mask], (np.arange(N) % 3 == 0)[found.mask])


# -- holes ----------------------------------------------------------------------------------------------------------


def test_short_holes_are_filled_marked_and_said(tmp_path):
    keep = np.setdiff1d(np.arange(N), [10, 30, 31, 32])
    line = 2.0 * T + 1.0
    wave = np.where(np.arange(N) == 50, np.nan, line)[keep]
    text = "t,x,y\n" + rows(T[keep], ["" if np.isnan(w) else w for w in wave], X[keep])
    found = read(write(tmp_path, text))
    assert len(found) == N and found.dt == pytest.approx(0.1, rel=1e-12)
    np.testing.assert_allclose(found.times, T, atol=1e-12)
    np.testing.assert_array_equal(np.flatnonzero(~found.mask), [10, 30, 31, 32, 50])
    np.testing.assert_allclose(found["x"], line)  # linear interpolation of a line is the line
    assert "4 samples missing from the even steps of 0.1 (the first after line 11)" in note(found, "even steps")
    assert "5 incomplete samples in 3 short holes (at most 3 in a row" in note(found, "short holes")


def test_long_holes_cut_and_the_longest_part_stays(tmp_path):
    x = X.copy()
    x[20:30] = np.nan
    found = read(write(tmp_path, "t,x\n" + rows(T, x)))
    np.testing.assert_array_equal(found.times, T[30:])
    np.testing.assert_array_equal(found["x"], X[30:])
    assert found.mask is None
    assert "the longest has 10) cut the recording into 2 parts" in note(found, "hole")
    assert "lines 32 to 61, 30 of 60 samples" in note(found, "hole")


def test_ends_are_trimmed(tmp_path):
    x = X.copy()
    x[:3] = x[-2:] = np.nan
    found = read(write(tmp_path, "t,x\n" + rows(T, x)))
    np.testing.assert_array_equal(found.times, T[3:-2])
    assert "5 rows without any value left out (the first is line 2)" in note(found, "without")
    found = read(write(tmp_path, "x\n" + rows(x)))
    assert len(found) == N - 5
    found = read(write(tmp_path, "t,x,y\n" + rows(T, x, Y)))
    np.testing.assert_array_equal(found.times, T[3:-2])
    assert "5 incomplete rows at the start and the end" in note(found, "cut off")


def test_a_last_line_cut_in_the_middle(tmp_path):
    found = read(write(tmp_path, "t,x,y\n" + rows(T, X, Y)[: -len(f"{X[-1]},{Y[-1]}\n")].rstrip(",")))
    assert len(found) == N - 1
    assert "The last line (61) has 1 of 3 fields" in note(found, "cut off")


def test_more_holes_than_values_are_refused(tmp_path):
    x = np.where(np.arange(N) % 3 == 0, X, np.nan)
    y = np.where(np.arange(N) % 3 == 1, X, np.nan)
    with pytest.raises(DataError, match="no row has a value in every column"):
        read(write(tmp_path, "t,x,y\n" + rows(T, x, y)))


def test_short_recordings_carry_a_warning(tmp_path):
    found = read(write(tmp_path, "t,x\n" + rows(T[:12], X[:12])))
    assert "short (12 samples)" in note(found, "uncertain")


# -- order ----------------------------------------------------------------------------------------------------------


def test_unsorted_reversed_and_repeated_times(tmp_path):
    order = np.random.default_rng(0).permutation(N)
    found = read(write(tmp_path, "time,x\n" + rows(T[order], X[order])))
    np.testing.assert_array_equal(found["x"], X)
    assert "were sorted" in note(found, "order of time")
    found = read(write(tmp_path, "time,x\n" + rows(T[::-1], X[::-1])))
    np.testing.assert_array_equal(found["x"], X)
    assert "reversed" in note(found, "newest")
    twice = np.sort(np.concatenate([np.arange(N), [5, 40, 40]]))
    x = X[twice].copy()
    x[6] = X[5] + 1.0  # the second of the two rows at T[5]
    found = read(write(tmp_path, "time,x\n" + rows(T[twice], x)))
    np.testing.assert_array_equal(found.times, T)
    assert found["x"][5] == pytest.approx(X[5] + 0.5)
    np.testing.assert_array_equal(np.delete(found["x"], [5, 40]), np.delete(X, [5, 40]))
    assert found["x"][40] == pytest.approx(X[40])
    assert "3 rows repeat the time of another row (the first is line 8)" in note(found, "averaged")


def test_jitter_is_snapped_and_uneven_sampling_interpolated(tmp_path):
    rng = np.random.default_rng(1)
    times = T + 0.005 * rng.uniform(-1, 1, N)
    found = read(write(tmp_path, "time,x\n" + rows(times, X)))
    np.testing.assert_allclose(found.times, T, atol=0.005)
    np.testing.assert_array_equal(found["x"], X)
    assert "deviate by up to" in note(found, "read as even steps of 0.1")
    times = np.sort(rng.uniform(0, 6, 400))
    found = read(write(tmp_path, "time,x\n" + rows(times, 3 * times - 1)))
    assert found.dt > 0
    np.testing.assert_allclose(found["x"], 3 * found.times - 1, atol=1e-9)  # a line survives interpolation
    assert "unevenly spaced" in note(found, "interpolated linearly")


def test_rounded_times_stay_regular(tmp_path):
    times = [f"{1749 + (i + 0.5) / 12:.3f}" for i in range(240)]  # as observatories print decimal years
    found = read(write(tmp_path, "decimal year,x\n" + rows(times, np.sin(np.arange(240)))))
    assert found.dt == pytest.approx(1 / 12, rel=1e-9) and len(found) == 240 and found.mask is None
    assert dates(found)[0] == np.datetime64("1749-01") and dates(found)[-1] == np.datetime64("1768-12")


def test_large_recordings_are_thinned_only_when_asked_and_smooth(tmp_path):
    t = np.arange(2000) / 100
    path = write(tmp_path, "t,x\n" + rows(t, np.sin(t)))
    assert len(read(path)) == 2000
    thin = read(path, max_rows=500)
    assert len(thin) == 500 and thin.dt == pytest.approx(0.04)
    np.testing.assert_array_equal(thin["x"], np.sin(t)[::4])
    assert "Every 4th of 2,000 samples" in note(thin, "max_rows")
    noise = np.random.default_rng(2).normal(size=2000)
    cut = read(write(tmp_path, "t,x\n" + rows(t, noise)), max_rows=500)
    np.testing.assert_array_equal(cut["x"], noise[:500])
    assert "The first 500 of 2,000" in note(cut, "max_rows")


# -- frames and datasets that others made ---------------------------------------------------------------------------


def test_frames():
    days = pd.date_range("2001-01-01", periods=N, freq="D", name="day")
    found = read_frame(pd.DataFrame({"x": X, "n": pd.array(np.arange(N) % 7, dtype="Int64")}, index=days))
    assert found.dt == 1.0 and found.meta["time_unit"] == "days" and found.meta["date_origin"] == "2001-01-01"
    np.testing.assert_array_equal(found["n"], np.arange(N) % 7)
    series = pd.Series(X, index=pd.period_range("1990-01", periods=N, freq="M"), name="sales")
    found = read_frame(series)
    assert found.variables == ("sales",) and found.dt == pytest.approx(1 / 12)
    assert read_frame(pd.DataFrame({"x": X})).dt == 1.0
    aware = pd.DataFrame({"x": X, "when": pd.date_range("2001-01-01", periods=N, freq="h", tz="Europe/Zurich")})
    found = read_frame(aware)
    assert found.meta["date_origin"] == "2000-12-31T23:00:00" and "UTC" in note(found, "when")
    lag = pd.DataFrame({"x": X}, index=pd.to_timedelta(np.arange(N) * 2, unit="s"))
    assert read_frame(lag).dt == 2.0
    with pytest.raises(DataError, match=r"row 3, column 'x': 'oops' is not a number"):
        read_frame(pd.DataFrame({"x": [*X[:3].tolist(), "oops", *X[4:].tolist()]}))
    with pytest.raises(DataError, match="complex"):
        read_frame(pd.DataFrame({"x": X + 1j}))


def test_datasets_that_others_made(tmp_path):
    when = pd.date_range("1990-01-01", periods=N, freq="MS")
    data = xr.Dataset(
        {
            "sst": ("time", X, {"units": "K"}),
            "wind": (("time", "station"), np.stack([X, Y], axis=1)),
            "height": ("level", np.arange(3.0)),
            "flag": (("time", "one"), (np.arange(N) % 2)[:, None].astype("int8")),
        },
        coords={"time": when, "station": ["north", "south"]},
    )
    path = tmp_path / "a.nc"
    data.to_netcdf(path, engine="h5netcdf")
    for found in (read(path), from_xarray(data)):
        assert found.variables == ("sst", "wind_north", "wind_south", "flag")
        np.testing.assert_array_equal(found["wind_south"], Y)
        assert found.dt == pytest.approx(1 / 12) and dates(found)[0] == np.datetime64("1990-01")
        assert "'height'" in note(found, "left out")
    array = xr.DataArray(X, dims="t", coords={"t": T}, name="x")
    np.testing.assert_array_equal(from_xarray(array, time="t").times, T)
    with pytest.raises(DataError, match=r"no dimension 'time'; it has: t"):
        from_xarray(array)
    classic = tmp_path / "b.nc"
    data.drop_vars("station").to_netcdf(classic, engine="scipy")
    np.testing.assert_array_equal(read(classic, columns=["sst"])["sst"], X)


def test_numpy_files(tmp_path):
    np.save(tmp_path / "a.npy", X)
    assert read(tmp_path / "a.npy").variables == ("x0",)
    np.save(tmp_path / "a.npy", np.stack([X, Y], axis=1).astype(np.float32))
    np.testing.assert_array_equal(read(tmp_path / "a.npy")["x1"], Y.astype(np.float32))
    np.save(tmp_path / "a.npy", np.array(list(zip(T, X, strict=True)), dtype=[("time", float), ("speed", float)]))
    found = read(tmp_path / "a.npy")
    assert found.variables == ("speed",) and found.dt == pytest.approx(0.1)
    np.savez(tmp_path / "a.npz", time=T, x=X)
    found = read(tmp_path / "a.npz")
    assert found.variables == ("x",) and found.dt == pytest.approx(0.1)
    np.savez(tmp_path / "a.npz", time=T, x=X, y=Y)
    found = read(tmp_path / "a.npz", columns=["y"])
    assert found.variables == ("y",) and found.dt == pytest.approx(0.1)
