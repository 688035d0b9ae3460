"""Which dimension: false neighbours, and Cao's averaged ratios."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import DataError, Estimate
from cocycle.measure._neighbours import delay_matrix, nearest_neighbours, require_neighbours, theiler_window, whole
from cocycle.measure._series import Series, as_series

from ._delay import select_delay
from ._vectors import middle, require_rows, spread

__all__ = ["cao", "false_nearest_neighbours", "select_dimension"]


def cao(data: Any, delay: int, max_dimension: int = 10) -> Estimate:
    """Cao's averaged false-neighbour ratios $E_1(d)$ and $E_2(d)$ [@cao1997].

    With $n(i, d)$ the nearest neighbour (maximum norm) of the delay vector $y_i(d)$,
    $a(i, d) = \\|y_i(d+1) - y_{n(i,d)}(d+1)\\| / \\|y_i(d) - y_{n(i,d)}(d)\\|$, $E(d) = \\langle a(i, d) \\rangle_i$
    and $E^*(d) = \\langle |x_{i+d\\tau} - x_{n(i,d)+d\\tau}| \\rangle_i$:

    $$E_1(d) = E(d+1) / E(d), \\qquad E_2(d) = E^*(d+1) / E^*(d).$$

    $E_1$ rises to 1 once `d` unfolds the attractor. $E_2$ is 1 at every `d` for independent noise; determinism
    makes it differ from 1 at some `d` (correlated noise does too, at small `d`: it is no proof of determinism).

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`: samples, see `select_delay`.
    - `max_dimension`: largest `d`.

    **Returns** an Estimate: $E_1$ at `d = 1 .. max_dimension`; `stderr` over 20 stretches of reference points.
    `diagnostics`: `dimensions`, `e2`, `e2_stderr`, `theiler`. At most 2,000 reference points, evenly spread.
    Raises `DataError` if the recording is shorter than 50 delay vectors, `EstimationError` if
    most points have no neighbour but exact repeats.
    """
    series, notes = middle(as_series(data, measure="Cao's method"))
    delay, max_dimension = whole(delay, "delay"), whole(max_dimension, "max_dimension")
    require_rows(series, delay, max_dimension + 2, 50, "Cao's method")
    ratios = list(_cao_ratios(series, delay, max_dimension))
    return Estimate(
        "cao_e1",
        [r.e1 for r in ratios],
        [r.e1_stderr for r in ratios],
        n=ratios[-1].n,
        diagnostics={
            "dimensions": np.arange(1, max_dimension + 1),
            "e2": np.array([r.e2 for r in ratios]),
            "e2_stderr": np.array([r.e2_stderr for r in ratios]),
            "theiler": theiler_window(series, delay, None),
            "delay": delay,
        },
        notes=notes,
    )


def false_nearest_neighbours(data: Any, delay: int, max_dimension: int = 10) -> Estimate:
    """Fraction of nearest neighbours that are false at `d = 1 .. max_dimension` [@kennel1992].

    A neighbour at distance $R_d$ (Euclidean) is false if the next delayed coordinate separates the pair by more than
    $15 R_d$, or if the pair's distance in $d + 1$ exceeds twice the standard deviation of the data: the second
    test is what makes noise show.

    **Arguments**: as for `cao`.

    **Returns** an Estimate: the fraction at each `d`; `stderr`: binomial, over the reference points.
    `diagnostics`: `dimensions`, `theiler`. At most 2,000 reference points, evenly spread.
    """
    series, notes = middle(as_series(data, measure="counting false nearest neighbours"))
    delay, max_dimension = whole(delay, "delay"), whole(max_dimension, "max_dimension")
    require_rows(series, delay, max_dimension + 1, 50, "false nearest neighbours")
    theiler = theiler_window(series, delay, None)
    size = np.sqrt(series.values.var(axis=0).sum())
    fractions, counts = [], []
    for d in range(1, max_dimension + 1):
        points = delay_matrix(series.values, delay, d)
        limit = len(series.values) - d * delay
        references = spread(limit)
        found = nearest_neighbours(points, references, theiler, limit=limit)
        have = require_neighbours(found, "false nearest neighbours", theiler)
        i, j, near = references[have], found.index[have, 0], found.distance[have, 0]
        apart = np.linalg.norm(series.values[i + d * delay] - series.values[j + d * delay], axis=1)
        fractions.append(np.mean((apart > 15.0 * near) | (np.hypot(apart, near) > 2.0 * size)))
        counts.append(have.sum())
    fraction, count = np.array(fractions), np.array(counts)
    return Estimate(
        "false_nearest_neighbours",
        fraction,
        np.sqrt((fraction * (1 - fraction) + 0.25 / count) / count),
        n=int(count[-1]),
        diagnostics={"dimensions": np.arange(1, max_dimension + 1), "theiler": theiler, "delay": delay},
        notes=notes,
    )


def select_dimension(data: Any, delay: int | None = None) -> Estimate:
    """The embedding dimension: where Cao's $E_1(d)$ has levelled off near 1 [@cao1997].

    The smallest $d \\le 10$ with $E_1(d) \\ge 0.9$ and $E_1(d + 1) \\ge 0.9$, within their errors. For noise no
    dimension unfolds anything: if $E_2$ is 1 within its error at every `d` a note says so, and the number is then
    only a place to start.

    **Arguments**

    - `data`: a Trajectory, or an array `(T,)` or `(T, dim)`.
    - `delay`: samples (default: `select_delay`).

    **Returns** an Estimate: a whole number. `interval`: the choices at thresholds 0.85 and 0.95 (10 where not reached).
    `diagnostics`: `reason`, `delay`, `dimensions`, `e1`, `e2` with `stderr`s (up to where the search stopped).
    """
    series, notes = middle(as_series(data, measure="dimension selection", min_length=40))
    delay = int(select_delay(series.values).value) if delay is None else whole(delay, "delay")
    most = min(10, (len(series.values) - 30) // delay - 2)
    if most < 1:
        raise DataError(
            f"dimension selection: {len(series.values)} samples are too few for delay {delay}. Give more data, or a "
            "smaller delay."
        )
    ratios: list[_Ratios] = []
    for ratio in _cao_ratios(series, delay, most):
        ratios.append(ratio)
        if _first_level(ratios, 0.95) is not None:
            break
    chosen = _first_level(ratios, 0.9)
    low, high = _first_level(ratios, 0.85), _first_level(ratios, 0.95)
    e2 = np.array([r.e2 for r in ratios])
    e2_stderr = np.array([r.e2_stderr for r in ratios])
    structure = np.abs(e2 - 1) > np.maximum(3 * e2_stderr, 0.02)
    if chosen is None:
        reason = f"E1 does not reach 0.9 by d = {most}: noise, or too few data for this many dimensions"
    else:
        reason = f"E1({chosen}) = {ratios[chosen - 1].e1:.2f}: the first to level off near 1"
    deterministic = bool(structure.any()) if series.values.shape[1] == 1 else None  # E2 needs d below the unfolding one
    if deterministic is False:
        notes += ("E2 is 1 within its error at every dimension: no sign of determinism.",)
    value = most if chosen is None else chosen
    return Estimate(
        "dimension",
        value,
        interval=(min(value, low or most), max(value, high or most)),
        n=ratios[-1].n,
        diagnostics={
            "reason": reason,
            "delay": delay,
            "dimensions": np.arange(1, len(ratios) + 1),
            "e1": np.array([r.e1 for r in ratios]),
            "e1_stderr": np.array([r.e1_stderr for r in ratios]),
            "e2": e2,
            "e2_stderr": e2_stderr,
            "read_on": "dimensions",
            "deterministic": deterministic,
        },
        notes=notes,
    )


class _Ratios(NamedTuple):
    e1: float
    e1_stderr: float
    e2: float
    e2_stderr: float
    n: int


def _cao_ratios(series: Series, delay: int, max_dimension: int) -> Iterator[_Ratios]:
    """Cao's ratios dimension by dimension, so that a search can stop early."""
    theiler = theiler_window(series, delay, None)
    before = None
    for d in range(1, max_dimension + 2):
        points = delay_matrix(series.values, delay, d)
        limit = len(series.values) - d * delay
        references = spread(limit)
        found = nearest_neighbours(points, references, theiler, norm=np.inf, limit=limit)
        have = require_neighbours(found, "Cao's method", theiler)
        i, j, near = references[have], found.index[have, 0], found.distance[have, 0]
        apart = np.abs(series.values[i + d * delay] - series.values[j + d * delay])
        growth, miss = np.maximum(apart.max(axis=1) / near, 1.0), apart.mean(axis=1)
        now = (*_mean_and_error(growth), *_mean_and_error(miss), len(i))
        if before is not None:
            e1, e2 = now[0] / before[0], now[2] / before[2]
            yield _Ratios(
                e1,
                e1 * np.hypot(now[1] / now[0], before[1] / before[0]),
                e2,
                e2 * np.hypot(now[3] / now[2], before[3] / before[2]),
                now[4],
            )
        before = now


def _mean_and_error(x: np.ndarray) -> tuple[float, float]:
    blocks = np.array([b.mean() for b in np.array_split(x, min(20, len(x)))])
    return float(x.mean()), float(blocks.std(ddof=1) / np.sqrt(len(blocks)))


def _first_level(ratios: list[_Ratios], threshold: float) -> int | None:
    """The first d from which two E1 in a row (or the last) reach `threshold` within one standard error."""
    reached = [r.e1 + min(r.e1_stderr, 0.05) >= threshold for r in ratios]
    for d in range(1, len(ratios)):
        if reached[d - 1] and reached[d]:
            return d
    return None
