"""Fields on a grid of starting points: what they have in common."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from cocycle.core import CocycleError, EstimationError, NotApplicableError
from cocycle.measure._deformation import grid_box

__all__ = ["Grid", "GridField", "checked", "lost"]

_CHECKED = 64  # points at which the integration error is measured


class Grid:
    """Starting points on a grid: `axes`, and `points` `(n, dim)` row by row."""

    def __init__(self, box: Any, resolution: Any, dim: int, measure: str):
        if dim not in (2, 3):
            raise NotApplicableError(
                f"{measure}: a field over a grid needs 2 or 3 variables; this system has {dim}. For more, take "
                "`lyapunov_spectrum`, or a `poincare` section."
            )
        bounds = grid_box(box, dim, measure)
        counts = (resolution,) * dim if np.ndim(resolution) == 0 else tuple(resolution)
        if len(counts) != dim or any(int(n) != n or n < 3 for n in counts):
            raise CocycleError(
                f"{measure}: resolution is a whole number of points, 3 or more, or one for each of {dim} axes; got "
                f"{resolution!r}."
            )
        self.dim = dim
        self.shape = tuple(int(n) for n in counts)
        self.axes = tuple(np.linspace(low, high, n) for (low, high), n in zip(bounds, self.shape, strict=True))
        self.points = np.stack(np.meshgrid(*self.axes, indexing="ij"), axis=-1).reshape(-1, dim)

    def shaped(self, values: np.ndarray) -> np.ndarray:
        """Values `(n, ...)` at the points, as `(*grid, ...)`."""
        return values.reshape(*self.shape, *values.shape[1:])


def lost(good: Any, span: float, what: str, measure: str) -> tuple[str, ...]:
    """A note on the points that diverged; an error where they are over half."""
    if good.mean() < 0.5:
        raise EstimationError(
            f"{measure}: {(~good).mean():.0%} of the starting points diverge within {abs(span):g} time units. Shorten "
            "`time` or take a smaller `box`."
        )
    if good.all():
        return ()
    return (f"{int((~good).sum())} of {good.size} starting points diverge; their {what} is NaN.",)


def checked(good: Any) -> np.ndarray:
    """Rows of the points at which the run is repeated with a finer solver."""
    return np.flatnonzero(good)[:: max(1, int(good.sum()) // _CHECKED)][:_CHECKED]


@dataclass(frozen=True, repr=False, kw_only=True)
class GridField:
    """A number at each starting point of a grid."""

    axes: tuple[np.ndarray, ...]
    field: np.ndarray
    stderr: float
    images: np.ndarray
    time: float
    t0: float
    variables: tuple[str, ...]
    notes: tuple[str, ...] = ()

    _unit: ClassVar[str] = ""

    @property
    def points(self) -> np.ndarray:
        """The starting points, shape `(*grid, dim)`."""
        return np.stack(np.meshgrid(*self.axes, indexing="ij"), axis=-1)

    def __repr__(self) -> str:
        grid = " x ".join(str(n) for n in self.field.shape)
        low, high = np.nanmin(self.field), np.nanmax(self.field)
        unit = f" {self._unit}" if self._unit else ""
        return (
            f"{type(self).__name__}({grid} points, t0 = {self.t0:g}, time = {self.time:g}: {low:.4g} to {high:.4g}"
            f"{unit}, integration error {self.stderr:.1g})"
        )

    def _picture(self, values: np.ndarray, points: np.ndarray | None) -> Any:
        if len(self.axes) != 2:
            raise NotApplicableError(
                f"{type(self).__name__}.plot draws two dimensions; this field has {len(self.axes)}. Draw a slice: "
                "`cc.viz.heatmap(result.field[:, :, k].T, ...)`."
            )
        import cocycle  # figures stand later in the line of imports: asked for only when one is wanted

        (x, y), (x_title, y_title) = self.axes, self.variables
        return cocycle.viz.heatmap(values.T, x=x, y=y, x_title=x_title, y_title=y_title, points=points)
