"""The Lagrangian-averaged vorticity deviation: how much each particle turns, relative to the fluid as a whole."""

from dataclasses import dataclass
from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, Derived, Flow, NotApplicableError, System, as_parameter, as_point
from cocycle.evolve import Solver, cocycle, time_scale
from cocycle.measure._arguments import finite
from cocycle.measure._deformation import advance_all
from cocycle.measure._neighbours import whole

from ._grid import Grid, GridField, checked, lost
from ._loops import Loop, convex_level_sets

__all__ = ["VorticityDeviation", "lagrangian_averaged_vorticity_deviation"]

_MEASURE = "vorticity deviation"


@dataclass(frozen=True, repr=False, kw_only=True)
class VorticityDeviation(GridField):
    """The Lagrangian-averaged vorticity deviation (LAVD) on a grid.

    **Fields**, for a grid of shape `grid` in `dim` dimensions

    - `axes`: the coordinates along each axis; `points`: the starting points, shape `(*grid, dim)`.
    - `field`: the deviation, shape `grid`, an angle: twice that by which a small body at the point turns, relative to
      the fluid as a whole. NaN where the point diverged.
    - `stderr`: the largest error by finite steps (measured at 64 points with a finer solver) and by finitely many
      `samples` (the difference to half as many). The error of the spatial mean by the finite grid is not in it.
    - `vorticity`: at the start, shape `grid`, or `(*grid, 3)`; `mean`: the spatial mean of the vorticity at the
      sampling times `times`, shape `(samples + 1,)` or `(samples + 1, 3)`.
    - `images`: where the points went. `time` (negative: backward), `t0`, `variables`, `notes`.
    """

    vorticity: np.ndarray
    mean: np.ndarray
    times: np.ndarray

    def vortices(self, *, deficiency: float = 1e-3, levels: int = 100, least: float = 20.0) -> list[Loop]:
        """Vortices: the outermost closed convex level curves round the maxima of the field, in two dimensions.

        From each maximum downwards over `levels` levels, as long as the level curve round it is closed and convex;
        then to where that fails, by halving [@haller2016].

        **Arguments**

        - `deficiency`: the convexity deficiency that is allowed: the area between the curve and its convex hull, over
          its area. - `least`: curves smaller than so many cells are not looked at: their shape is that of the grid.

        **Returns** a list of `Loop`, largest first: `points` `(n, 2)`, `level`, `centre` (the maximum), `area`, and
        `error`, the deficiency. Empty where the field is flat to ten times its error. The curves hold at the start,
        `t0`: they move with the fluid.
        """
        if len(self.axes) != 2:
            raise NotApplicableError("vortices: level curves are for two dimensions; in three, draw level surfaces.")
        return convex_level_sets(self, deficiency, levels, least)

    def plot(self, *, vortices: bool | list[Loop] = False) -> Any:
        """The field as a figure, as `cocycle.viz` draws; two dimensions. `vortices`: draw them too."""
        found = self.vortices() if vortices is True else vortices or []
        return self._picture(self.field, np.concatenate([loop.points for loop in found]) if found else None)


class _Swelling(Derived, Flow):
    """A point, and the logarithm of the volume of a drop round it. Runs backward where `sign` is -1."""

    carries_displacements: ClassVar = True  # nothing is differentiated along the orbit: no bound on the step is needed

    of: Flow
    t0: Any
    sign: Any

    def default_state(self):
        return jnp.append(as_point(self.of.default_state()), 0.0)

    @property
    def variables(self):
        return (*self.of.variables, "log_volume")

    def vector_field(self, t, x):
        value, slope = self.at(t, x[:-1])
        return self.sign * jnp.append(value, jnp.trace(slope))

    def at(self, t, point):
        """Velocity and its derivatives, by the clock of the run."""
        clock = self.t0 + self.sign * t

        def field(y):
            return as_point(self.of.vector_field(clock, y))

        value, push = jax.linearize(field, point)
        return value, jax.vmap(push)(jnp.eye(point.shape[0])).T


@eqx.filter_jit
def _vorticity(system, t, states):
    def one(state):
        _, slope = system.at(t, state[:-1])
        if slope.shape[0] == 2:
            return slope[1, 0] - slope[0, 1]
        return jnp.stack([slope[2, 1] - slope[1, 2], slope[0, 2] - slope[2, 0], slope[1, 0] - slope[0, 1]])

    return jax.vmap(one)(states)


