"""Barriers to diffusion: how much of a weakly diffusing tracer crosses a material surface."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    Derived,
    Flow,
    NotApplicableError,
    StochasticFlow,
    System,
    as_parameter,
    as_point,
)
from cocycle.evolve import Solver, cocycle, time_scale
from cocycle.measure._arguments import finite
from cocycle.measure._deformation import advance_all

from ._grid import Grid, GridField, checked, lost
from ._ridges import Ridges, find_ridges

__all__ = ["BarrierField", "diffusion_barriers"]

_MEASURE = "diffusion barriers"


@dataclass(frozen=True, repr=False, kw_only=True)
class BarrierField(GridField):
    r"""The diffusion barrier strength on a grid, and the averaged transport tensor that it is the trace of.

    **Fields**, for a grid of shape `grid` in `dim` dimensions

    - `axes`: the coordinates along each axis; `points`: the starting points, shape `(*grid, dim)`.
    - `field`: the diffusion barrier strength, shape `grid`, in units of the diffusion tensor; NaN where the point
      diverged. Its range is exponential in the time: draw its logarithm.
    - `stderr`: the largest **relative** error of it by finite steps, measured at 64 points with a finer solver. The
      error of the grid (structures thinner than a cell) is not in it, nor the terms of higher order in the diffusivity.
    - `tensor`: the averaged transport tensor $\\bar T$, shape `(*grid, dim, dim)`.
    - `transports`: its eigenvalues, smallest first; `directions`: its eigenvectors as rows, in the same order: across a
      surface with the first as its normal least is transported.
    - `covectors`: what becomes of the gradients $e_i$ of a carried scalar, as rows, `(*grid, dim, dim)`: row $i$ is
      $F^{-\\top} e_i$ at the end.
    - `images`: where the points went. `time` (negative: backward), `t0`, `variables`, `notes`.
    """

    tensor: np.ndarray
    transports: np.ndarray
    directions: np.ndarray
    covectors: np.ndarray

    @property
    def cauchy_green(self) -> np.ndarray:
        r"""The averaged, diffusion-weighted Cauchy-Green tensor of two dimensions, shape `(*grid, 2, 2)`.

        $\bar C_D = \Omega^\top \bar T\, \Omega$ with $\Omega$ the rotation by a right angle; in an incompressible flow
        it is the time average of $\det(D)\, F^\top D^{-1} F$. What passes a unit of a curve with tangent $e$ is
        $e \cdot \bar C_D\, e$.
        """
        if len(self.axes) != 2:
            raise NotApplicableError(
                f"{_MEASURE}: the averaged Cauchy-Green tensor is of two dimensions; use `tensor`."
            )
        turned = self.tensor[..., ::-1, ::-1].copy()
        turned[..., 0, 1] *= -1
        turned[..., 1, 0] *= -1
        return turned

    def ridges(
        self, threshold: float | None = None, *, normal: str = "strain", sharpness: float = 0.0, least: int = 5
    ) -> Ridges:
        """Ridges of the logarithm of the field: the lines (surfaces) that hinder or enhance diffusion most.

        As `FTLEField.ridges`, of the logarithm: `values`, `threshold` (default: the 80 % quantile) and `sharpness` are
        those of the logarithm. `normal="strain"`: the normal is the direction across which least is transported, so
        these ridges are barriers; `"hessian"`: all ridges, enhancers too.
        """
        logarithm = dataclasses.replace(self, field=np.log(self.field))
        return find_ridges(logarithm, threshold, normal, sharpness, least)

    def plot(self, *, ridges: bool | Ridges = False) -> Any:
        """The logarithm of the field as a figure, as `cocycle.viz` draws; two dimensions.

        `ridges`: draw them too (`True`, or those that `ridges(...)` gave).
        """
        found = self.ridges() if ridges is True else ridges or None
        values = np.log(self.field)
        top = np.nanquantile(values, 0.98)
        return self._picture(np.minimum(values, top), None if found is None else found.points)


class _Gradients(Derived, Flow):
    """A point, gradients of carried scalars that start as the unit vectors, and the integral of the transport tensor.

    Gradients move as covectors, `dg/dt = -Df^T g`: no inverse of the deformation gradient is needed, which after a
    long time has lost its smaller singular value. Runs backward where `sign` is -1.
    """

    carries_displacements: ClassVar = True  # the error estimate sees them

    of: Flow
    t0: Any
    sign: Any
    spread: Any  # D as an array, or
    source: Callable | StochasticFlow | None = None  # what makes it

    def default_state(self):
        return self.started(as_point(self.of.default_state()))

    @property
    def variables(self):
        return tuple(f"s{i}" for i in range(len(self.of.variables) * (1 + 2 * len(self.of.variables))))

    def started(self, point):
        dim = point.shape[0]
        return jnp.concatenate([point, jnp.eye(dim).ravel(), jnp.zeros(dim * dim)])

    def vector_field(self, t, x):
        dim = self.of.dim
        clock = self.t0 + self.sign * t
        point, g = x[:dim], x[dim : dim + dim * dim].reshape(dim, dim)

        def field(y):
            return as_point(self.of.vector_field(clock, y))

        value, push = jax.linearize(field, point)
        slope = jax.vmap(push)(jnp.eye(dim))  # row j: the derivative along e_j
        turned = -g @ slope.T  # rows: -(Df)^T g_i
        through = g @ self.spread_at(clock, point) @ g.T
        return jnp.concatenate([self.sign * value, self.sign * turned.ravel(), through.ravel()])

    def spread_at(self, t, point):
        if self.source is None:
            return self.spread
        if isinstance(self.source, StochasticFlow):
            noise = jnp.asarray(self.source.diffusion(t, point))
            return noise @ noise.T / 2
        return jnp.asarray(self.source(t, point), dtype=point.dtype)


def diffusion_barriers(
    system: System,
    box: Any,
    resolution: Any = 200,
    time: float | None = None,
    *,
    t0: float = 0.0,
    diffusion: Any = None,
    solver: Solver | None = None,
) -> BarrierField:
    r"""The diffusion barrier strength on a grid: where a carried, weakly diffusing tracer is held back or let through.

    $$\mathrm{DBS} = \operatorname{tr} \bar T, \qquad \bar T = \frac{1}{|T|} \int_{t_0}^{t_0 + T}
    F^{-1} D(x(t), t)\, F^{-\top}\, |dt|, \qquad F = \frac{\partial x(t)}{\partial x(t_0)}$$

    To leading order in the diffusivity the amount that passes a material surface is the integral over it of
    $n \cdot \bar T n$, with $n$ its first normal, if the concentration at first varies across it alone
    [@haller2018barriers]. That holds for any density if the concentration is per mass and the fluid is uniform at first
    [@haller2020barriers]. Ridges of the field are the strongest barriers and enhancers. It is objective: observers that
    turn and move see the same.

    The gradients $F^{-\top} e_i$ and the integral are integrated with the points, so the value at a point does not
    depend on the grid, and no inverse is taken.

    **Arguments**

    - `system`: a `Flow` of two or three variables (its time may enter explicitly), or a `StochasticFlow` with additive
      noise, whose $D = B B^\top / 2$ is then taken.
    - `box`: `((low, high), ...)`. - `resolution`: points along each axis: a number, or one for each.
    - `time`: $T$, in units of time; negative is backward. Default: one dominant period. - `t0`: the time at the start.
    - `diffusion`: $D$, the shape of the diffusion tensor: a number, a symmetric positive definite matrix, or a function
      of `(t, x)` that returns one (for use in JAX). Default: the identity. The scale only multiplies the field.
    - `solver`: as for `cc.trajectory`.

    **Returns** a `BarrierField`: `field`, `tensor`, `transports`, `directions`, `.ridges()`, `.plot()`.
    Points that diverge are NaN, with a note; `EstimationError` where over half do.
    """
    flow, spread, source = _diffusing(system, diffusion)
    grid = Grid(box, resolution, flow.dim, _MEASURE)
    span = time_scale(flow).period if time is None else finite(time, "time")
    if span == 0:
        raise CocycleError(f"{_MEASURE}: time must be a number other than 0 (negative is backward); got {time!r}.")
    t0 = finite(t0, "t0")
    carried = _Gradients(flow, as_parameter(t0), as_parameter(np.sign(span)), spread, source)
    phi = cocycle(carried, abs(span), solver)
    dim, squared = grid.dim, grid.dim**2
    tail = np.concatenate([np.eye(dim).ravel(), np.zeros(squared)])
    starts = np.concatenate([grid.points, np.broadcast_to(tail, (len(grid.points), 2 * squared))], axis=1)

    def run(phi, starts):
        ends: Any = np.array(advance_all(phi, jnp.asarray(0.0), jnp.asarray(starts), jnp.asarray(np.int64(1))))
        good: Any = np.isfinite(ends).all(axis=1)
        ends[~good] = np.nan
        return good, ends[:, :dim], ends[:, dim:-squared].reshape(-1, dim, dim), ends[:, -squared:] / abs(span)

    good, images, covectors, tensor = run(phi, starts)
    notes = lost(good, span, "strength", _MEASURE)
    some = checked(good)
    _, _, _, finer = run(phi.refined(), starts[some])
    tensor = tensor.reshape(-1, dim, dim)
    strength = np.trace(tensor, axis1=1, axis2=2)
    again = np.trace(finer.reshape(-1, dim, dim), axis1=1, axis2=2)
    transports, directions = np.linalg.eigh(np.where(good[:, None, None], tensor, 0.0))
    transports[~good], directions[~good] = np.nan, np.nan
    return BarrierField(
        field=grid.shaped(strength),
        stderr=float(np.nanmax(np.abs(again / strength[some] - 1))),
        tensor=grid.shaped(tensor),
        transports=grid.shaped(transports),
        directions=grid.shaped(directions.transpose(0, 2, 1)),
        covectors=grid.shaped(covectors),
        images=grid.shaped(images),
        axes=grid.axes,
        time=span,
        t0=t0,
        variables=flow.variables,
        notes=notes,
    )


def _diffusing(system, diffusion):
    """The flow, and the diffusion tensor as `(array, what makes it)`."""
    if isinstance(system, StochasticFlow):
        if diffusion is not None:
            raise CocycleError(f"{_MEASURE}: a stochastic flow has noise of its own; leave out `diffusion`.")
        if not system.additive:
            raise NotApplicableError(
                f"{_MEASURE}: the noise of {type(system).__name__} depends on the state, which also moves the tracer. "
                "Give its drift as a flow, and `diffusion=` as a function."
            )
        return system.skeleton(), jnp.zeros(()), system
    if not isinstance(system, System):
        cocycle(system)  # raises the right sentence
    if not isinstance(system, Flow):
        raise NotApplicableError(
            f"{_MEASURE}: {type(system).__name__} is not a Flow: diffusion acts along the way, in continuous time."
        )
    if callable(diffusion):
        return system, jnp.zeros(()), diffusion
    dim = system.dim
    try:
        matrix = np.eye(dim) if diffusion is None else np.asarray(diffusion, dtype=float)
    except (TypeError, ValueError):
        matrix = np.empty(0)
    matrix = matrix * np.eye(dim) if matrix.ndim == 0 else matrix
    if (
        matrix.shape != (dim, dim)
        or not np.isfinite(matrix).all()
        or not np.allclose(matrix, matrix.T)
        or not np.linalg.eigvalsh(matrix)[0] > 0
    ):
        raise CocycleError(
            f"{_MEASURE}: diffusion is a positive number, a symmetric positive definite matrix ({dim}, {dim}), or a "
            f"function of (t, x); got {diffusion!r}."
        )
    return system, jnp.asarray(matrix), None
