"""Poincare maps: a flow seen at its crossings of a surface."""

import abc
from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer
from jaxtyping import Array, Float

from cocycle.core import CocycleError, Flow, Map, NotApplicableError, NumericalError, as_point, param, suggestion
from cocycle.evolve._runge_kutta import Dop853, Tsit5
from cocycle.evolve._time_scale import time_scale

__all__ = ["Plane", "PoincareMap", "Section", "Surface", "poincare"]


class Section(eqx.Module):
    """A surface $g(x) = 0$ with `dim - 1` coordinates of its own. Define `__call__`, `project` and `lift`.

    `direction`: +1 counts crossings where $g$ grows, -1 where it falls, 0 both.
    """

    direction: eqx.AbstractVar[int]

    @abc.abstractmethod
    def __call__(self, x: Float[Array, " dim"]) -> Float[Array, ""]:
        """$g(x)$, zero on the section."""

    @abc.abstractmethod
    def project(self, x: Float[Array, " dim"]) -> Float[Array, " dim-1"]:
        """The coordinates of a state on the section."""

    @abc.abstractmethod
    def lift(self, coordinates: Float[Array, " dim-1"]) -> Float[Array, " dim"]:
        """The state with these coordinates; inverse of `project` on the section."""


class Plane(Section):
    """Where variable number `index` equals `value`; the coordinates are the other variables."""

    index: int = eqx.field(static=True)
    value: Any = param(0.0)
    direction: int = eqx.field(static=True, default=1)

    def __call__(self, x):
        return x[self.index] - self.value

    def project(self, x):
        return jnp.concatenate([x[: self.index], x[self.index + 1 :]])

    def lift(self, coordinates):
        i = self.index
        return jnp.concatenate([coordinates[:i], self.value[None], coordinates[i:]])


class Surface(Section):
    """Any surface: `function(x)` is zero on it; `project_with(x)` and `lift_with(coordinates)` give its coordinates."""

    function: Callable[[Any], Any]
    project_with: Callable[[Any], Any]
    lift_with: Callable[[Any], Any]
    direction: int = eqx.field(static=True, default=1)

    def __call__(self, x):
        return jnp.asarray(self.function(x))

    def project(self, x):
        return as_point(self.project_with(x))

    def lift(self, coordinates):
        return as_point(self.lift_with(coordinates))


def poincare(
    flow: Flow,
    section: Section | tuple[str | int, float],
    *,
    direction: int = 1,
    max_time: float | None = None,
    solver: Tsit5 | Dop853 | None = None,
) -> "PoincareMap":
    """The map from one crossing of a surface to the next.

    **Arguments**

    - `flow`: an autonomous flow (a forced one is strobed instead: `stroboscopic`).
    - `section`: `("z", 27.0)`, a variable (name or number) and its value, or a `Section`.
    - `direction`: +1 counts crossings where the variable grows, -1 where it falls, 0 both (for the pair form).
    - `max_time`: how long to wait for a return, in units of time (default: 100 dominant periods).
    - `solver`: `Tsit5` or `Dop853`, whose tolerance is that of the map (default: `Tsit5()`, 1e-8).

    **Returns** a `PoincareMap`. Crossings are root-found on the solver's own step, so they lie on the surface to
    rounding; derivatives take the change of the crossing time into account. A start that never returns gives NaN under
    `jit`, and in `cc.trajectory` an error that says so. Two crossings within one step of the solver are missed.
    [@henon1982]
    """
    if not isinstance(flow, Flow):
        raise NotApplicableError(f"poincare: expected a Flow; got a {type(flow).__name__}.")
    if flow.forcing_period is not None:
        raise NotApplicableError(
            f"poincare: {type(flow).__name__} depends on time, so a crossing does not fix what follows; "
            "use `stroboscopic(flow)`."
        )
    if not isinstance(section, Section):
        section = _plane(flow, section, direction)
    if section.direction not in (-1, 0, 1):
        raise CocycleError(f"poincare: direction must be +1, -1 or 0; got {section.direction}.")
    solver = Tsit5() if solver is None else solver
    if not isinstance(solver, (Tsit5, Dop853)):
        raise CocycleError(f"poincare: the solver must be Tsit5 or Dop853; got {type(solver).__name__}.")
    if max_time is None:
        max_time = 100 * time_scale(flow).period
    return PoincareMap(flow, section, max_time, solver)


