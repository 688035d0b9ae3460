"""From rows at their times to an even grid without holes: sort, merge, fill or cut, and say each step in a sentence."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from cocycle.core._errors import DataError

from ._dates import TimeAxis
from ._table import Table, plural

__all__ = ["LONGEST_FILL", "SHORTEST", "Grid", "fill_and_cut", "merge", "on_grid", "split_future", "thin"]

SHORTEST = 10  # samples in a row that make a recording
LONGEST_FILL = 5  # consecutive missing samples that are interpolated; longer holes cut the recording
_JITTER = 0.2  # of a step: times within this of an even grid are put on it
_EVEN = 1e-3  # of a step: times within this are left as they are (what `Trajectory.dt` accepts)


@dataclass
class Grid:
    """Evenly spaced rows. `rows[i]` is the label of the row in the file, -1 where the row was put in."""

    times: np.ndarray
    values: np.ndarray
    rows: np.ndarray
    measured: np.ndarray


def merge(table: Table, axis: TimeAxis, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows with a time, in order of time, each time once: `(times, values, rows)`."""
    notes, times, rows = table.notes, axis.values, table.rows
    name = "/".join(axis.columns)
    lost = ~np.isfinite(times)
    if lost.all():
        raise table.error(f"no row has a time in column {name!r}.")
    if lost.any():
        first = int(np.argmax(lost))
        share = lost.mean()
        if share > 0.1:
            raise table.error(
                f"{plural(int(lost.sum()), 'row')} of {len(table)} have no time in column {name!r}. Fill in the times, "
                "or choose another time column.",
                first,
            )
        rest = np.isfinite(values[lost]).any()
        if rest:
            notes.append(f"{plural(int(lost.sum()), 'row')} without a time left out (the first is {table.at(first)}).")
        times, values, rows = times[~lost], values[~lost], rows[~lost]
    steps = np.diff(times)
    if steps.size and not steps.any():
        raise table.error(
            f"all {times.size} times in column {name!r} are equal ({times[0]:g}), so there is no sampling interval. "
            "Choose another time column, or none with time_column=False."
        )
    if steps.size and (steps < 0).any():
        back = int(np.argmax(steps < 0)) + 1
        if (steps <= 0).all():
            notes.append("The rows ran from the newest to the oldest and were reversed.")
            order = np.arange(times.size)[::-1]
        else:
            _refuse_several_runs(table, times, rows, steps)
            order = np.argsort(times, kind="stable")
            notes.append(
                f"The rows were not in order of time (the first step back is at {table.word} {rows[back]}) and were "
                "sorted."
            )
        times, values, rows = times[order], values[order], rows[order]
    steps = np.diff(times)
    if steps.size and (steps == 0).any():
        return _average_repeats(table, times, values, rows, name)
    return times, values, rows


def _refuse_several_runs(table: Table, times: np.ndarray, rows: np.ndarray, steps: np.ndarray) -> None:
    """Times that start again are several runs, which sorting would shuffle into nonsense."""
    starts = np.concatenate([[0], np.flatnonzero(steps < 0) + 1, [times.size]])
    if np.diff(starts).mean() < 8:
        return
    spans = sorted((times[a], times[b - 1]) for a, b in itertools.pairwise(starts) if b - a > 1)
    if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans)):
        back = int(starts[1])
        raise DataError(
            f"{table.source}, {table.word} {rows[back]}: the time goes back from {times[back - 1]:g} to "
            f"{times[back]:g}, so these look like {len(starts) - 1} separate runs in one file. Put each run "
            "into its own file, or name the column that tells them apart (--episode, or `episode=` of `read_episodes`)."
        )


