"""Closed curves in the plane, and the outermost convex level sets round the maxima of a field."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError

__all__ = ["Loop", "area_of", "convex_level_sets", "inside", "outermost"]


class Loop(NamedTuple):
    """A closed curve in the plane: `points` `(n, 2)` (the last is the first), and the `centre` that it encloses.

    `level`: the value that is constant along it. `area`: what it encloses. `error`: its convexity deficiency, the area
    that is missing to its convex hull over its area.
    """

    points: np.ndarray
    level: float
    centre: np.ndarray
    area: float
    error: float


def area_of(points: np.ndarray) -> float:
    """The area within a closed polygon."""
    x, y = (points - points[0]).T
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


def inside(points: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Which of the positions `(n, 2)` lie within a closed polygon."""
    x, y = np.atleast_2d(where).T[..., None]
    (x0, y0), (x1, y1) = points[:-1].T, points[1:].T
    crosses = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    return (crosses & left).sum(axis=1) % 2 == 1


def outermost(loops: list[Loop]) -> list[Loop]:
    """Those whose centre is within no larger one, largest first."""
    kept: list[Loop] = []
    for loop in sorted(loops, key=lambda loop: -loop.area):
        if not any(inside(other.points, loop.centre)[0] for other in kept):
            kept.append(loop)
    return kept


def convex_level_sets(result: Any, deficiency: float, levels: int, least: float) -> list[Loop]:
    """See `VorticityDeviation.vortices`."""
    from contourpy import contour_generator
    from scipy.ndimage import maximum_filter
    from scipy.spatial import ConvexHull

    if not deficiency >= 0:
        raise CocycleError(f"vortices: deficiency must be 0 or more; got {deficiency!r}.")
    if int(levels) != levels or levels < 2:
        raise CocycleError(f"vortices: levels is a whole number, 2 or more; got {levels!r}.")
    field = np.where(np.isfinite(result.field), result.field, -np.inf)
    x, y = result.axes
    cell = (x[1] - x[0]) * (y[1] - y[0])
    bottom = float(np.nanmin(result.field))
    if not float(np.nanmax(result.field)) - bottom > 10 * result.stderr:
        return []  # flat: what looks like maxima are errors of the integration
    tops = np.argwhere((field == maximum_filter(field, 3)) & np.isfinite(field))
    tops = tops[((tops > 0) & (tops < np.array(field.shape) - 1)).all(axis=1)]
    contours = contour_generator(x, y, np.ma.masked_invalid(result.field).T)

    def around(centre, level):
        """The closed level curve round the centre, its area, and by how much it is not convex; None if there is none.

        Not that within which the field falls below the level: it is the outer rim of a ring.
        """
        for line in contours.lines(level):
            line: Any = np.asarray(line)
            if len(line) > 3 and (line[0] == line[-1]).all() and inside(line, centre)[0]:
                (low, high), area = (line.min(axis=0), line.max(axis=0)), area_of(line)
                box = np.ix_((x > low[0]) & (x < high[0]), (y > low[1]) & (y < high[1]))
                within = inside(line, result.points[box].reshape(-1, 2)) & (field[box].ravel() < level)
                if not within.any():
                    return line, area, ConvexHull(line[:-1]).volume / area - 1
        return None

    found: list[Loop] = []
    for i, j in sorted(tops.tolist(), key=lambda index: -field[tuple(index)]):
        centre, top = np.array([x[i], y[j]]), float(field[i, j])
        if top - bottom <= 10 * result.stderr or any(inside(loop.points, centre)[0] for loop in found):
            continue
        best, low, high = None, bottom, top
        for level in top - (top - bottom) * np.arange(1, levels + 1) / (levels + 1):
            contour = around(centre, level)
            if contour is not None and contour[1] < least * cell:
                high = level  # a few corners: its shape is that of the grid
                continue
            if contour is None or contour[2] > deficiency:
                low = level
                break
            best, high = (*contour, level), level
        for _ in range(12 if best is not None and low < high else 0):  # to where it first fails
            level = (low + high) / 2
            contour = around(centre, level)
            if contour is None or contour[2] > deficiency:
                low = level
            else:
                best, high = (*contour, level), level
        if best is not None:
            line, area, missing, level = best
            found.append(Loop(line, float(level), centre, area, float(max(missing, 0.0))))
    return outermost(found)