def _plane(flow, section, direction):
    try:
        variable, value = section
    except (TypeError, ValueError):
        raise CocycleError(
            f"poincare: section must be a Section or a pair such as ('z', 27.0); got {section!r}."
        ) from None
    names = flow.variables
    if isinstance(variable, str):
        if variable not in names:
            raise CocycleError(
                f"poincare: {type(flow).__name__} has no variable {variable!r}; it has: {', '.join(names)}."
                f"{suggestion(variable, names)}"
            )
        variable = names.index(variable)
    if not -len(names) <= variable < len(names):
        raise CocycleError(f"poincare: variable number {variable} is outside the {len(names)} variables.")
    return Plane(int(variable) % len(names), value, direction)


class PoincareMap(Map):
    """A flow at its crossings of a section: a `Map` on the section's `dim - 1` coordinates. Made by `poincare`.

    One step counts as 1 in time; `crossing(coordinates)` also gives the flight time in the flow's units.
    """

    flow: Flow
    section: Section
    max_time: Any = param()
    solver: Any = None

    def step(self, n, x):
        del n
        return self.crossing(x)[0]

    def crossing(self, coordinates: Float[Array, " dim-1"]) -> tuple[Float[Array, " dim-1"], Float[Array, ""]]:
        """The next crossing after a point of the section, and the time until then (NaN without a return)."""
        x, time = _crossing((self.flow, self.section, self.solver, self.max_time), self.section.lift(coordinates), True)
        return self.section.project(x), time

    def onto(self, x: Float[Array, " dim"]) -> tuple[Float[Array, " dim-1"], Float[Array, ""]]:
        """The first crossing of the orbit from any state `x` of the flow, and the time until then."""
        x, time = _crossing((self.flow, self.section, self.solver, self.max_time), jnp.asarray(x), False)
        return self.section.project(x), time

    def lift(self, coordinates: Float[Array, " dim-1"]) -> Float[Array, " dim"]:
        """The flow's state at a point of the section."""
        return self.section.lift(coordinates)

    def project(self, x: Float[Array, " dim"]) -> Float[Array, " dim-1"]:
        """The section's coordinates of a state on it."""
        return self.section.project(x)

    def default_state(self):
        start, _ = self.onto(self.flow.default_state())
        if not isinstance(start, Tracer) and not np.isfinite(np.asarray(start)).all():
            raise NumericalError(f"From the default state: {self.failure()}.")
        return start

    @property
    def dim(self):
        return int(jax.eval_shape(lambda: self.section.project(self.flow.default_state())).shape[0])

    @property
    def variables(self):
        if isinstance(self.section, Plane):
            names = self.flow.variables
            return names[: self.section.index] + names[self.section.index + 1 :]
        return tuple(f"s{i}" for i in range(self.dim))

    def failure(self) -> str:
        """What a NaN means here."""
        name = type(self.flow).__name__
        return (
            f"the orbit of {name} does not return to the section within max_time = {float(self.max_time):g}. Move the "
            "section, turn `direction`, raise `max_time`, start elsewhere (`x0=`)"
        )


# -- the search ---------------------------------------------------------------------------------------------------


