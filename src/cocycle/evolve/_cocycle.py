"""`cocycle`: a system made advanceable by one sampling interval. The object that every measure consumes."""

import abc
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp

from cocycle.core import CocycleError, Flow, Map, RandomMap, System, as_parameter, as_point

from ._runge_kutta import Tsit5
from ._solver import FixedStep, Solver
from ._time_scale import time_scale

__all__ = ["Cocycle", "cocycle"]


class Cocycle(eqx.Module):
    """`phi(t, state, key=None) -> state` after one sampling interval `dt`.

    `init(point)` makes a state, `output(state)` reads the point back. For most kinds the state *is* the point; for a
    `DelayFlow` it is the history over the longest delay. A failure inside is an all-NaN state; drivers report it.
    """

    system: eqx.AbstractVar[Any]
    dt: eqx.AbstractVar[Any]

    def init(self, point: Any) -> Any:
        """A state from a point."""
        return jnp.asarray(point, dtype=jnp.result_type(float))

    def output(self, state: Any) -> Any:
        """The point of a state."""
        return state

    @property
    def random(self) -> bool:
        """Whether a `key` is needed."""
        return False

    @abc.abstractmethod
    def __call__(self, t: Any, state: Any, key: Any = None) -> Any:
        """The state one sampling interval later."""

    @abc.abstractmethod
    def record(self, t0: Any, state: Any, n: int, key: Any = None) -> Any:
        """Points at `t0 + dt * (0, ..., n)`, shape `(n + 1, dim)`."""

    @abc.abstractmethod
    def refined(self) -> "Cocycle":
        """The same with a more accurate solver (itself where it is exact)."""


class SolverCocycle(Cocycle):
    """A differential equation with a solver."""

    system: Any
    dt: Any
    solver: Solver

    def __call__(self, t, state, key=None):
        return self.solver.advance(self.system, t, state, self.dt, key)

    def record(self, t0, state, n, key=None):
        return self.solver.record(self.system, t0, state, self.dt, n, key)

    @property
    def random(self):
        return not isinstance(self.system, Flow)

    def refined(self):
        return SolverCocycle(self.system, self.dt, self.solver.refined())


class MapCocycle(Cocycle):
    """A map is its own cocycle; `dt` may be any whole number of steps. Time `t` counts in units of `system.dt`."""

    system: Any
    dt: Any
    steps: int = eqx.field(static=True)

    @property
    def random(self):
        return isinstance(self.system, RandomMap)

    def _one(self, n, x, key):
        return as_point(self.system.step(n, x, key) if self.random else self.system.step(n, x))

    def __call__(self, t, state, key=None):
        n0 = jnp.round(t / self.system.dt).astype(int) if not isinstance(t, int) else t
        if self.steps == 1:
            return self._one(n0, state, key)

        def body(i, x):
            return self._one(n0 + i, x, None if key is None else jax.random.fold_in(key, i))

        return jax.lax.fori_loop(0, self.steps, body, state)

    def record(self, t0, state, n, key=None):
        n0 = jnp.round(jnp.asarray(t0) / self.system.dt).astype(int)

        def body(x, i):
            sub = None if key is None else jax.random.fold_in(key, i)
            y = self(n0 + i * self.steps, x, sub)
            return y, y

        _, states = jax.lax.scan(body, state, jnp.arange(n))
        return jnp.concatenate([state[None], states])

    def refined(self):
        return self


def default_solver(system: System, dt: Any) -> Solver:
    """A solver that fits the kind of system."""
    del dt
    if isinstance(system, Flow):
        return Tsit5()
    raise CocycleError(f"No solver is known for a {type(system).__name__}; pass `solver=`.")


def cocycle(system: System, dt: float | None = None, solver: Solver | None = None) -> Cocycle:
    """Make `system` advanceable by `dt` (default: its own sampling interval) with `solver` (default: one that fits).

    ```python
    phi = cc.cocycle(cc.systems.Lorenz63(), dt=0.01)
    x = phi.init([1.0, 1.0, 1.0])
    x = phi(0.0, x)
    ```
    """
    if isinstance(system, Cocycle):
        return system
    if not isinstance(system, System):
        hint = " Call it to make an instance." if isinstance(system, type) and issubclass(system, System) else ""
        raise CocycleError(f"Expected a System; got {system!r}.{hint}")
    if isinstance(system, (Map, RandomMap)):
        if solver is not None:
            raise CocycleError(f"{type(system).__name__} is a map and advances itself: leave out `solver=`.")
        steps = 1 if dt is None else max(1, round(float(dt) / float(system.dt)))
        if dt is not None and abs(steps * float(system.dt) - float(dt)) > 1e-9 * float(dt):
            raise CocycleError(
                f"dt={float(dt):g} is not a whole number of steps of {type(system).__name__}, each {float(system.dt):g}."
            )
        return MapCocycle(system, as_parameter(steps * system.dt), steps)
    if dt is None:
        dt = time_scale(system).dt
    if not isinstance(dt, jax.core.Tracer) and not float(dt) > 0:
        raise CocycleError(f"dt must be positive; got {float(dt):g}. To run backwards, use `reversed_time(system)`.")
    if solver is None:
        solver = default_solver(system, dt)
    solver.check(system)
    if isinstance(solver, FixedStep) and solver.dt is None and solver.substeps is None:
        solver = type(solver)(dt=time_scale(system).period / 100)
    return SolverCocycle(system, as_parameter(dt), solver)
