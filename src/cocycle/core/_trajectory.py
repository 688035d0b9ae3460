"""`Trajectory`: times and states, with the names and the provenance that make them a record."""

from collections.abc import Mapping, Sequence
from typing import Any

import equinox as eqx
import numpy as np
from jax.core import Tracer

from ._errors import CocycleError, DataError, suggestion

__all__ = ["Provenance", "Trajectory"]


class Provenance(dict):
    """A dictionary of where a record comes from. Compared by identity under `jit`, so it never recompiles by value."""

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other):
        return self is other

    def __ne__(self, other):  # dict has its own, by value
        return self is not other


class Trajectory(eqx.Module):
    """A frozen record of a motion.

    **Fields**

    - `times`: shape `(T,)`, in the system's units of time.
    - `states`: shape `(T, dim)`, or `(batch, T, dim)` for an ensemble.
    - `inputs`: shape `(T, inputs)`, or `None`.
    - `mask`: shape `(T,)`, `False` where a sample is missing; `None` if none is.
    - `variables`: names of the columns.
    - `meta`: provenance (system, parameters, solver, seed, version, file ...).

    Made by `cc.trajectory`, or from data: `from_numpy`, `from_dataframe`, `from_xarray`, `from_csv`,
    `from_parquet`, `from_netcdf`.
    """

    times: Any
    states: Any
    inputs: Any = None
    mask: Any = None
    variables: tuple[str, ...] = eqx.field(static=True, default=())
    meta: Mapping[str, Any] = eqx.field(static=True, default_factory=Provenance)

    def __init__(self, times, states, *, inputs=None, mask=None, variables: Sequence[str] = (), meta=None):
        self.times = times
        self.states = states
        self.inputs = inputs
        self.mask = mask
        ndim = np.ndim(states)
        if ndim not in (2, 3):
            raise CocycleError(
                f"Trajectory: states must have shape (T, dim) or (batch, T, dim); got {np.shape(states)}. "
                "A single series is states[:, None]."
            )
        if np.shape(times) != (np.shape(states)[-2],):
            raise CocycleError(
                f"Trajectory: times has shape {np.shape(times)} but there are {np.shape(states)[-2]} states; "
                "give one time per state."
            )
        dim = np.shape(states)[-1]
        self.variables = tuple(variables) if variables else tuple(f"x{i}" for i in range(dim))
        if len(self.variables) != dim:
            raise CocycleError(f"Trajectory: {len(self.variables)} variable names for {dim} columns.")
        self.meta = Provenance(meta or {})

    # -- what it is ---------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return int(np.shape(self.times)[0])

    @property
    def dim(self) -> int:
        """Number of columns."""
        return int(np.shape(self.states)[-1])

    @property
    def is_ensemble(self) -> bool:
        """Whether there is a leading batch axis."""
        return np.ndim(self.states) == 3

    @property
    def dt(self) -> float:
        """The sampling interval; an error if the times are not equally spaced (to one part in a thousand)."""
        times = np.asarray(self.times, dtype=float)
        if times.size < 2:
            raise DataError("A single sample has no sampling interval.")
        steps = np.diff(times)
        dt = float((times[-1] - times[0]) / (times.size - 1))
        worst = int(np.argmax(np.abs(steps - dt)))
        if dt <= 0 or abs(steps[worst] - dt) > 1e-3 * dt:
            raise DataError(
                f"The times are not equally spaced: the step from row {worst} to {worst + 1} is {steps[worst]:.6g}, "
                f"the mean step {dt:.6g}. Resample first: `trajectory.resample(dt)`."
            )
        return dt

    def __repr__(self) -> str:
        shape = "x".join(str(n) for n in np.shape(self.states))
        if isinstance(self.times, Tracer):
            return f"Trajectory({shape}, traced)"
        span = f"t = {float(self.times[0]):g} .. {float(self.times[-1]):g}" if len(self) else "empty"
        names = ", ".join(self.variables[:6]) + (", ..." if self.dim > 6 else "")
        source = f", {self.meta['system']}" if "system" in self.meta else ""
        return f"Trajectory({shape}: {names}; {span}{source})"

    # -- parts --------------------------------------------------------------------------------------------------

    def _like(self, times, states, **changes) -> "Trajectory":
        kept = {"inputs": self.inputs, "mask": self.mask, "variables": self.variables, "meta": self.meta}
        return Trajectory(times, states, **{**kept, **changes})

    def __getitem__(self, key) -> Any:
        """`trajectory["x"]` is a column, shape `(T,)`; `trajectory[100:200]` is a part in time."""
        if isinstance(key, str):
            if key not in self.variables:
                raise CocycleError(
                    f"No variable {key!r}; there are: {', '.join(self.variables)}.{suggestion(key, self.variables)}"
                )
            return self.states[..., self.variables.index(key)]
        if not isinstance(key, slice):
            raise CocycleError("Index a Trajectory by a variable name or by a slice of rows; `.states[i]` is one row.")
        return self._like(
            self.times[key],
            self.states[..., key, :],
            inputs=None if self.inputs is None else self.inputs[key],
            mask=None if self.mask is None else self.mask[key],
        )

    def select(self, variables: Sequence[str]) -> "Trajectory":
        """Some of the columns, in the given order."""
        columns = [self.variables.index(v) if v in self.variables else self[v] for v in variables]
        return self._like(self.times, self.states[..., np.asarray(columns, dtype=int)], variables=tuple(variables))

    def resample(self, dt: float) -> "Trajectory":
        """Linear interpolation to equally spaced times. Gaps are interpolated too; `mask` marks what was measured."""
        if self.is_ensemble:
            raise CocycleError("resample takes one run; this Trajectory is an ensemble. Resample each member.")
        if not dt > 0:
            raise CocycleError(f"The sampling interval must be positive; got {dt:g}.")
        times = np.asarray(self.times, dtype=float)
        if np.any(np.diff(times) <= 0):
            row = int(np.argmax(np.diff(times) <= 0)) + 1
            raise DataError(f"Times must increase to be resampled; row {row} does not. Sort and drop duplicates first.")
        n = int(np.floor((times[-1] - times[0]) / dt + 1e-9)) + 1
        new = times[0] + dt * np.arange(n)
        states = np.asarray(self.states, dtype=float)
        out = np.stack([np.interp(new, times, states[:, j]) for j in range(self.dim)], axis=1)
        nearest = np.clip(np.searchsorted(times, new), 1, times.size - 1)
        gap = np.minimum(new - times[nearest - 1], times[nearest] - new)
        measured = gap <= dt
        if self.mask is not None:
            measured &= np.interp(new, times, np.asarray(self.mask, float)) > 0.999
        mask = None if measured.all() else measured
        inputs = self.inputs
        if inputs is not None:
            inputs = np.asarray(inputs, dtype=float)
            inputs = np.stack([np.interp(new, times, inputs[:, j]) for j in range(inputs.shape[1])], axis=1)
        return self._like(new, out, mask=mask, inputs=inputs)

    # -- in and out ---------------------------------------------------------------------------------------------

    @classmethod
    def from_numpy(cls, states, *, dt: float | None = None, times=None, variables: Sequence[str] = ()) -> "Trajectory":
        """From an array `(T,)` or `(T, dim)` and either `times` or a sampling interval `dt` (default 1)."""
        array = np.asarray(states)
        if array.dtype.kind not in "biuf":
            raise DataError(f"The values must be real numbers; got dtype {array.dtype}. Convert the columns first.")
        array = array.astype(float)
        if array.ndim == 1:
            array = array[:, None]
        if array.ndim != 2:
            raise DataError(f"Expected an array of shape (T,) or (T, dim); got {array.shape}.")
        if times is None:
            times = (1.0 if dt is None else float(dt)) * np.arange(array.shape[0])
        elif dt is not None:
            raise CocycleError("Give either `times` or `dt`, not both.")
        return cls(np.asarray(times, dtype=float), array, variables=variables)

    @classmethod
    def from_dataframe(cls, frame, *, time_column: str | None = None, columns: Sequence[str] | None = None):
        """From a pandas DataFrame (see `cocycle.core.read_frame` for how the time column is found)."""
        from ._io import read_frame

        return read_frame(frame, columns=columns, time_column=time_column)

    @classmethod
    def from_xarray(cls, data, *, time: str = "time"):
        """From an xarray Dataset or DataArray with a time dimension."""
        from ._io import from_xarray

        return from_xarray(data, time=time)

    @classmethod
    def from_csv(cls, path, *, time_column: str | None = None, columns: Sequence[str] | None = None):
        """From a CSV or TSV file. The delimiter, header and time column are found."""
        from ._io import read

        return read(path, columns=columns, time_column=time_column)

    from_parquet = from_csv
    from_netcdf = from_csv

    def to_numpy(self) -> np.ndarray:
        """The states as a numpy array."""
        return np.asarray(self.states)

    def to_dataframe(self):
        """A pandas DataFrame, one column a variable, indexed by time (an ensemble gets a `member` level)."""
        from ._io import to_dataframe

        return to_dataframe(self)

    def to_xarray(self):
        """An xarray Dataset with dimensions `time` (and `member`), with the provenance as attributes."""
        from ._io import to_xarray

        return to_xarray(self)

    def to_csv(self, path) -> None:
        """Write a CSV file with a `time` column; numbers keep full precision."""
        self.to_dataframe().to_csv(path)

    def to_parquet(self, path) -> None:
        """Write a Parquet file with a `time` column."""
        self.to_dataframe().reset_index().to_parquet(path)

    def to_netcdf(self, path) -> None:
        """Write a NetCDF-4 file, readable by `from_netcdf` and by xarray."""
        self.to_xarray().to_netcdf(path, engine="h5netcdf")
