"""Every kind of bad file gets one clear sentence: the file, the row, the column, the remedy. Never another error."""

import gzip
import io

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocycle.core import CocycleError, DataError, Trajectory, read

N = 60
GOOD = [f"{i * 0.1:.1f},{np.sin(i):.6f},{np.cos(i):.6f}" for i in range(N)]


def table(*, header="t,x,y", change=None, lines=None):
    """A good CSV file with some lines (numbered as in the file, from 1) replaced."""
    out = [header, *(lines or GOOD)]
    for number, line in (change or {}).items():
        out[number - 1] = line
    return ("\n".join(out) + "\n").encode()


def npy(array, **options):
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def npz(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def parquet(frame):
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def cut_to(path_bytes, n):
    return path_bytes[:n] + b"\xff" * 20


def netcdf(tmp_path, dataset):
    path = tmp_path / "made.nc"
    dataset.to_netcdf(path, engine="h5netcdf")
    return path.read_bytes()


FRAME = pd.DataFrame({"t": np.arange(N) / 10, "x": np.sin(np.arange(N))})
WAVE = np.sin(np.arange(N))

# kind: (file name, content, arguments of read, what the sentence must say)
KINDS = {
    "empty file": ("a.csv", b"", {}, ["is empty"]),
    "only white space": ("a.csv", b" \n\n \n", {}, ["is empty"]),
    "only comments": ("a.csv", b"# one\n# two\n", {}, ["no line of data"]),
    "only a header": ("a.csv", b"t,x,y\n", {}, ["header (line 1)", "no rows"]),
    "binary garbage": ("a.csv", bytes(range(256)) * 20, {}, ["not text", "byte", "UTF-8"]),
    "unknown ending": ("a.foo", table(), {}, ["'.foo'", ".parquet", "rename it to end in .csv"]),
    "spreadsheet": ("a.xlsx", b"PK\x03\x04rest", {}, ["'.xlsx'", "Save the sheet as CSV"]),
    "no ending": ("recording", table(), {}, ["no ending", ".csv"]),
    "Parquet called CSV": ("a.csv", parquet(FRAME), {}, ["Parquet", "Rename it to end in .parquet"]),
    "text among numbers": (
        "a.csv",
        table(change={17: "1.5,broken,0.2"}),
        {},
        ["line 17", "column 'x'", "'broken' is not a number", "leave the cell empty"],
    ),
    "text among numbers, more than once": (
        "a.csv",
        table(change={17: "1.5,broken,0.2", 20: "1.8,worse,0.2"}),
        {},
        ["line 17", "column 'x'", "1 cell more like it"],
    ),
    "line numbers count comments and empty lines": (
        "a.csv",
        b"# made by hand\n\n" + table(change={17: "1.5,broken,0.2"}),
        {},
        ["line 19", "column 'x'"],
    ),
    "thousands separator or decimal comma": (
        "a.csv",
        "\n".join(["t;x", *(f"{i};{i + 1},{i % 900 + 100}" for i in range(N))]).encode(),
        {},
        ["line 2", "column 'x'", "'1,100' could be 1.100 or 1100", "decimal point"],
    ),
    "too many fields": (
        "a.csv",
        table(change={9: "0.7,1,2,3"}),
        {},
        ["line 9", "4 fields", "has 3", "Correct the line"],
    ),
    "too few fields": ("a.csv", table(change={9: "0.7,1"}), {}, ["line 9", "2 fields", "has 3"]),
    "ragged white space": (
        "a.dat",
        table(header="1 2 3", lines=[line.replace(",", "  ") for line in GOOD], change={9: "0.7  1"}),
        {},
        ["line 9", "2 fields", "3", "white space"],
    ),
    "quote never closed": ("a.csv", table(change={9: '0.7,"1,2'}), {}, ["line 9", "quotation mark", "Close it"]),
    "nothing in the column asked for": (
        "a.csv",
        table(lines=[f"{i},{i * i % 7}," for i in range(N)]),
        {"columns": ["y"]},
        ["column 'y'", "no value at all", "Choose another column"],
    ),
    "all missing": ("a.csv", table(header="t,x", lines=[f"{i},NA" for i in range(N)]), {}, ["'x'", "no value at all"]),
    "all constant": ("a.csv", table(header="t,x", lines=[f"{i},3.5" for i in range(N)]), {}, ["'x' is constant (3.5"]),
    "every column constant": (
        "a.csv",
        table(lines=[f"{i},3.5,2" for i in range(N)]),
        {},
        ["all columns (x, y) are constant"],
    ),
    "too few rows": ("a.csv", table(lines=GOOD[:7]), {}, ["7 rows are too few", "at least 10"]),
    "infinite value": (
        "a.csv",
        table(change={30: "2.8,inf,0"}),
        {},
        ["line 30", "column 'x'", "infinite", "leave the cell empty"],
    ),
    "only text": ("a.csv", table(lines=["a,b,c"] * N), {}, ["no column of numbers", "t, x, y", "delimiter"]),
    "prose": (
        "a.txt",
        b"This is a letter.\n" + b"It has no numbers in it\nat all.\n" * 9,
        {},
        ["no table of numbers", "commas"],
    ),
    "time column not found": (
        "a.csv",
        table(header="time,x,y"),
        {"time_column": "tme"},
        ["'tme'", "Did you mean 'time'?"],
    ),
    "column not found": (
        "a.csv",
        table(header="t,speed,y"),
        {"columns": ["sped"]},
        ["'sped'", "Did you mean 'speed'?"],
    ),
    "input not found": (
        "a.csv",
        table(header="t,x,valve"),
        {"inputs": ["vlave"]},
        ["'vlave'", "Did you mean 'valve'?"],
    ),
    "duplicated names": ("a.csv", table(header="t,x,x"), {}, ["line 1", "columns 2 and 3", "'x'", "Rename"]),
    "equal times": (
        "a.csv",
        table(lines=[f"5,{i},{i * i}" for i in range(N)]),
        {"time_column": "t"},
        ["'t'", "equal (5)"],
    ),
    "time asked for is text": (
        "a.csv",
        table(lines=[f"{i},{i * i},run{i}" for i in range(N)]),
        {"time_column": "y"},
        ["line 2", "column 'y'", "'run0' is not a date", "2001-12-31"],
    ),
    "impossible date": (
        "a.csv",
        table(
            header="date,x", lines=[f"2001-01-{i + 1:02d},{i * i % 5}" for i in range(28)], change={9: "2001-02-31,1"}
        ),
        {},
        ["line 9", "column 'date'", "2001-02-31", "Correct it"],
    ),
    "rows without a time": (
        "a.csv",
        table(header="date,x", lines=[f"2001-01-{i + 1:02d},{i % 5}" if i % 3 else f",{i % 5}" for i in range(28)]),
        {},
        ["line 2", "10 rows of 28 have no time", "'date'"],
    ),
    "several runs": (
        "a.csv",
        table(lines=GOOD[:30] + GOOD[:30]),
        {"time_column": "t"},
        ["line 32", "2 separate runs", "own file"],
    ),
    "stacked series": (
        "a.csv",
        table(header="year,x", lines=[f"{1900 + i // 3},{i * i % 11}" for i in range(N)]),
        {"time_column": "year"},
        ["'year'", "up to 3 times", "one column a series"],
    ),
    "a time out of all proportion": (
        "a.csv",
        table(change={N + 1: "1e9,0.1,0.2"}),
        {"time_column": "t"},
        ["line 61", "steps of 0.1", "column than 't'"],
    ),
    "only a time column": (
        "a.csv",
        table(header="t,t2", lines=[f"{i},2" for i in range(N)]),
        {"columns": ["t2"]},
        ["constant"],
    ),
    "complex npy": ("a.npy", npy(WAVE + 1j), {}, ["complex", "real and the imaginary part"]),
    "object npy": (
        "a.npy",
        npy(np.array([1, "a", None], dtype=object), allow_pickle=True),
        {},
        ["Python objects", "astype(float)"],
    ),
    "3-D npy": ("a.npy", npy(np.zeros((20, 3, 2))), {}, ["20x3x2", "(rows, columns)", "Reshape"]),
    "0-D npy": ("a.npy", npy(np.array(1.0)), {}, ["single number"]),
    "text npy": ("a.npy", npy(np.array(["a", "b"])), {}, ["dtype <U1", "numbers"]),
    "transposed npy": (
        "a.npy",
        npy(np.random.default_rng(0).normal(size=(3, 500))),
        {},
        ["3 rows are too few", "transpose"],
    ),
    "infinite npy": ("a.npy", npy(np.where(np.arange(N) == 5, np.inf, WAVE)), {}, ["row 5", "column 1", "infinite"]),
    "damaged npy": ("a.npy", npy(WAVE)[:100], {}, ["not a readable numpy file", "Save it again"]),
    "several arrays": ("a.npz", npz(u=WAVE, v=WAVE), {}, ["2 arrays", "'u' (60,)", "columns=['u']"]),
    "several arrays, wrong name": ("a.npz", npz(speed=WAVE, v=WAVE), {"columns": "sped"}, ["Did you mean 'speed'?"]),
    "empty npz": ("a.npz", npz(), {}, ["no array"]),
    "damaged npz": ("a.npz", npz(u=WAVE)[:200], {}, ["not a readable numpy file"]),
    "damaged parquet": ("a.parquet", cut_to(parquet(FRAME), 300), {}, ["not a readable Parquet file", "again"]),
    "damaged netcdf": ("a.nc", b"\x89HDF\r\n\x1a\n" + b"\x00" * 200, {}, ["not a readable NetCDF file", "again"]),
    "text called netcdf": ("a.nc", table(), {}, ["not a readable NetCDF file"]),
    "damaged gzip": ("a.csv.gz", gzip.compress(table())[:200], {}, ["gzip file is damaged"]),
    "EBCDIC": ("a.csv", table().decode().encode("cp037"), {}, ["not"]),
    "cut off in the middle of UTF-16": (
        "a.csv",
        table().decode().encode("utf-16")[:-1],
        {},
        ["begins as UTF-16", "cut off", "UTF-8"],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_bad_file_gets_its_sentence(kind, tmp_path):
    name, content, arguments, fragments = KINDS[kind]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read(path, **arguments)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))  # which file
    assert message.endswith((".", "?"))
    assert len(message) - len(str(path)) < 420
    for fragment in fragments:
        assert fragment in message
    assert caught.value.__cause__ is None  # no parser's own words shine through
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_missing_file_suggests_its_neighbour(tmp_path):
    (tmp_path / "recording.csv").write_bytes(table())
    with pytest.raises(DataError, match=r"no such file.*Did you mean 'recording.csv'\?"):
        read(tmp_path / "recordng.csv")
    with pytest.raises(DataError, match="no such file"):
        read(tmp_path / "nowhere" / "a.csv")


def test_directory_and_address(tmp_path):
    with pytest.raises(DataError, match="this is a directory"):
        read(tmp_path)
    with pytest.raises(DataError, match="Download the file first"):
        read("https://example.org/a.csv")


def test_ambiguous_days_and_months_are_refused(tmp_path):
    path = tmp_path / "a.csv"  # 01/02, 03/04 ... : equally even read either way
    lines = [f"{d:02d}/{d:02d}/{2000 + d},{d % 3}" for d in range(1, 13)]
    path.write_bytes(table(header="date,x", lines=lines))
    read(path)  # the same day either way: no ambiguity
    lines = ["01/02/2001", "02/01/2001"] * 6
    path.write_bytes(table(header="date,x", lines=[f"{d},{i}" for i, d in enumerate(lines)]))
    with pytest.raises(DataError, match=r"line 2, column 'date': it is unclear.*2001-12-31"):
        read(path)


def test_netcdf_without_a_series_in_time(tmp_path):
    path = tmp_path / "a.nc"
    field = xr.Dataset({"sst": (("time", "lat", "lon"), np.zeros((20, 9, 9)))})
    path.write_bytes(netcdf(tmp_path, field))
    with pytest.raises(DataError, match=r"no series along the dimension 'time'.*'sst' is a field .*Choose points"):
        read(path)
    path.write_bytes(netcdf(tmp_path, xr.Dataset({"a": (("lat", "lon"), np.zeros((20, 9)))})))
    with pytest.raises(DataError, match=r"which dimension is time.*lat \(20\), lon \(9\)"):
        read(path)


def test_misuse_of_arguments(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(table())
    with pytest.raises(CocycleError, match="names 'x' twice"):
        read(path, columns=["x", "x"])
    with pytest.raises(CocycleError, match="as a state and as an input"):
        read(path, columns=["x"], inputs=["x"])
    with pytest.raises(CocycleError, match="`columns` is empty"):
        read(path, columns=[])
    with pytest.raises(CocycleError, match="max_rows"):
        read(path, max_rows=3)
    with pytest.raises(CocycleError, match="read_frame"):
        read(FRAME)


def _never_anything_else(path, **arguments):
    """A finite, evenly sampled record, or a `CocycleError` of one line."""
    try:
        found = read(path, **arguments)
    except CocycleError as error:
        assert "\n" not in str(error)
        return
    assert isinstance(found, Trajectory)
    assert np.isfinite(found.states).all() and np.isfinite(found.times).all()
    assert found.dt > 0 and len(found) >= 10


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.sampled_from(
    [
        "",
        "1",
        "-2.5",
        "3e4",
        "inf",
        "NaN",
        "x",
        "2001-01-01",
        "12:30",
        "1,5",
        '"',
        "'",
        "1_0",
        "1d3",
        "#",
        "-999",
        "é",
        "0x10",
        "1e999",
    ]
)


@FUZZ
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=30), st.sampled_from(",;\t |"))
def test_no_text_whatever_gives_another_error(tmp_path, rows, delimiter):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")
    _never_anything_else(path)