def lagrangian_averaged_vorticity_deviation(
    system: System,
    box: Any,
    resolution: Any = 200,
    time: float | None = None,
    *,
    t0: float = 0.0,
    mean: Any = None,
    samples: int = 100,
    solver: Solver | None = None,
) -> VorticityDeviation:
    r"""Vortices that any observer agrees on: the vorticity along each path less its mean over the fluid, summed up.

    $$\mathrm{LAVD}(x_0) = \int_{t_0}^{t_0 + T} |\omega(x(t), t) - \bar\omega(t)|\, |dt|, \qquad
    \bar\omega(t) = \frac{\int_{U(t)} \omega\, dV}{\int_{U(t)} dV}$$

    $U(t)$ is what became of the box at time $t$: the mean is over the same fluid for all observers, so the field is the
    same in frames that turn and move [@haller2016]. Maxima are the centres of vortices, closed convex level curves
    round them their boundaries (`.vortices()`).

    **Arguments**

    - `system`: a `Flow` of two or three variables (its time may enter explicitly).
    - `box`: `((low, high), ...)`: where the points start, and the fluid over which the mean is taken.
    - `resolution`: points along each axis: a number, or one for each.
    - `time`: $T$, in units of time; negative is backward. Default: one dominant period. - `t0`: the time at the start.
    - `mean`: the mean vorticity, if it is known: 0 for vortices in fluid at rest that reaches far beyond the box, say.
      Then the field holds in that frame only. Default: over the box, by the trapezoidal rule.
    - `samples`: how many intervals the integral is made of (Simpson's rule), a number that 4 divides.
    - `solver`: as for `cc.trajectory`.

    **Returns** a `VorticityDeviation`: `field`, `vorticity`, `mean`, `times`, and `.vortices()`, `.plot()`. Points that
    diverge are NaN, with a note, and take no part in the mean; `EstimationError` where over half do.
    """
    if not isinstance(system, System):
        cocycle(system)  # raises the right sentence
    if not isinstance(system, Flow):
        raise NotApplicableError(f"{_MEASURE}: {type(system).__name__} is not a Flow: it has no vorticity.")
    if whole(samples, "samples", 4) % 4:
        raise CocycleError(f"{_MEASURE}: samples is a whole number that 4 divides; got {samples!r}.")
    grid = Grid(box, resolution, system.dim, _MEASURE)
    span = time_scale(system).period if time is None else finite(time, "time")
    if span == 0:
        raise CocycleError(f"{_MEASURE}: time must be a number other than 0 (negative is backward); got {time!r}.")
    t0 = finite(t0, "t0")
    swelling = _Swelling(system, as_parameter(t0), as_parameter(np.sign(span)))
    phi = cocycle(swelling, abs(span) / samples, solver)
    known = None if mean is None else np.broadcast_to(np.asarray(mean, float), () if grid.dim == 2 else (3,))

    def run(phi, points):
        """Vorticity `(samples + 1, n, ...)` along the paths, volumes of drops `(samples + 1, n)`, the last points."""
        states = jnp.asarray(np.concatenate([points, np.zeros((len(points), 1))], axis=1))
        turning, volume = [], []
        for i in range(samples + 1):
            if i:
                states = advance_all(phi, jnp.asarray((i - 1) * abs(span) / samples), states, jnp.asarray(np.int64(1)))
            turning.append(np.asarray(_vorticity(swelling, jnp.asarray(i * abs(span) / samples), states)))
            volume.append(np.exp(np.asarray(states[:, -1])))
        return np.array(turning), np.array(volume), np.asarray(states[:, :-1])

    turning, volume, images = run(phi, grid.points)
    good = np.isfinite(images).all(axis=1) & np.isfinite(turning).all(
        axis=tuple(i for i in range(turning.ndim) if i != 1)
    )
    notes = lost(good, span, "deviation", _MEASURE)
    weights = _trapezoid(grid.shape).ravel()[good] * volume[:, good]
    weights /= weights.sum(axis=1, keepdims=True)
    means = np.einsum("tn,tn...->t...", weights, turning[:, good])
    if known is not None:
        means = np.broadcast_to(known, means.shape)

    def integral(turning, every=1):
        apart = (
            np.abs(turning - means[:, None]) if turning.ndim == 2 else np.linalg.norm(turning - means[:, None], axis=-1)
        )
        return np.tensordot(_simpson(samples // every) * abs(span) / samples * every, apart[::every], axes=1)

    field = np.where(good, integral(turning), np.nan)
    coarse = np.abs(integral(turning[:, good], 2) - field[good]).max()
    some = checked(good)
    finer, _, _ = run(phi.refined(), grid.points[some])
    return VorticityDeviation(
        field=grid.shaped(field),
        stderr=float(coarse + np.abs(integral(finer) - field[some]).max()),
        vorticity=grid.shaped(turning[0]),
        mean=np.array(means),
        times=t0 + np.linspace(0.0, span, samples + 1),
        images=grid.shaped(images),
        axes=grid.axes,
        time=span,
        t0=t0,
        variables=system.variables,
        notes=notes,
    )


def _trapezoid(shape):
    """The share of the box that each point of the grid stands for, up to a factor."""
    weights = np.ones(shape)
    for axis in range(len(shape)):
        for end in (0, -1):
            weights[(slice(None),) * axis + (end,)] /= 2
    return weights


def _simpson(n):
    weights = np.full(n + 1, 2.0)
    weights[1::2] = 4.0
    weights[[0, -1]] = 1.0
    return weights / 3