def _average_repeats(table, times, values, rows, name):
    unique, first, inverse, counts = np.unique(times, return_index=True, return_inverse=True, return_counts=True)
    repeated = counts > 1
    if (repeated.mean() > 0.5 and unique.size > 2) or unique.size == 1:
        raise table.error(
            f"most times in column {name!r} occur more than once (up to {counts.max()} times), as if several series "
            "were stacked in one table. Give one series a file, or one column a series."
        )
    finite = np.isfinite(values)
    total = np.zeros((unique.size, values.shape[1]))
    weight = np.zeros((unique.size, values.shape[1]))
    np.add.at(total, inverse, np.where(finite, values, 0.0))
    np.add.at(weight, inverse, finite.astype(float))
    single = values[first]
    with np.errstate(invalid="ignore", divide="ignore"):
        averaged = np.where(repeated[:, None], np.where(weight > 0, total / weight, np.nan), single)
    second = int(np.flatnonzero(np.diff(times) == 0)[0]) + 1
    table.notes.append(
        f"{plural(int((counts - 1).sum()), 'row')} repeat the time of another row (the first is {table.word} "
        f"{rows[second]}); rows of the same time were averaged."
    )
    return unique, averaged, rows[first]


def on_grid(table: Table, axis: TimeAxis | None, times: np.ndarray, values: np.ndarray, rows: np.ndarray) -> Grid:
    """Put the rows on an even grid; absent rows become NaN."""
    notes = table.notes
    n = times.size
    if n < 2:
        raise table.error(f"only {plural(n, 'row')} could be used; a recording needs at least 10.")
    if axis is None:
        return Grid(times, values, rows, np.ones(n, bool))
    shown = _unit_label(axis)
    index, step, off = _place(times)
    if index is None:
        return _interpolated(table, times, values, rows, shown)
    if off > _EVEN:
        exact = times[0] + step * index
        exact += np.mean(times - exact)
        if axis.calendar is None:
            notes.append(
                f"The times deviate by up to {100 * off:.2g} % of a step from even spacing; they were read as even "
                f"steps of {step:.6g}{shown}."
            )
        times = exact
    size = int(index[-1]) + 1
    if size > 20 * n + 1000:
        jump = int(np.argmax(np.diff(times)))
        far = jump + 1 if jump + 1 > n // 2 else jump  # the wrong time is the one in the smaller part
        raise DataError(
            f"{table.source}, {table.word} {rows[far]}: the time {_shown_time(axis, times[far])} is far from the "
            f"others: {n:,} rows would span {size:,} steps of {_step(axis, step)}{shown}. Correct it, or choose "
            f"another time column than {'/'.join(axis.columns)!r}."
        )
    if size == n:
        return Grid(times, values, rows, np.ones(n, bool))
    full = np.arange(size)
    grid = np.interp(full, index, times)
    out = np.full((size, values.shape[1]), np.nan)
    out[index] = values
    labels = np.full(size, -1, dtype=np.int64)
    labels[index] = rows
    first = int(np.argmax(np.diff(index) > 1))
    notes.append(
        f"{plural(size - n, 'sample')} missing from the even steps of {_step(axis, step)}{shown} (the first after "
        f"{table.word} {rows[first]})."
    )
    measured = np.zeros(size, bool)
    measured[index] = True
    return Grid(grid, out, labels, measured)


def _shown_time(axis: TimeAxis, value: float) -> str:
    """A time as the file has it, more or less."""
    if axis.calendar == "months":
        return f"{int(value // 12)}-{int(value % 12) + 1:02d}"
    return f"{value:g}"


def _step(axis: TimeAxis, step: float) -> str:
    if axis.calendar == "months":
        return f"{step:g}/12"
    return f"{step:.6g}"


def _unit_label(axis: TimeAxis) -> str:
    return "" if axis.unit in ("time", "") else f" {axis.unit}"


