"""Finite-time Lyapunov exponents on a grid of starting points."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Derived, Flow, Map, NotApplicableError, System, as_point, param
from cocycle.evolve import Solver, cocycle, reversed_time, time_scale
from cocycle.measure._arguments import finite
from cocycle.measure._deformation import Deformation

from ._grid import Grid, GridField, checked, lost
from ._ridges import Ridges, find_ridges

__all__ = ["FTLEField", "ftle_field"]

_MEASURE = "finite-time Lyapunov exponents"


@dataclass(frozen=True, repr=False, kw_only=True)
class FTLEField(GridField):
    """Finite-time Lyapunov exponents on a grid, and all that they were made from.

    **Fields**, for a grid of shape `grid` in `dim` dimensions

    - `axes`: the coordinates along each axis; `points`: the starting points, shape `(*grid, dim)`.
    - `field`: the exponent, shape `grid`, in 1/time; NaN where the point diverged.
    - `stderr`: the largest error of the exponent by finite steps, measured at 64 points with a finer solver. There is
      no sampling error; the error of the grid (structures thinner than a cell) is not in it.
    - `stretches`: singular values of the deformation gradient, largest first, shape `(*grid, dim)`. Their squares are
      the eigenvalues of the Cauchy-Green tensor.
    - `directions`: its eigenvectors as rows, in the same order, shape `(*grid, dim, dim)`.
    - `gradient`: the deformation gradient, shape `(*grid, dim, dim)`; `images`: where the points went, `(*grid, dim)`.
    - `time` (negative: backward), `t0`, `variables`, `notes`.
    """

    stretches: np.ndarray
    directions: np.ndarray
    gradient: np.ndarray

    @property
    def smallest(self) -> np.ndarray:
        """The exponent of the direction that is stretched least, shape `grid` (negative where it shrinks)."""
        with np.errstate(divide="ignore"):
            return np.log(self.stretches[..., -1]) / abs(self.time)

    _unit = "1/time"

    def ridges(
        self, threshold: float | None = None, *, normal: str = "strain", sharpness: float = 0.0, least: int = 5
    ) -> Ridges:
        r"""The ridges of the field: candidates for Lagrangian coherent structures, to a fraction of a grid cell.

        A point is on a ridge with normal $n$ where, with $H$ the matrix of second derivatives of $\sigma$,

        $$n \cdot \nabla \sigma = 0, \qquad n \cdot H n < -\text{sharpness}, \qquad \sigma \ge \text{threshold}.$$

        Derivatives are central differences. At each grid point the first condition is solved along $n$ for the nearest
        root, which counts if it lies within the cell [@steger1998]. Forward in time ridges repel (they approximate
        stable manifolds), backward they attract.

        **Arguments**

        - `threshold`: the least exponent on a ridge, in 1/time; default: the 80 % quantile of the field.
        - `normal`: `"strain"`, the direction of the largest stretch: ridges that repel, the hyperbolic structures of
          [@haller2011variational]; `"hessian"`, that of the strongest curvature of the field: all ridges, also those
          due to shear [@shadden2005].
        - `sharpness`: the least curvature, in 1/time per squared length. A ridge whose drop over one cell is less than
          ten times the integration error is never reported: a flat field has none.
        - `least`: groups of fewer adjoining points are dropped.

        **Returns** `Ridges`: `points`, `values`, `sharpness`, `normals`, `group`. A ridge thinner than a cell is found
        but its place is then good to a cell only: refine the grid until the points no longer move.
        """
        return find_ridges(self, threshold, normal, sharpness, least)

    def plot(self, *, ridges: bool | Ridges = False) -> Any:
        """The field as a figure (dark where it stretches most), as `cocycle.viz` draws; two dimensions.

        The colours end at the 90 % quantile: a few cells, at walls say, would take up the whole range.

        `ridges`: draw them too (`True`, or those that `ridges(...)` gave).
        """
        found = self.ridges() if ridges is True else ridges or None
        top = np.nanquantile(self.field, 0.9)
        return self._picture(np.minimum(self.field, top), None if found is None else found.points)


class _Started(Derived, Flow):
    """The flow with its clock set to `t0` at time 0."""

    of: Flow
    t0: Any = param()

    def vector_field(self, t, x):
        return as_point(self.of.vector_field(t + self.t0, x))


def ftle_field(
    system: System,
    box: Any,
    resolution: Any = 200,
    time: float | None = None,
    *,
    t0: float = 0.0,
    solver: Solver | None = None,
) -> FTLEField:
    r"""Finite-time Lyapunov exponents on a grid of starting points, forward or backward in time.

    $$\sigma = \frac{1}{|T|} \log \sqrt{\lambda_{\max}(C)}, \qquad C = F^\top F, \qquad
    F = \frac{\partial \phi_{t_0}^{t_0 + T}(x)}{\partial x}$$

    with exact derivatives: the points and the linearisation are integrated together (`cc.evolve.tangent`), no
    neighbouring points are subtracted [@shadden2005].

    **Arguments**

    - `system`: a `Flow` (its time may enter explicitly) or a `Map`, of two or three variables.
    - `box`: `((low, high), ...)`, one pair a variable.
    - `resolution`: points along each axis: a number, or one for each.
    - `time`: $T$, in units of time; **negative is backward**. Default: one dominant period, of a map 10 steps. A map
      cannot be run backward: give its inverse as a map of its own.
    - `t0`: the time at the start. - `solver`: as for `cc.trajectory`.

    **Returns** an `FTLEField`: `field`, `stretches`, `directions` (the strain eigenvectors), `gradient`, `images`,
    and `.ridges()`, `.plot()`. Points that diverge are NaN, with a note; `EstimationError` where over half do.

    Stretches below $10^{-8}$ of the largest are lost to rounding; the exponent itself is not.
    """
    if not isinstance(system, System):
        cocycle(system)  # raises the right sentence
    span, discrete = _span(system, time)
    t0 = finite(t0, "t0")
    moved = system
    if isinstance(system, Flow):
        moved = _Started(system, t0) if t0 else system
        moved = reversed_time(moved) if span < 0 else moved
    dt = None if discrete else abs(span)
    deformation = Deformation(moved, dt, solver, _MEASURE)
    grid = Grid(box, resolution, deformation.dim, _MEASURE)
    points = grid.points
    begin = t0 if discrete else 0.0
    steps = round(abs(span) / float(deformation.phi.dt))
    images, gradients = deformation.split(deformation.advance(begin, deformation.start(points), steps))
    good = np.isfinite(images).all(axis=1) & np.isfinite(gradients).all(axis=(1, 2))
    notes = lost(good, span, "exponent", _MEASURE)
    stretches, directions = _strain(gradients, good)
    with np.errstate(divide="ignore"):
        sigma = np.log(stretches[:, 0]) / abs(span)

    error = 0.0
    if not discrete:
        some = checked(good)
        finer = deformation.split(deformation.advance(begin, deformation.start(points[some]), steps, finer=True))
        again, _ = _strain(finer.gradients, np.ones(len(some), bool))
        error = float(np.abs(np.log(again[:, 0]) / abs(span) - sigma[some]).max())
    return FTLEField(
        field=grid.shaped(sigma),
        stderr=error,
        stretches=grid.shaped(stretches),
        directions=grid.shaped(directions),
        gradient=grid.shaped(gradients),
        images=grid.shaped(images),
        axes=grid.axes,
        time=span,
        t0=t0,
        variables=system.variables,
        notes=notes,
    )


def _strain(gradients, good):
    """Stretches (largest first) and their directions as rows; NaN where the point is lost."""
    with np.errstate(over="ignore", invalid="ignore"):
        _, stretches, directions = np.linalg.svd(np.where(good[:, None, None], gradients, 0.0))
    stretches[~good], directions[~good] = np.nan, np.nan
    return stretches, directions


def _span(system, time):
    discrete = isinstance(system, Map)
    if time is None:
        scale = time_scale(system)
        return (10 * float(system.dt), True) if discrete else (scale.period, False)
    span = finite(time, "time")
    if span == 0:
        raise CocycleError(f"{_MEASURE}: time must be a number other than 0 (negative is backward); got {time!r}.")
    if discrete:
        if span < 0:
            raise NotApplicableError(
                f"{_MEASURE}: a map cannot be run backward by itself; give the inverse of {type(system).__name__} as a "
                "map of its own, and a positive `time`."
            )
        steps = span / float(system.dt)
        if abs(steps - round(steps)) > 1e-9 * steps or round(steps) < 1:
            raise CocycleError(f"{_MEASURE}: time={span:g} is not a whole number of steps of {float(system.dt):g}.")
    return span, discrete
