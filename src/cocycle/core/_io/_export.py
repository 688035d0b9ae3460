"""Trajectories as pandas and xarray objects, and back without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from cocycle.core._errors import CocycleError, DataError
from cocycle.core._trajectory import Trajectory

from ._dates import dates

__all__ = ["from_xarray", "is_native", "restored_frame", "to_dataframe", "to_xarray"]

_LAYOUT, _META = "cocycle_layout", "cocycle_meta"  # attributes that make the way back exact


def to_dataframe(trajectory: Trajectory) -> Any:
    """A pandas DataFrame, one column a variable, indexed by `time`.

    Inputs follow as further columns, and a `mask` column (True: measured) if samples are missing. An ensemble has the
    index levels `member` and `time`. `frame.attrs` carries the provenance, so that `read_frame` restores all of it.
    """
    import pandas as pd

    states, times = np.asarray(trajectory.states), np.asarray(trajectory.times)
    inputs = _input_names(trajectory)
    taken = {*trajectory.variables, *inputs}
    time, member, mask = (_free(n, taken) for n in ("time", "member", "mask"))
    if trajectory.is_ensemble:
        batch = states.shape[0]
        index = pd.MultiIndex.from_product([range(batch), times], names=[member, time])
        columns = [states[..., j].ravel() for j in range(states.shape[2])]
    else:
        batch = 1
        index = pd.Index(times, name=time)
        columns = [states[:, j] for j in range(states.shape[1])]
    if trajectory.inputs is not None:
        driven = np.asarray(trajectory.inputs)
        columns += [np.tile(driven[:, j], batch) for j in range(driven.shape[1])]
    labels = [*trajectory.variables, *inputs]
    if trajectory.mask is not None:
        columns.append(np.tile(np.asarray(trajectory.mask, dtype=bool), batch))
        labels.append(mask)
    frame = pd.concat([pd.Series(c, index=index) for c in columns], axis=1)
    frame.columns = pd.Index(labels)
    layout = {"variables": list(trajectory.variables), "inputs": inputs}
    layout |= {"time": time, "member": member if trajectory.is_ensemble else None}
    layout["mask"] = mask if trajectory.mask is not None else None
    frame.attrs = {_LAYOUT: layout, _META: plain(trajectory.meta)}
    return frame


def restored_frame(frame: Any) -> Trajectory | None:
    """The trajectory from which `to_dataframe` made this frame; `None` if it did not, or if the frame was changed."""
    layout = frame.attrs.get(_LAYOUT)
    if not layout:
        return None
    flat = frame if layout["time"] in frame.columns else frame.reset_index()
    wanted = [*layout["variables"], *layout["inputs"], layout["time"], layout["member"], layout["mask"]]
    if not {w for w in wanted if w} <= set(flat.columns) or len(set(flat.columns)) < len(flat.columns):
        return None
    states = flat[layout["variables"]].to_numpy()
    times = flat[layout["time"]].to_numpy(dtype=float)
    driven = flat[layout["inputs"]].to_numpy() if layout["inputs"] else None
    mask = flat[layout["mask"]].to_numpy(dtype=bool) if layout["mask"] else None
    batch = flat[layout["member"]].nunique() if layout["member"] else 1
    if states.dtype.kind != "f" or not np.isfinite(states).all() or len(flat) % batch:
        return None
    size = len(flat) // batch
    if not (np.diff(times[:size]) > 0).all() or not (times.reshape(batch, size) == times[:size]).all():
        return None
    if layout["member"]:
        states = states.reshape(batch, size, -1)
    return Trajectory(
        times[:size],
        states,
        inputs=None if driven is None else driven[:size],
        mask=None if mask is None else mask[:size],
        variables=layout["variables"],
        meta=_meta_back(frame.attrs.get(_META, {})),
    )


def to_xarray(trajectory: Trajectory) -> Any:
    """An xarray Dataset with the dimension `time` (and `member` for an ensemble), one variable a column.

    Inputs are variables with the attribute `role = "input"`; missing samples give a boolean variable `mask`. Where the
    recording has dates, a coordinate `date` holds them. The provenance is in the attributes.
    """
    import xarray as xr

    states = np.asarray(trajectory.states)
    inputs = _input_names(trajectory)
    data: dict[str, Any] = {}
    taken = {"time", "member", "mask", "date"}
    layout: dict[str, Any] = {"variables": [], "inputs": []}

    def place(name: str, dims, values, role: str) -> None:
        stored = _free(name.replace("/", "_per_") or "unnamed", taken)
        taken.add(stored)
        data[stored] = (dims, values, {"long_name": name, "role": role})
        layout["variables" if role == "state" else "inputs"].append([stored, name])

    dims = ("member", "time") if trajectory.is_ensemble else ("time",)
    for j, name in enumerate(trajectory.variables):
        place(name, dims, states[..., j], "state")
    for j, name in enumerate(inputs):
        place(name, ("time",), np.asarray(trajectory.inputs)[:, j], "input")
    if trajectory.mask is not None:
        data["mask"] = (("time",), np.asarray(trajectory.mask, dtype=bool), {"long_name": "measured", "role": "mask"})
    unit = str(trajectory.meta.get("time_unit", ""))
    coords: dict[str, Any] = {"time": ("time", np.asarray(trajectory.times), {"long_name": "time", "time_unit": unit})}
    if trajectory.is_ensemble:
        coords["member"] = np.arange(states.shape[0])
    calendar = dates(trajectory)
    if calendar is not None:
        coords["date"] = ("time", calendar.astype("datetime64[us]"))
    meta = plain(trajectory.meta)
    attrs = {k: v for k, v in meta.items() if isinstance(v, (str, int, float)) and not isinstance(v, bool)}
    if meta.get("notes"):
        attrs["notes"] = "\n".join(meta["notes"])
    attrs |= {_LAYOUT: json.dumps(layout), _META: json.dumps(meta)}
    return xr.Dataset(data, coords=coords, attrs=attrs)


def from_xarray(data: Any, *, time: str = "time") -> Trajectory:
    """A recording from an xarray Dataset or DataArray with a time dimension.

    What `to_xarray` made comes back exactly (dimension `member`: an ensemble). Anything else is treated as a table,
    with the checks and repairs of `read`: variables along `time` are columns, a second dimension gives one column
    an entry.
    """
    import xarray as xr

    if isinstance(data, xr.DataArray):
        data = data.to_dataset(name=data.name if data.name is not None else "x0")
    if not isinstance(data, xr.Dataset):
        raise CocycleError(f"from_xarray takes an xarray Dataset or DataArray; got {type(data).__name__}.")
    if is_native(data):
        return restored_dataset(data)
    from ._formats import table_of_dataset
    from ._read import assemble

    if time not in data.dims:
        from cocycle.core._errors import suggestion

        raise DataError(
            f"the Dataset has no dimension {time!r}; it has: {', '.join(map(str, data.sizes))}. Say which one is time: "
            f"`from_xarray(data, time=...)`.{suggestion(time, map(str, data.sizes))}"
        )
    return assemble(table_of_dataset(data, "the Dataset", time), None, None, None, None)


def is_native(data: Any) -> bool:
    """Whether `to_xarray` made this Dataset."""
    return _LAYOUT in data.attrs and "time" in data.coords


def restored_dataset(data: Any) -> Trajectory:
    """The trajectory from which `to_xarray` made this Dataset."""
    layout = json.loads(data.attrs[_LAYOUT])
    missing = [stored for stored, _ in (*layout["variables"], *layout["inputs"]) if stored not in data]
    if missing:
        raise DataError(
            f"the Dataset says that it was written by cocycle but lacks the variable {missing[0]!r}. Drop the "
            f"attribute {_LAYOUT!r} to have it read as a plain table."
        )
    states = np.stack([data[stored].to_numpy() for stored, _ in layout["variables"]], axis=-1)
    inputs = [data[stored].to_numpy() for stored, _ in layout["inputs"]]
    return Trajectory(
        data["time"].to_numpy(),
        states,
        inputs=np.stack(inputs, axis=1) if inputs else None,
        mask=data["mask"].to_numpy().astype(bool) if "mask" in data else None,
        variables=[name for _, name in layout["variables"]],
        meta=_meta_back(json.loads(data.attrs.get(_META, "{}"))),
    )


def _input_names(trajectory: Trajectory) -> list[str]:
    if trajectory.inputs is None:
        return []
    count = np.shape(trajectory.inputs)[1]
    names = [str(n) for n in trajectory.meta.get("inputs", ())]
    if len(names) != count:
        names = [f"u{i}" for i in range(count)]
    return [_free(n, set(trajectory.variables)) for n in names]


def _free(name: str, taken: Iterable[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _meta_back(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if k == "inputs" else v for k, v in meta.items()}


def plain(value: Any) -> Any:
    """Provenance as JSON-ready values; what is neither data nor text is written as text."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else str(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    try:
        array = np.asarray(value)
    except Exception:  # a traced or otherwise unreadable array: provenance must never stop an export
        return str(value)
    return plain(array.tolist()) if array.dtype.kind in "biuf" else str(value)
