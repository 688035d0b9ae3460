"""Delay vectors, and what every choice of them needs: a middle part, reference points, enough rows."""

from typing import Any

import numpy as np

from cocycle.core import DataError
from cocycle.measure._neighbours import delay_matrix, whole
from cocycle.measure._series import Series, as_series

__all__ = ["embed", "middle", "require_rows", "spread"]

_LONGEST = 50_000  # samples used to choose a delay or a dimension; more do not change the choice
_REFERENCES = 2_000  # reference points for Cao's and the false-neighbour statistics


def embed(data: Any, delay: int, dimension: int) -> np.ndarray:
    """Delay vectors of a recording [@takens1981].

    $$v_t = (x_t,\\ x_{t+\\tau},\\ \\ldots,\\ x_{t+(d-1)\\tau})$$

    For a generic smooth observable of a deterministic system, `dimension` > 2 x (box-counting dimension of the
    attractor) makes the map from states to delay vectors one to one [@sauer1991, theorem 2.5]; often less is enough.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`: $\\tau$, samples (>= 1). See `select_delay`.
    - `dimension`: $d$, number of delayed copies (>= 1). See `select_dimension`.

    **Returns** an array of shape `(T - (dimension - 1) * delay, dimension * dim)`; row 0 starts at sample 0, and the
    columns run over variables first, then delays. Raises `DataError` if the recording is shorter than one vector.
    """
    series = as_series(data, measure="embed", min_length=1, allow_constant=True)
    delay, dimension = whole(delay, "delay"), whole(dimension, "dimension")
    require_rows(series, delay, dimension, 1, "embed")
    return delay_matrix(series.values, delay, dimension)


def middle(series: Series) -> tuple[Series, tuple[str, ...]]:
    rows = len(series.values)
    if rows <= _LONGEST:
        return series, ()
    start = (rows - _LONGEST) // 2
    return series._replace(values=series.values[start : start + _LONGEST]), (
        f"Judged by the middle {_LONGEST} of {rows} samples.",
    )


def spread(limit: int) -> np.ndarray:
    return np.unique(np.linspace(0, limit - 1, min(limit, _REFERENCES)).astype(int))


def require_rows(series: Series, delay: int, dimension: int, least: int, measure: str) -> None:
    rows = len(series.values) - (dimension - 1) * delay
    if rows < least:
        raise DataError(
            f"{measure}: {len(series.values)} samples give {max(rows, 0)} delay vectors at delay {delay} and dimension "
            f"{dimension}; at least {least} are needed. Give more data, a smaller delay or a smaller dimension."
        )
