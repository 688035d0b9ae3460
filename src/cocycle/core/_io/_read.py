"""`read` and `read_frame`: a recording from a file or a DataFrame, checked, and repaired where that is safe."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cocycle.core._errors import CocycleError, DataError
from cocycle.core._trajectory import Trajectory

from ._dates import TimeAxis
from ._export import restored_frame, to_dataframe
from ._formats import load_table, table_of_frame
from ._grid import SHORTEST, Grid, fill_and_cut, merge, on_grid, split_future, thin
from ._reshape import members, unstack_months
from ._table import Table, listed, numeric_column, plural
from ._times import find_time

__all__ = ["read", "read_episodes", "read_frame"]

_SHORT = 50


def read(
    path: Any,
    *,
    columns: Sequence[str] | str | None = None,
    time_column: str | bool | None = None,
    inputs: Sequence[str] | str | None = None,
    max_rows: int | None = None,
) -> Trajectory:
    """Read a recording from a file.

    Formats by ending: text tables (`.csv`, `.tsv`, `.txt`, `.dat`, also `.gz`; delimiter, header, decimal comma and
    encoding are found), `.parquet`, `.nc` (NetCDF), `.npy`, `.npz`.

    **Arguments**

    - `columns`: which columns are the state, in this order; default all that hold numbers.
    - `time_column`: which column holds the times (numbers or dates); default found. `False`: there is none, the
      samples are numbered.
    - `inputs`: columns that are known inputs; they become `trajectory.inputs`. Rows at the end that hold inputs only
      are their known future: `meta["future_inputs"]`, a dict of `after` (the last time) and `values`.
    - `max_rows`: keep at most this many samples; default all. Smooth recordings are thinned, others cut.

    **Returns** a `Trajectory` with equally spaced times. What was assumed and repaired is in `meta["notes"]`, one
    sentence each: sorted or averaged rows, filled holes (also marked in `mask`), columns left out. Monthly, quarterly
    and yearly dates become calendar years (`1749.5`); other dates become days, hours, minutes or seconds since
    `meta["date_origin"]` (`cocycle.core.dates` gives the dates back). Further keys: `file`, `sha256`, `format`,
    `time_unit`, `time_column`, `time_reason`, `delimiter`, `header`, `decimal`, `encoding`, `rows`.

    **Fails** with a `DataError` that names the file, the row as the file counts it, the column and the remedy.
    """
    columns, inputs = _name_list(columns, "columns"), _name_list(inputs, "inputs")
    loaded = _open(path, columns, time_column, inputs, max_rows)
    if isinstance(loaded, Trajectory):
        return loaded
    return assemble(loaded, columns, time_column, inputs, max_rows)


def _open(path, columns, time_column, inputs, max_rows) -> Table | Trajectory:
    """The table in a file, or the trajectory if cocycle wrote it."""
    if not isinstance(path, (str, Path)) and not hasattr(path, "__fspath__"):
        raise CocycleError(f"read takes a path; got {type(path).__name__}. For a DataFrame use `read_frame`.")
    source = str(path)
    location = Path(path)
    raw = _bytes(location, source)
    loaded = load_table(location, raw, source, columns, inputs)
    facts = {"file": source, "sha256": hashlib.sha256(raw).hexdigest()}
    if isinstance(loaded, Trajectory):  # written by cocycle: nothing to guess
        if time_column is None and inputs is None and max_rows is None:
            loaded = loaded if columns is None else loaded.select(columns)
            return dataclasses.replace(loaded, meta={**loaded.meta, **facts})
        loaded = table_of_frame(to_dataframe(loaded), source)
    loaded.facts.update(facts)
    return loaded


def read_frame(
    frame: Any,
    *,
    columns: Sequence[str] | str | None = None,
    time_column: str | bool | None = None,
    inputs: Sequence[str] | str | None = None,
    max_rows: int | None = None,
) -> Trajectory:
    """A recording from a pandas DataFrame or Series, with the same checks and repairs as `read`.

    A named or dated index is a column like the others. A frame made by `to_dataframe` comes back exactly.
    Rows are counted from 0, as pandas does.
    """
    columns, inputs = _name_list(columns, "columns"), _name_list(inputs, "inputs")
    loaded = _open_frame(frame, columns, time_column, inputs, max_rows)
    if isinstance(loaded, Trajectory):
        return loaded
    return assemble(loaded, columns, time_column, inputs, max_rows)


def _open_frame(frame, columns, time_column, inputs, max_rows) -> Table | Trajectory:
    """The table in a frame, or the trajectory if cocycle made it."""
    import pandas as pd

    if isinstance(frame, pd.Series):
        frame = frame.to_frame(name=frame.name if frame.name is not None else "x0")
    if not isinstance(frame, pd.DataFrame):
        raise CocycleError(f"read_frame takes a pandas DataFrame or Series; got {type(frame).__name__}.")
    if columns is None and time_column is None and inputs is None and max_rows is None:
        exact = restored_frame(frame)
        if exact is not None:
            return exact
    return table_of_frame(frame, "the DataFrame", first_row=0)


def read_episodes(
    source: Any,
    *,
    columns: Sequence[str] | str | None = None,
    time_column: str | bool | None = None,
    inputs: Sequence[str] | str | None = None,
    episode: str | None = None,
) -> list[Trajectory]:
    """All unbroken stretches of a recording, in order, where `read` keeps the longest only.

    **Arguments**: `source`, a path or a DataFrame; `columns`, `time_column`, `inputs` as for `read`; `episode`: a
    column that tells the runs in one table apart (a number or name of the trial), whose times may each start anew.

    A hole of more than five samples ends an episode. Episodes under 10 samples, or 5 % of the longest, are left out,
    and a note says so. The members of an ensemble are episodes too.
    """
    columns, inputs = _name_list(columns, "columns"), _name_list(inputs, "inputs")
    from_file = isinstance(source, (str, Path)) or hasattr(source, "__fspath__")
    loaded = (_open if from_file else _open_frame)(source, columns, time_column, inputs, None)
    if isinstance(loaded, Trajectory):
        if episode is None:
            return _members_of(loaded)
        loaded = table_of_frame(to_dataframe(loaded), str(source))
    if episode is None:
        found = _parts(loaded, columns, time_column, inputs, None, every=True)
        return _members_of(found) if isinstance(found, Trajectory) else _trajectories(loaded, [found])
    name = loaded.find(episode, "episode")
    labels = np.asarray([str(v) for v in loaded.column(name)])
    rest = loaded.without([name])
    runs = [rest.take(np.flatnonzero(labels == label)) for label in dict.fromkeys(labels)]
    found = [_parts(runs[0], columns, time_column, inputs, None, every=True)]
    if time_column is None:  # the same for all runs: one of them alone may look different
        axis = found[0].axis  # type: ignore[union-attr]  # a table without `member` holds no ensemble
        time_column = False if axis is None else axis.columns[0] if len(axis.columns) == 1 else None
    found += [_parts(run, columns, time_column, inputs, None, every=True) for run in runs[1:]]
    loaded.notes.insert(0, f"Column {name!r} tells {plural(len(runs), 'run')} apart.")
    return _trajectories(rest, found)  # type: ignore[arg-type]


def _members_of(run: Trajectory) -> list[Trajectory]:
    if not run.is_ensemble:
        return [run]
    return [Trajectory(run.times, states, variables=run.variables, meta=run.meta) for states in run.states]


def _bytes(location: Path, source: str) -> bytes:
    if source.startswith(("http://", "https://", "s3://", "ftp://")):
        raise DataError(f"{source}: only local files are read. Download the file first.")
    if location.is_dir():
        raise DataError(f"{source}: this is a directory. Name a file in it.")
    if not location.exists():
        near = ""
        if location.parent.is_dir():
            from cocycle.core._errors import suggestion

            near = suggestion(location.name, [p.name for p in location.parent.iterdir() if p.is_file()])
        raise DataError(f"{source}: there is no such file. Check the path.{near}")
    try:
        raw = location.read_bytes()
    except OSError as error:
        raise DataError(f"{source}: the file cannot be read ({error.strerror}). Check its permissions.") from None
    if not raw.strip():
        raise DataError(f"{source}: the file is empty. Check that it was written completely.")
    return raw


def _name_list(names: Any, argument: str) -> list[str] | None:
    if names is None:
        return None
    out = [names] if isinstance(names, str) else [str(n) for n in names]
    if not out:
        raise CocycleError(f"`{argument}` is empty. Name at least one column, or leave it out.")
    if len(set(out)) < len(out):
        twice = next(n for n in out if out.count(n) > 1)
        raise CocycleError(f"`{argument}` names {twice!r} twice. Name each column once.")
    return out


# -- from a table to a trajectory -----------------------------------------------------------------------------------


class _Parts(NamedTuple):
    """What a table holds. The columns of the `grids` are the states `names`, then the inputs `input_names`."""

    axis: TimeAxis | None
    names: list[str]
    input_names: list[str]
    grids: list[Grid]
    future: np.ndarray  # inputs known after the end, (samples, inputs)
    complete: bool  # whether the last grid ends where the recording does
    total: int


def assemble(
    table: Table,
    columns: list[str] | None,
    time_column: str | bool | None,
    inputs: list[str] | None,
    max_rows: int | None,
) -> Trajectory:
    """The trajectory in a table."""
    found = _parts(table, columns, time_column, inputs, max_rows)
    return found if isinstance(found, Trajectory) else _trajectories(table, [found])[0]


def _parts(table, columns, time_column, inputs, max_rows, every=False) -> _Parts | Trajectory:
    """The unbroken stretches in a table (the longest, or `every`), or the ensemble that it holds."""
    if max_rows is not None and max_rows < SHORTEST:
        raise CocycleError(f"`max_rows` must be at least {SHORTEST}; got {max_rows}.")
    if not len(table):
        raise table.error("there are no rows of data.")
    total = len(table)
    table = unstack_months(table, time_column)
    axis = find_time(table, time_column)
    if columns is None and inputs is None and max_rows is None and axis is not None:
        ensemble = members(table, axis)
        if ensemble is not None:
            times, states, variables = ensemble
            return Trajectory(times, states, variables=variables, meta=_meta(table, axis, [], total))
    names, input_names = _choose(table, axis, columns, inputs)
    states, names = _matrix(table, names, columns is not None)
    driven = _input_matrix(table, input_names)
    mask_column = _mask_column(table, columns, inputs)
    values = np.hstack([states, driven]) if input_names else states
    if mask_column is not None:
        values = np.where(mask_column[:, None] > 0.5, values, np.nan)
    if len(table) < SHORTEST:
        hint = " If each row is a series, transpose the table." if values.shape[1] > 3 * len(table) else ""
        raise table.error(f"{plural(len(table), 'row')} are too few; at least {SHORTEST} are needed.{hint}")
    values, names = _drop_sparse(table, values, names, columns is not None)
    if axis is None:
        times, rows = np.arange(len(table), dtype=float), table.rows
    else:
        times, values, rows = merge(table, axis, values)
        present = np.isfinite(values).any(axis=1)
        if not present.all() and present.sum() >= SHORTEST:  # empty rows are holes; the grid finds them again
            empty = int(np.argmin(present))
            table.notes.append(
                f"{plural(int((~present).sum()), 'row')} without any value left out (the first is {table.word} "
                f"{rows[empty]})."
            )
            times, values, rows = times[present], values[present], rows[present]
    grid, future = split_future(table, on_grid(table, axis, times, values, rows), len(names))
    grids = fill_and_cut(table, grid, [*names, *input_names], every=every)
    complete = bool(grids[-1].times[-1] == grid.times[-1])
    if max_rows is not None:
        grids = [thin(table, grids[0], max_rows)]
        complete = False  # the future of the inputs has the steps of the file
    n = max(g.times.size for g in grids)
    if n < SHORTEST:
        raise table.error(f"only {plural(n, 'sample')} in a row can be used; at least {SHORTEST} are needed.")
    if n < _SHORT:
        table.notes.append(f"The recording is short ({n} samples): most estimates from it will be uncertain.")
    return _Parts(axis, names, input_names, grids, future, complete, total)


def _trajectories(table: Table, parts: list[_Parts]) -> list[Trajectory]:
    """The stretches of one or several runs, less the columns that are constant in all of them."""
    first = parts[0]
    for other in parts[1:]:
        if other.names != first.names:
            raise table.error(
                f"the runs do not have the same columns: {listed(first.names)} in the first, {listed(other.names)} in "
                "another. Choose columns that all have."
            )
    every = np.concatenate([g.values[:, : len(first.names)] for part in parts for g in part.grids])
    keep = _moving(table, every, first.names)
    out = []
    for part in parts:
        n_states = len(part.names)
        for grid in part.grids:
            times = grid.times / 12 if part.axis is not None and part.axis.calendar == "months" else grid.times
            meta = _meta(table, part.axis, part.input_names, part.total)
            if grid is part.grids[-1] and part.complete and len(part.future):
                meta["future_inputs"] = {"after": float(times[-1]), "values": part.future.tolist()}
            run = Trajectory(
                times,
                grid.values[:, keep],
                inputs=grid.values[:, n_states:] if part.input_names else None,
                mask=None if grid.measured.all() else grid.measured,
                variables=tuple(part.names[j] for j in keep),
                meta=meta,
            )
            out.append(run)
    return out


def _meta(table: Table, axis: TimeAxis | None, input_names: list[str], total: int) -> dict[str, Any]:
    meta = dict(table.facts)
    meta["rows"] = total
    if axis is None:
        meta |= {"time_unit": "samples", "time_column": None, "time_reason": "no time column; the samples are numbered"}
    else:
        joined = " and ".join(axis.columns)
        meta |= {
            "time_unit": axis.unit,
            "time_column": joined,
            "time_reason": f"{joined!r} holds the times: {axis.why}",
        }
        if axis.origin:
            meta["date_origin"] = axis.origin
        if axis.calendar:
            meta["calendar"] = axis.calendar
    if input_names:
        meta["inputs"] = tuple(input_names)
    meta["notes"] = list(table.notes)
    return meta


def _choose(table, axis, columns, inputs) -> tuple[list[str], list[str]]:
    input_names = [table.find(name, "inputs") for name in inputs or []]
    if columns is not None:
        names = [table.find(name, "columns") for name in columns]
        both = [n for n in names if n in input_names]
        if both:
            raise CocycleError(f"Column {both[0]!r} is named as a state and as an input. Name it once.")
    else:
        taken = {*input_names, *(axis.columns if axis else ())}
        names = [n for n in table.names if n not in taken and not _is_mask(table, n)]
    if not names:
        raise table.error(
            f"there is no column besides the time column {'/'.join(axis.columns) if axis else ''!r}. If that column is "
            "the recording itself, say time_column=False."
        )
    return names, input_names


def _matrix(table: Table, names: list[str], requested: bool) -> tuple[np.ndarray, list[str]]:
    out, kept = [], []
    for name in names:
        values = numeric_column(table, name, requested=requested)
        if values is None:
            continue
        if not np.isfinite(values).any():
            if requested or len(names) == 1:
                raise table.error("this column holds no value at all. Choose another column.", column=name)
            table.notes.append(f"Column {name!r} holds no value at all; it was left out.")
            continue
        out.append(values)
        kept.append(name)
    if not out:
        raise table.error(
            f"there is no column of numbers to study; the columns are {listed(table.names)}. Check the delimiter and "
            "the decimal sign."
        )
    return np.stack(out, axis=1), kept


def _input_matrix(table: Table, names: list[str]) -> np.ndarray:
    out = [numeric_column(table, name, requested=True) for name in names]
    for name, values in zip(names, out, strict=True):
        assert values is not None
        if not np.isfinite(values).any():
            raise table.error("this input holds no value at all.", column=name)
    return np.stack([v for v in out if v is not None], axis=1) if out else np.empty((len(table), 0))


def _is_mask(table: Table, name: str) -> bool:
    """`to_csv` writes a recording's mask as a column of this name."""
    if name != "mask":
        return False
    values = table.column(name)
    return values.dtype.kind == "f" and bool(np.isin(values, (0.0, 1.0)).all())