def _place(times: np.ndarray) -> tuple[np.ndarray | None, float, float]:
    """Which grid point each time is (`None` if there is no grid), the step, and the worst deviation in steps."""
    diffs = np.diff(times)
    step = float(np.median(diffs))
    index = None
    for _ in range(3):  # a better step places rows after long holes better
        jumps = np.rint(diffs / step)
        if jumps.min() < 1:
            return None, step, np.inf
        index = np.concatenate([[0], np.cumsum(jumps)]).astype(np.int64)
        centred = index - index.mean()
        step = float(centred @ (times - times.mean()) / (centred @ centred))
    assert index is not None
    off = times - step * index
    spread = float(np.abs(off - off.mean()).max() / step)
    if spread > _JITTER:
        return None, step, spread
    uneven = float(np.abs(diffs - step * np.diff(index)).max() / step)
    return index, step, uneven


def _interpolated(table: Table, times, values, rows, shown: str) -> Grid:
    """Unevenly sampled: linear interpolation to the mean step; long steps stay holes."""
    diffs = np.diff(times)
    typical = float(np.median(diffs))
    step = float(diffs[diffs <= 5 * typical].mean())
    size = int(np.floor((times[-1] - times[0]) / step + 1e-9)) + 1
    if size > 20 * times.size + 1000:
        raise table.error("the times are spread too unevenly to be put on an even grid. Check the time column.")
    grid = times[0] + step * np.arange(size)
    right = np.clip(np.searchsorted(times, grid, side="left"), 1, times.size - 1)
    out = np.empty((size, values.shape[1]))
    for j in range(values.shape[1]):
        ok = np.isfinite(values[:, j])
        out[:, j] = np.interp(grid, times[ok], values[ok, j]) if ok.sum() > 1 else np.nan
    hole = (times[right] - times[right - 1]) > (LONGEST_FILL + 1) * step
    hole &= (grid > times[right - 1]) & (grid < times[right])
    out[hole] = np.nan
    table.notes.append(
        f"The times are unevenly spaced (steps from {diffs.min():.4g} to {diffs.max():.4g}{shown}); the values were "
        f"interpolated linearly to even steps of {step:.6g}{shown}, the mean."
    )
    nearest = np.where(grid - times[right - 1] < times[right] - grid, right - 1, right)
    return Grid(grid, out, rows[nearest], ~hole)


def split_future(table: Table, grid: Grid, n_states: int) -> tuple[Grid, np.ndarray]:
    """Rows after the end of the states that hold inputs only: the known future of the inputs, `(samples, inputs)`."""
    known = np.asarray(np.isfinite(grid.values[:, :n_states]).any(axis=1))
    end = len(known) - int(np.argmax(known[::-1]))
    ahead = grid.values[end:, n_states:]
    whole = np.asarray(np.isfinite(ahead).all(axis=1))
    ahead = ahead[: len(ahead) if whole.all() else int(np.argmin(whole))]
    if not known.any() or not len(ahead):
        return grid, ahead[:0]
    table.notes.append(f"The last {plural(len(ahead), 'row')} hold inputs only: they are their known future.")
    return Grid(grid.times[:end], grid.values[:end], grid.rows[:end], grid.measured[:end]), ahead