@eqx.filter_custom_jvp
def _crossing(problem, x, leaving):
    """The next crossing and its time. `leaving`: the start lies on the section, and is not itself a crossing."""
    flow, section, solver, max_time = problem
    f = lambda t, y: as_point(flow.vector_field(t, y))  # noqa: E731
    sense = 1.0 if section.direction >= 0 else -1.0
    g = lambda y: sense * section(y)  # noqa: E731
    both = section.direction == 0

    def crossed(side, now):
        return (side < 0) & (now >= 0) if not both else ((side < 0) & (now >= 0)) | ((side > 0) & (now <= 0))

    k1 = f(0.0, x)
    if leaving:
        # which side the orbit has come from is not the sign of g (zero but for rounding) but a matter of direction
        side = jnp.zeros((), x.dtype) if both else jnp.ones((), x.dtype)
    else:
        side = g(x)
    h = solver._first_step(x, k1, max_time)
    tiny = 1e-14 * max_time

    def running(carry):
        now, _, _, h, _, taken, found = carry
        return ~found & (now < max_time) & (h > tiny) & (taken < solver.max_steps)

    def body(carry):
        now, x, k1, h, side, taken, _ = carry
        y, ks, accepted, factor = solver._attempt(f, now, x, h, k1)
        ahead = g(y)
        found = accepted & crossed(side, ahead)
        move = accepted & ~found
        return (
            jnp.where(move, now + h, now),
            jnp.where(move, y, x),
            jnp.where(move, ks[-1], k1),
            jnp.where(found, h, h * factor),
            jnp.where(move, ahead, side),
            taken + 1,
            found,
        )

    carry = (jnp.zeros((), x.dtype), x, k1, h, side, jnp.zeros((), int), jnp.asarray(False))
    now, left, k1, h, side, _, found = jax.lax.while_loop(running, body, carry)
    rising = jnp.where(side < 0, 1.0, -1.0)

    def polish(carry):
        low, high, s, _, count = carry
        y, ks = solver._stages(f, now, left, s, k1)
        value, speed = jax.jvp(section, (y,), (ks[-1],))
        before = rising * sense * value < 0
        low, high = jnp.where(before, s, low), jnp.where(before, high, s)
        newton = s - value / speed
        inside = (newton > low) & (newton < high)  # False for NaN
        proposal = jnp.where(inside, newton, (low + high) / 2)
        return low, high, proposal, jnp.abs(proposal - s), count + 1

    def unsettled(carry):
        low, high, s, change, count = carry
        return (change > 2e-16 * (now + s)) & (high - low > 0) & (count < 60)

    # at the first trial the end of the step itself, known to lie beyond
    start = (jnp.zeros_like(h), h, h, jnp.full_like(h, jnp.inf), jnp.zeros((), int))
    _, _, s, _, _ = jax.lax.while_loop(unsettled, polish, start)
    y, _ = solver._stages(f, now, left, s, k1)
    found = found & (now + s <= max_time)
    return jnp.where(found, y, jnp.nan), jnp.where(found, now + s, jnp.nan)


@_crossing.def_jvp
def _crossing_jvp(primals, tangents):
    problem, x, leaving = primals
    (dflow, dsection, _, _), dx, _ = tangents
    flow, section, solver, _ = problem
    y, time = _crossing(problem, x, leaving)
    fixed = jax.lax.stop_gradient(time)

    def advance(flow, x):
        return solver.advance(flow, 0.0, x, fixed)

    _, dy = eqx.filter_jvp(advance, (flow, x), (dflow, dx))
    # g(y) = 0 stays true: dg + (velocity of g) dT = 0
    _, dg = eqx.filter_jvp(lambda section, y: section(y), (section, y), (dsection, dy))
    velocity = as_point(flow.vector_field(time, y))
    _, speed = jax.jvp(section, (y,), (velocity,))
    dtime = -_filled(dg, speed) / speed
    return (y, time), (_filled(dy, y) + velocity * dtime, dtime)


def _filled(tangent, like):
    """Equinox writes None for a tangent that is zero by structure."""
    return jnp.zeros_like(like) if tangent is None else tangent
