"""Ridges of a field on a grid, to a fraction of a cell."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, NotApplicableError

__all__ = ["Ridges", "find_ridges"]


class Ridges(NamedTuple):
    """Points on the ridges of a field: `(n, dim)`; at each its value, how sharply it falls off, and the unit normal.

    `group`: which connected ridge a point belongs to (0, 1, ..., the largest first). `threshold`: the least value that
    was asked for.
    """

    points: np.ndarray
    values: np.ndarray
    sharpness: np.ndarray
    normals: np.ndarray
    group: np.ndarray
    threshold: float

    def plot(self, variables: Sequence[str] = ("x0", "x1", "x2")) -> Any:
        """The points, the connected ridges in their own colours (the largest eight), as `cocycle.viz` draws.

        `variables`: names for the axes. `FTLEField.plot(ridges=...)` shows them over the field.
        """
        import cocycle  # figures stand later in the line of imports: asked for only when one is wanted

        if not len(self.points):
            raise NotApplicableError(f"There is no ridge of at least {self.threshold:.4g} 1/time to draw.")
        clouds = [
            {"name": f"ridge {i + 1}", "points": self.points[self.group == i], "mode": "markers"}
            for i in range(min(8, int(self.group.max()) + 1))
        ]
        return cocycle.viz.attractor(clouds, variables)


def find_ridges(result: Any, threshold: float | None, normal: str, sharpness: float, least: int) -> Ridges:
    """See `FTLEField.ridges`."""
    from scipy.ndimage import generate_binary_structure, label

    if normal not in ("strain", "hessian"):
        raise CocycleError(f"ridges: normal is 'strain' or 'hessian'; got {normal!r}.")
    if not sharpness >= 0:
        raise CocycleError(f"ridges: sharpness must be 0 or more; got {sharpness!r}.")
    sigma, dim = result.field, result.field.ndim
    spacing = np.array([axis[1] - axis[0] for axis in result.axes])
    threshold = float(np.nanquantile(sigma, 0.8)) if threshold is None else float(threshold)
    slope, curvature = _derivatives(sigma, spacing)
    known: Any = np.isfinite(slope).all(axis=-1) & np.isfinite(curvature).all(axis=(-2, -1))
    curvature = np.where(known[..., None, None], curvature, 0.0)
    if normal == "strain":
        across = np.where(known[..., None], result.directions[..., 0, :], 0.0)
    else:
        across = np.linalg.eigh(curvature)[1][..., :, 0]  # of the least eigenvalue: the sharpest fall
    along = np.einsum("...i,...i->...", slope, across)
    fall = -np.einsum("...i,...ij,...j->...", across, curvature, across)
    with np.errstate(divide="ignore", invalid="ignore"):
        offset = (along / fall)[..., None] * across
        # the height lost over one cell along the normal, against what the integration leaves uncertain
        width = 1 / np.sqrt(((across / spacing) ** 2).sum(axis=-1))
        clear = fall * width**2 / 2 > 10 * max(result.stderr, 1e-10 * float(np.nanmax(np.abs(sigma))))
        top = sigma + along**2 / (2 * fall)
        on = known & clear & (fall > sharpness) & (np.abs(offset) <= spacing * (0.5 + 1e-9)).all(axis=-1)
    on &= np.where(on, top, -np.inf) >= threshold
    groups: Any = np.empty(on.shape, int)
    label(on, generate_binary_structure(dim, dim), output=groups)
    sizes = np.bincount(groups.ravel())
    sizes[0] = 0
    rank = np.empty(sizes.size, int)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(sizes.size)
    on &= sizes[groups] >= least
    return Ridges(
        points=result.points[on] + offset[on],
        values=top[on],
        sharpness=fall[on],
        normals=across[on],
        group=rank[groups[on]],
        threshold=threshold,
    )


def _derivatives(sigma, spacing):
    """Central differences: gradient `(..., dim)` and second derivatives `(..., dim, dim)`; NaN on the rim."""
    dim = sigma.ndim

    def shifted(*steps):
        out = np.full(sigma.shape, np.nan)
        inner = tuple(slice(1, -1) for _ in range(dim))
        out[inner] = sigma[tuple(slice(1 + s, n - 1 + s) for s, n in zip(steps, sigma.shape, strict=True))]
        return out

    unit = np.eye(dim, dtype=int)
    slope = np.empty((*sigma.shape, dim))
    curvature = np.empty((*sigma.shape, dim, dim))
    for i in range(dim):
        up, down = shifted(*unit[i]), shifted(*-unit[i])
        slope[..., i] = (up - down) / (2 * spacing[i])
        curvature[..., i, i] = (up - 2 * sigma + down) / spacing[i] ** 2
        for j in range(i):
            corners = (
                shifted(*(unit[i] + unit[j])) - shifted(*(unit[i] - unit[j]))
                - shifted(*(unit[j] - unit[i])) + shifted(*(-unit[i] - unit[j]))
            )  # fmt: skip
            curvature[..., i, j] = curvature[..., j, i] = corners / (4 * spacing[i] * spacing[j])
    return slope, curvature