def fill_and_cut(table: Table, grid: Grid, names: list[str], *, every: bool = False) -> list[Grid]:
    """Trim the ends, interpolate short holes (marked in `measured`), cut at long ones.

    Keeps the longest part; with `every` all parts but the shortest (under 10 samples, or 5 % of the longest).
    """
    notes = table.notes
    complete = np.asarray(np.isfinite(grid.values).all(axis=1))
    if not complete.any():
        raise table.error(f"no row has a value in every column ({', '.join(names[:8])}). Choose fewer columns.")
    first, last = int(np.argmax(complete)), int(len(complete) - 1 - np.argmax(complete[::-1]))
    if first or last < len(complete) - 1:
        lost = plural(first + len(complete) - 1 - last, "incomplete row")
        notes.append(f"{lost} at the {_ends(first, len(complete) - 1 - last)} cut off.")
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ~complete[first : last + 1], [False]]).astype(int))) + first
    holes = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    long = [h for h in holes if h[1] - h[0] > LONGEST_FILL]
    cuts = [first, *(e for h in long for e in h), last + 1]
    pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
    most = max(b - a for a, b in pieces)
    used = [p for p in pieces if p[1] - p[0] >= max(SHORTEST, 0.05 * most)] if every else []
    used = used or [max(pieces, key=lambda p: p[1] - p[0])]
    if long:
        biggest = max(long, key=lambda h: h[1] - h[0])
        total = sum(b - a for a, b in used)
        which = f"the longest part is used, {_span(table, grid, *used[0])}"
        if len(used) > 1:
            which = f"{len(used)} of them are used"
        notes.append(
            f"{plural(len(long), 'hole')} longer than {LONGEST_FILL} samples (the longest has "
            f"{biggest[1] - biggest[0]:,}) cut the recording into {len(pieces)} parts; {which}, {total:,} of "
            f"{last + 1 - first:,} samples."
        )
    short = [h for h in holes if h not in long and any(a <= h[0] and h[1] <= b for a, b in used)]
    parts = [
        Grid(grid.times[a:b], _bridged(grid.values[a:b]), grid.rows[a:b], grid.measured[a:b] & complete[a:b])
        for a, b in used
    ]
    filled, length = sum(b - a for a, b in short), sum(b - a for a, b in used)
    if filled > 0.5 * length:
        raise table.error(
            f"{filled:,} of {length:,} samples are incomplete. Choose fewer columns, or columns that were sampled "
            "together."
        )
    if short:
        a = short[0][0]
        where = f"{table.word} {grid.rows[a]}" if grid.rows[a] >= 0 else f"after {table.word} {grid.rows[a - 1]}"
        widest = max(b - a for a, b in short)
        notes.append(
            f"{plural(filled, 'incomplete sample')} in {plural(len(short), 'short hole')} (at most {widest} in a row, "
            f"the first: {where}) filled by linear interpolation and marked in the mask."
        )
    return parts


def _bridged(values: np.ndarray) -> np.ndarray:
    """The same with straight lines over the missing values of each column."""
    values, position = values.copy(), np.arange(len(values))
    for j in range(values.shape[1]):
        gap = ~np.isfinite(values[:, j])
        if gap.any():
            values[gap, j] = np.interp(position[gap], position[~gap], values[~gap, j])
    return values


def _ends(head: int, tail: int) -> str:
    return "start and the end" if head and tail else "start" if head else "end"


def _span(table: Table, grid: Grid, start: int, stop: int) -> str:
    rows = grid.rows[start:stop]
    rows = rows[rows >= 0]
    return f"{table.word}s {rows.min()} to {rows.max()}"


def thin(table: Table, grid: Grid, max_rows: int) -> Grid:
    """At most `max_rows` samples: every k-th where the recording is smooth at that step, else the first ones."""
    n = grid.times.size
    if n <= max_rows:
        return grid
    k = -(-n // max_rows)
    if _smooth(grid.values, k):
        table.notes.append(
            f"Every {_ordinal(k)} of {n:,} samples is used (max_rows = {max_rows:,}); the samples between follow from "
            "their neighbours."
        )
        part = slice(None, None, k)
    else:
        table.notes.append(
            f"The first {max_rows:,} of {n:,} samples are used (max_rows = {max_rows:,}); taking every {_ordinal(k)} "
            "would lose fast motion."
        )
        part = slice(0, max_rows)
    return Grid(grid.times[part], grid.values[part], grid.rows[part], grid.measured[part])


def _smooth(values: np.ndarray, k: int) -> bool:
    """Whether linear interpolation between every k-th sample explains 99 % of the variance of each column."""
    coarse = np.arange(0, len(values), k)
    fine = np.arange(coarse[-1] + 1)
    for column in values.T:
        guess = np.interp(fine, coarse, column[coarse])
        if np.var(column[: fine.size] - guess) > 0.01 * np.var(column):
            return False
    return True


def _ordinal(k: int) -> str:
    ending = "th" if 10 <= k % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(k % 10, "th")
    return f"{k}{ending}"