@FUZZ
@given(st.lists(st.tuples(st.integers(0, 40), CELLS), max_size=6), st.integers(0, 2), st.sampled_from(",;\t |"))
def test_no_damage_to_a_good_table_gives_another_error(tmp_path, changes, column, delimiter):
    rows = [line.split(",") for line in GOOD]
    for row, cell in changes:
        rows[row][column] = cell
    path = tmp_path / "a.csv"
    path.write_text(
        "t,x,y\n".replace(",", delimiter) + "\n".join(delimiter.join(row) for row in rows), encoding="utf-8"
    )
    _never_anything_else(path)


@FUZZ
@given(st.binary(min_size=1, max_size=400), st.sampled_from(["csv", "npy", "npz", "parquet", "nc", "csv.gz"]))
def test_no_bytes_whatever_give_another_error(tmp_path, content, ending):
    path = tmp_path / f"a.{ending}"
    path.write_bytes(content)
    _never_anything_else(path)


WHOLE = {
    "npy": npy(WAVE),
    "npz": npz(u=WAVE),
    "parquet": parquet(FRAME),
    "csv.gz": gzip.compress(table()),
}


@FUZZ
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1), st.binary(max_size=8), st.booleans())
def test_no_damage_to_a_binary_file_gives_another_error(tmp_path, ending, where, patch, cut):
    content = WHOLE[ending]
    at = int(where * len(content))
    path = tmp_path / f"a.{ending}"
    path.write_bytes(content[:at] + patch + (b"" if cut else content[at + len(patch) :]) or b"x")
    _never_anything_else(path)
