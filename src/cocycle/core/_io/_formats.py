"""Files of every format to a `Table`. Whatever a parser may raise leaves here as one sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cocycle.core._errors import DataError
from cocycle.core._trajectory import Trajectory

from ._export import is_native, restored_dataset, restored_frame
from ._table import Table, is_missing, listed
from ._text import parse_text

__all__ = ["load_table", "table_of_dataset", "table_of_frame"]

_TEXT = (".csv", ".tsv", ".txt", ".dat", ".tab", ".asc", ".data")
_NETCDF = (".nc", ".nc4", ".cdf", ".netcdf")
_PARQUET = (".parquet", ".pq")
_MAGIC = (
    (b"PAR1", "a Parquet file", ".parquet"),
    (b"\x89HDF", "an HDF5 or NetCDF-4 file", ".nc"),
    (b"CDF", "a NetCDF file", ".nc"),
    (b"\x93NUMPY", "a numpy file", ".npy"),
    (b"PK\x03\x04", "a zip, xlsx or npz file", None),
    (b"%PDF", "a PDF file", None),
)
_REMEDY = {
    ".xlsx": "Save the sheet as CSV.",
    ".xls": "Save the sheet as CSV.",
    ".ods": "Save the sheet as CSV.",
    ".mat": "Export the variables as CSV, or with scipy.io.loadmat and numpy.save.",
    ".json": "Convert it to CSV, or load it with pandas and use `read_frame`.",
    ".h5": "Export the columns as NetCDF or Parquet.",
    ".hdf5": "Export the columns as NetCDF or Parquet.",
    ".pkl": "Pickle files can run code and are not read; save the array with numpy.save.",
    ".zip": "Unpack it and name the file inside.",
}
_WIDEST = 64  # entries of a second dimension that become columns


def load_table(path: Path, raw: bytes, source: str, columns: list[str] | None, inputs: list[str] | None) -> Any:
    """The table in a file; a `Trajectory` if cocycle wrote the file as NetCDF or Parquet."""
    suffix = path.suffix.lower()
    packed = suffix == ".gz"
    if packed:
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(f"{source}: the gzip file is damaged ({error}). Copy or download it again.") from None
        suffix = Path(path.stem).suffix.lower()
        if not raw.strip():
            raise DataError(f"{source}: the file is empty. Check that it was written completely.")
    reader = _reader(suffix)
    if reader is None:
        known = ", ".join((*_TEXT, *_PARQUET[:1], _NETCDF[0], ".npy", ".npz"))
        remedy = _REMEDY.get(suffix, "If it is a text table, rename it to end in .csv.")
        what = f"files ending in {suffix!r} are not read" if suffix else "the name has no ending that tells the format"
        raise DataError(f"{source}: {what} (known: {known}, .csv.gz). {remedy}")
    for magic, kind, ending in _MAGIC:
        if raw.startswith(magic) and reader is _text:
            remedy = f"Rename it to end in {ending}." if ending else "Export it as CSV."
            raise DataError(f"{source}: this is {kind}, not text. {remedy}")
    table = reader(raw, source, columns, inputs)
    if isinstance(table, Table):
        table.facts["format"] = suffix.lstrip(".") + (" (gzip)" if packed else "")
    return table


def _reader(suffix: str) -> Callable[..., Any] | None:
    for endings, reader in (
        (_TEXT, _text),
        (_PARQUET, _parquet),
        (_NETCDF, _netcdf),
        ((".npy",), _npy),
        ((".npz",), _npz),
    ):
        if suffix in endings:
            return reader
    return None


def _text(raw: bytes, source: str, columns, inputs) -> Table:
    del columns, inputs
    return parse_text(raw, source)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0].split(". ")[0][:120] if lines else type(error).__name__).rstrip(".")


# -- tables ---------------------------------------------------------------------------------------------------------


def _parquet(raw: bytes, source: str, columns, inputs) -> Table | Trajectory:
    import pandas as pd

    del columns, inputs
    try:
        frame = pd.read_parquet(io.BytesIO(raw), engine="pyarrow")
    except Exception as error:  # pyarrow raises its own family, OSError and ValueError
        raise DataError(
            f"{source}: this is not a readable Parquet file ({_first_line(error)}). Write or download it again."
        ) from None
    return restored_frame(frame) or table_of_frame(frame, source, first_row=1)


def table_of_frame(frame: Any, source: str, first_row: int = 0) -> Table:
    """A DataFrame as a table; a named or dated index becomes a column."""
    import pandas as pd

    frame = _index_as_columns(frame)
    names = ["_".join(map(str, c)) if isinstance(c, tuple) else str(c) for c in frame.columns]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        where = [i + 1 for i, n in enumerate(names) if n == twice[0]]
        raise DataError(
            f"{source}: columns {' and '.join(map(str, where[:2]))} are both called {twice[0]!r}. Rename one of them."
        )
    if not names or not len(frame):
        raise DataError(
            f"{source}: the table has {len(names)} columns and {len(frame)} rows; there is nothing to read."
        )
    notes: list[str] = []
    facts: dict[str, Any] = {}
    values = [_cells(pd, frame.iloc[:, j], names[j], source, notes, facts) for j in range(len(names))]
    return Table(source, names, values, np.arange(len(frame)) + first_row, "row", notes, facts)


def _index_as_columns(frame: Any) -> Any:
    import pandas as pd

    index = frame.index
    if isinstance(index, pd.RangeIndex) and index.name is None:
        return frame
    if isinstance(index, pd.MultiIndex):
        names = [n if n is not None else f"level_{i}" for i, n in enumerate(index.names)]
    else:
        dated = isinstance(index, (pd.DatetimeIndex, pd.PeriodIndex, pd.TimedeltaIndex))
        names = [index.name if index.name is not None else "time" if dated else "index"]
    if any(n in frame.columns for n in names):
        return frame.reset_index(drop=True)
    return frame.reset_index(names=names)


def _cells(pd: Any, series: Any, name: str, source: str, notes: list[str], facts: dict[str, Any]) -> np.ndarray:
    dtype = series.dtype
    if isinstance(dtype, pd.PeriodDtype):
        series = series.dt.to_timestamp()
        dtype = series.dtype
    if isinstance(dtype, pd.DatetimeTZDtype):
        notes.append(f"The times in column {name!r} were converted to UTC.")
        series = series.dt.tz_convert("UTC").dt.tz_localize(None)
        dtype = series.dtype
    kind = getattr(dtype, "kind", "O")
    if kind == "M":
        return series.to_numpy().astype("datetime64[us]")
    if kind == "m":
        facts.setdefault("units", {})[name] = "s"
        return series.dt.total_seconds().to_numpy(dtype=float)
    if kind == "c":
        raise DataError(
            f"{source}, column {name!r}: the values are complex. Give the real and the imaginary part as two columns."
        )
    if kind in "biuf" and not isinstance(dtype, pd.CategoricalDtype):
        return series.to_numpy(dtype=float, na_value=np.nan)
    cells = np.array([None if c is pd.NaT or c is pd.NA or is_missing(c) else c for c in series], dtype=object)
    present = [c for c in cells if c is not None]
    if present and all(hasattr(c, "isoformat") for c in present):
        return np.array([None if c is None else c.isoformat() for c in cells], dtype=object)
    if all(isinstance(c, (int, float, np.number)) for c in present):
        return np.array([np.nan if c is None else float(c) for c in cells])
    return cells


# -- arrays ---------------------------------------------------------------------------------------------------------


def _npy(raw: bytes, source: str, columns, inputs) -> Table:
    del columns, inputs
    try:
        array = np.load(io.BytesIO(raw), allow_pickle=False)
    except Exception as error:
        raise _bad_numpy(error, source) from None
    if not isinstance(array, np.ndarray):
        raise DataError(f"{source}: this is an .npz archive. Rename it to end in .npz.")
    return _table_of_array(array, source, "the array")


def _bad_numpy(error: Exception, source: str, name: str = "") -> DataError:
    inside = f", array {name!r}" if name else ""
    if "pickle" in str(error).lower() and "allow_pickle" in str(error):
        return DataError(
            f"{source}{inside}: the array holds Python objects, which are not read because they can run code. Save it "
            "as numbers: numpy.save(path, array.astype(float))."
        )
    return DataError(f"{source}{inside}: this is not a readable numpy file ({_first_line(error)}). Save it again.")


def _table_of_array(array: np.ndarray, source: str, what: str) -> Table:
    if array.dtype.names and array.ndim == 1:
        import pandas as pd

        return table_of_frame(pd.DataFrame({n: array[n] for n in array.dtype.names}), source)
    array = _checked(array, source, what)
    if array.ndim == 1:
        array = array[:, None]
    names = [f"x{i}" for i in range(array.shape[1])]
    return Table(source, names, list(array.T.copy()), np.arange(array.shape[0]), "row", named=False)


def _checked(array: np.ndarray, source: str, what: str) -> np.ndarray:
    shape = "x".join(map(str, array.shape)) or "() (a single number)"
    if array.dtype.kind == "c":
        raise DataError(f"{source}: {what} is complex. Save the real and the imaginary part as two columns.")
    if array.dtype.kind not in "biuf":
        raise DataError(f"{source}: {what} has dtype {array.dtype}, not numbers. Save it as floating-point numbers.")
    if array.ndim == 0 or array.ndim > 2:
        raise DataError(
            f"{source}: {what} has shape {shape}; expected (rows,) or (rows, columns) with time along the rows. "
            + ("Reshape it: array.reshape(len(array), -1)." if array.ndim > 2 else "Save a series.")
        )
    if array.size == 0:
        raise DataError(f"{source}: {what} is empty (shape {shape}). Save it again with data.")
    return array.astype(float)


def _npz(raw: bytes, source: str, columns, inputs) -> Table:
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
            if not hasattr(archive, "files"):
                raise DataError(f"{source}: this is an .npy file. Rename it to end in .npy.")
            arrays = {}
            for name in archive.files:
                try:
                    arrays[name] = archive[name]
                except ValueError as error:
                    if name in (columns or archive.files[:1]) or len(archive.files) == 1:
                        raise _bad_numpy(error, source, name) from None
    except DataError:
        raise
    except (zipfile.BadZipFile, Exception) as error:
        raise _bad_numpy(error, source) from None
    if not arrays:
        raise DataError(f"{source}: the archive holds no array. Save it again: numpy.savez(path, x=array).")
    time = next(
        (n for n in arrays if n.lower() in ("time", "times", "t") and arrays[n].ndim == 1 and len(arrays) > 1), None
    )
    rest = [n for n in arrays if n != time]
    if len(rest) > 1:
        rest = _pick(arrays, rest, [*(columns or []), *(inputs or [])], source)
    length = len(np.atleast_1d(arrays[rest[0]]))
    table = Table(source, [], [], np.arange(length), "row")
    table.facts["arrays"] = list(arrays)
    for name in rest:
        part = _table_of_array(arrays[name], source, f"array {name!r}")
        if len(part) != length:
            raise DataError(
                f"{source}: arrays {rest[0]!r} and {name!r} have {length} and {len(part)} rows. Choose arrays of one "
                "length."
            )
        single = len(part.names) == 1
        table.names += (
            [name] if single else part.names if len(rest) == 1 else [f"{name}_{i}" for i in range(len(part.names))]
        )
        table.values += part.values
    if time is not None and len(arrays[time]) == length and time not in table.names:
        table.names.insert(0, time)
        table.values.insert(0, _checked(arrays[time], source, f"array {time!r}"))
    return table


def _pick(arrays: dict[str, np.ndarray], rest: list[str], wanted: list[str], source: str) -> list[str]:
    chosen = [n for n in rest if n in wanted]
    if chosen:
        return chosen
    shapes = listed([f"{n!r} {arrays[n].shape}" for n in rest])
    from cocycle.core._errors import suggestion

    near = suggestion(wanted[0], rest) if wanted else ""
    raise DataError(
        f"{source}: the archive holds {len(rest)} arrays ({shapes}), and none was chosen. Say which: "
        f"columns=[{rest[0]!r}].{near}"
    )


# -- NetCDF ---------------------------------------------------------------------------------------------------------


def _netcdf(raw: bytes, source: str, columns, inputs) -> Table | Trajectory:
    import warnings

    import xarray as xr

    del columns, inputs
    engine = "scipy" if raw.startswith(b"CDF") else "h5netcdf"
    notes: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            try:
                data = xr.load_dataset(io.BytesIO(raw), engine=engine, decode_timedelta=False)
            except ValueError as error:
                if "decode" not in str(error):
                    raise
                data = xr.load_dataset(io.BytesIO(raw), engine=engine, decode_times=False)
                notes.append("The calendar of the times is not supported; they were read as plain numbers.")
        except Exception as error:  # h5py, xarray and scipy raise many kinds
            raise DataError(
                f"{source}: this is not a readable NetCDF file ({_first_line(error)}). Write or download it again."
            ) from None
    if is_native(data):
        return restored_dataset(data)
    table = table_of_dataset(data, source, None)
    table.notes[:0] = notes
    return table


def table_of_dataset(data: Any, source: str, time: str | None) -> Table:
    """The variables of a Dataset along its time dimension as columns."""
    time = time or _time_dimension(data, source)
    names: list[str] = []
    values: list[np.ndarray] = []
    notes: list[str] = []
    facts: dict[str, Any] = {"units": {}}
    if time in data.coords and data[time].ndim == 1:
        names.append(time)
        values.append(_coordinate(data[time]))
        unit = str(data[time].attrs.get("units", data[time].attrs.get("time_unit", "")))
        if unit:
            facts["units"][time] = unit.split(" since ")[0]
    for name, variable in data.data_vars.items():
        if time not in variable.dims or variable.dtype.kind not in "biuf":
            if variable.ndim:
                notes.append(f"Variable {name!r} is not a series of numbers along {time!r}; it was left out.")
            continue
        variable = variable.squeeze([d for d in variable.dims if d != time and variable.sizes[d] == 1], drop=True)
        if variable.ndim == 1:
            names.append(str(name))
            values.append(variable.to_numpy().astype(float))
        elif variable.ndim == 2 and min(variable.sizes[d] for d in variable.dims if d != time) <= _WIDEST:
            other = next(d for d in variable.dims if d != time)
            labels = data[other].to_numpy() if other in data.coords else range(variable.sizes[other])
            block = variable.transpose(time, other).to_numpy().astype(float)
            names += [f"{name}_{label}" for label in labels]
            values += list(block.T)
        else:
            shape = ", ".join(f"{d}: {s}" for d, s in variable.sizes.items())
            notes.append(
                f"Variable {name!r} is a field ({shape}); it was left out. Choose points of it, or average it."
            )
    if len(names) <= (time in names):
        fields = " ".join(notes) or f"It holds: {listed(list(data.data_vars)) or 'nothing'}."
        raise DataError(f"{source}: there is no series along the dimension {time!r}. {fields}")
    if not facts["units"]:
        del facts["units"]
    return Table(source, names, values, np.arange(data.sizes[time]), "row", notes, facts)


def _time_dimension(data: Any, source: str) -> str:
    dims = [str(d) for d in data.sizes]
    dated = [d for d in dims if d in data.coords and data[d].dtype.kind == "M"]
    named = [d for d in dims if d.lower() in ("time", "t", "date", "times", "valid_time")]
    for candidates in (dated, named, dims):
        if len(candidates) == 1 or (candidates and candidates is not dims):
            return candidates[0]
    shown = ", ".join(f"{d} ({data.sizes[d]})" for d in dims) or "none"
    raise DataError(f"{source}: it is unclear which dimension is time; there are: {shown}. Rename it to 'time'.")


def _coordinate(variable: Any) -> np.ndarray:
    values = variable.to_numpy()
    if values.dtype.kind == "M":
        return values.astype("datetime64[us]")
    if values.dtype.kind == "m":
        return values.astype("timedelta64[us]").astype(float) / 1e6
    if values.dtype.kind in "biuf":
        return values.astype(float)
    return np.array([v.isoformat() if hasattr(v, "isoformat") else str(v) for v in values], dtype=object)