def _mask_column(table: Table, columns, inputs) -> np.ndarray | None:
    if (
        "mask" in (columns or [])
        or "mask" in (inputs or [])
        or "mask" not in table.names
        or not _is_mask(table, "mask")
    ):
        return None
    table.notes.append("Column 'mask' says which samples were measured (1) and which were not (0).")
    return table.column("mask")


def _drop_sparse(table, values, names, requested):
    """A column with few values would cost most rows; it goes first, unless it was asked for."""
    share = np.isfinite(values).mean(axis=0)
    best = share.max()
    sparse = [j for j in range(len(names)) if share[j] < 0.5 * best]
    if sparse and len(sparse) < len(names):
        if requested:
            name = names[sparse[0]]
            raise table.error(
                f"this column has a value in only {100 * share[sparse[0]]:.0f} % of the rows, so it cannot be studied "
                "together with the others. Choose it alone, or leave it out.",
                column=name,
            )
        for j in sparse:
            table.notes.append(
                f"Column {names[j]!r} has a value in only {100 * share[j]:.0f} % of the rows; it was left out."
            )
        keep = [j for j in range(values.shape[1]) if j not in sparse]
        values, names = values[:, keep], [n for j, n in enumerate(names) if j not in sparse]
    return values, names


def _moving(table: Table, states: np.ndarray, names: list[str]) -> np.ndarray:
    """Which columns are not constant."""
    half_spread = states.max(axis=0) / 2 - states.min(axis=0) / 2  # halves: the difference itself could overflow
    flat = half_spread <= 0.5e-14 * np.abs(states).max(axis=0)
    if flat.all():
        one = f"column {names[0]!r} is constant ({states[0, 0]:g} in every row)"
        what = one if len(names) == 1 else f"all columns ({listed(names)}) are constant"
        raise table.error(f"{what}, so there is no motion to study. Choose another column.")
    for j in np.flatnonzero(flat):
        table.notes.append(f"Column {names[j]!r} is constant ({states[0, j]:g}); it was left out.")
    return np.flatnonzero(~flat)
