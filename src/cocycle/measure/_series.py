"""One door for data: whatever the user holds becomes checked numbers with a sampling interval."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import DataError, System, Trajectory

__all__ = ["Series", "as_series"]

_MOST_FILLED = 0.05  # share of interpolated samples (mask False, value finite) up to which a measure goes ahead


class Series(NamedTuple):
    """Checked data: `values` of shape `(T, dim)`, float64, finite; the sampling interval; the column names."""

    values: np.ndarray
    dt: float
    variables: tuple[str, ...]

    @property
    def column(self) -> np.ndarray:
        """The only column, shape `(T,)`."""
        return self.values[:, 0]


def as_series(
    data: Any,
    *,
    measure: str,
    min_length: int = 10,
    univariate: bool = False,
    allow_constant: bool = False,
) -> Series:
    """Check data for a measure and return plain numbers.

    Accepts a `Trajectory`, a numpy or JAX array `(T,)` or `(T, dim)`, a list of numbers, a pandas Series or
    DataFrame. Raises `DataError` with row, column and remedy for anything that would give a wrong number.
    """
    dt, variables = 1.0, ()
    if isinstance(data, Trajectory):
        if data.is_ensemble:
            raise DataError(f"{measure} takes one run; this is an ensemble. Index a member: `.states[i]`.")
        if data.mask is not None:
            missing = ~np.asarray(data.mask)
            if missing.mean() > _MOST_FILLED:
                raise DataError(
                    f"{measure}: {missing.mean():.0%} of the samples (first: row {int(np.argmax(missing))}) were "
                    f"missing and filled in; over {_MOST_FILLED:.0%} would bend the result. Cut a part with fewer gaps."
                )
        if len(data) > 1:
            try:
                dt = data.dt
            except DataError as error:
                raise DataError(f"{measure}: {error}") from None
        values, variables = np.asarray(data.states), data.variables
    else:
        index = getattr(data, "index", None)
        if index is not None and hasattr(data, "to_numpy"):
            variables = tuple(str(c) for c in getattr(data, "columns", (getattr(data, "name", None) or "x0",)))
            if getattr(index, "has_duplicates", False) or not getattr(index, "is_monotonic_increasing", True):
                raise DataError(f"{measure}: the index (time) must increase without repeats. Sort it, drop repeats.")
            data = data.to_numpy()
        if data is None or isinstance(data, (str, bytes, Mapping, System)):
            raise DataError(f"{measure} takes a recording: {_instead(data)}")
        try:
            values = np.asarray(data)
        except ValueError as error:
            raise DataError(f"{measure}: the rows have different lengths; give a rectangular array.") from error
    if values.dtype.kind == "c":
        raise DataError(f"{measure} takes real numbers; these are complex. Pass real and imaginary parts as columns.")
    if values.dtype.kind not in "biuf":
        raise DataError(f"{measure} takes numbers; got dtype {values.dtype}. Convert with `pandas.to_numeric`.")
    values = values.astype(float)
    if values.ndim == 1:
        values = values[:, None]
    if values.ndim != 2:
        raise DataError(f"{measure} takes an array of shape (T,) or (T, dim); got {values.shape}.")
    if not variables or len(variables) != values.shape[1]:
        variables = tuple(f"x{i}" for i in range(values.shape[1]))
    if univariate and values.shape[1] != 1:
        raise DataError(
            f"{measure} takes one variable; got {values.shape[1]} ({', '.join(variables[:5])}). "
            f'Choose one: `data["{variables[0]}"]`.'
        )
    if values.shape[0] < min_length:
        few = "one sample" if min_length == 1 else f"{min_length} samples"
        raise DataError(f"{measure} needs at least {few}; got {values.shape[0]}.")
    bad = ~np.isfinite(values)
    if bad.any():
        row, column = (int(i) for i in np.argwhere(bad)[0])
        many, it = ("1 such value", "it") if bad.sum() == 1 else (f"{int(bad.sum())} such values", "them")
        raise DataError(
            f"{measure}: row {row}, column {variables[column]!r} is {values[row, column]} ({many}). Drop or "
            f"interpolate {it} first."
        )
    largest = float(np.abs(values).max(initial=0.0))
    if largest > 1e150 or 0 < largest < 1e-150:
        raise DataError(f"{measure}: the values are of size {largest:.1e}, whose squares overflow. Rescale the data.")
    if not allow_constant:
        spread = values.max(axis=0) - values.min(axis=0)
        size = np.abs(values).max(axis=0)
        flat = spread <= 1e-14 * size
        if flat.any():
            raise DataError(
                f"{measure}: column {variables[int(np.argmax(flat))]!r} is constant and says nothing about dynamics. "
                "Drop it."
            )
    return Series(values, float(dt), variables)


def _instead(given: Any) -> str:
    """What was given in place of a recording, and what to do about it."""
    if isinstance(given, System):
        name = type(given).__name__
        return f"{name} is a system. Simulate it first, `cc.trajectory(system)`, or take a measure of systems."
    if isinstance(given, (str, bytes)):
        return "this is text. Read a file with `cc.read(path)`."
    if isinstance(given, Mapping):
        return f"this is a {type(given).__name__}. Make a table of it first, `pandas.DataFrame(data)`."
    return "got None. Give an array, a table or a Trajectory."
