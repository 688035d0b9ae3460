"""Delay differential equations by the method of steps."""

import dataclasses
import math
from typing import Any, ClassVar, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from cocycle.core import CocycleError, DelayFlow, as_parameter, as_point

from ._cocycle import Cocycle
from ._solver import FixedStep
from ._time_scale import time_scale

__all__ = ["DelayCocycle", "MethodOfSteps"]


class MethodOfSteps(FixedStep):
    r"""The classical Runge-Kutta method with cubic Hermite interpolation of the past: fourth order.

    The state is the history over the longest delay on a grid of equal steps. The step never exceeds the shortest delay,
    so the past is always known, and is chosen so that every delay is a whole number of steps wherever that is possible:
    the kinks that the start of the motion leaves at sums of delays then fall on the grid and cost no accuracy.
    (With incommensurate delays each kink is crossed once with an error of second order; the solution is smooth after.)

    **Arguments** (besides `dt` or `substeps`)

    - `nodes`: length of the history in steps (default: what the longest delay needs). Static, like `substeps`: give
      both where the delays themselves are traced (`jax.grad` or `jax.vmap` over a delay). [@hairer1993, II.17]
    """

    accepts: ClassVar = (DelayFlow,)
    order: ClassVar = 4

    nodes: int | None = eqx.field(default=None, static=True)

    def step(self, system, t, x, h, key=None):
        raise CocycleError("A delay equation needs its history: use `cc.cocycle(system, dt)` or `cc.trajectory`.")

    def cocycle(self, system: DelayFlow, dt: Any) -> "DelayCocycle":
        """The system made advanceable by `dt`; step and history length are fixed here, from concrete numbers."""
        with jax.ensure_compile_time_eval():  # delays that depend on no traced parameter stay numbers under jit
            found = system.delays
        if any(isinstance(v, Tracer) for v in (*jax.tree.leaves(found), dt)):
            if self.substeps is None or self.nodes is None:
                raise CocycleError(
                    f"The delays of {type(system).__name__} (or dt) are traced, so the length of its history is "
                    "unknown. Give both as static numbers: `MethodOfSteps(substeps=..., nodes=...)` with "
                    "nodes * dt / substeps >= the longest delay."
                )
            return DelayCocycle(system, as_parameter(dt), self, self.substeps, self.nodes)
        delays = np.atleast_1d(np.asarray(found, dtype=float))
        if delays.ndim != 1 or delays.size == 0 or not (delays > 0).all():
            raise CocycleError(
                f"{type(system).__name__}: delays must be positive numbers, shape (count,); got {delays}."
            )
        dt = float(dt)
        substeps = self.substeps if self.substeps is not None else self._substeps(system, dt, delays)
        h = dt / substeps
        if h > delays.min() * (1 + 1e-9):
            raise CocycleError(
                f"MethodOfSteps: the step {h:g} exceeds the shortest delay {delays.min():g}; take at least "
                f"substeps={math.ceil(dt / delays.min())}."
            )
        nodes = math.ceil(delays.max() / h - 1e-9)
        if self.nodes is not None:
            if self.nodes < nodes:
                raise CocycleError(f"MethodOfSteps: nodes={self.nodes} is too short; the longest delay needs {nodes}.")
            nodes = self.nodes
        return DelayCocycle(system, as_parameter(dt), self, substeps, nodes)

    def _substeps(self, system, dt, delays):
        largest = float(self.dt) if self.dt is not None else min(time_scale(system).period / 100, delays.min() / 5)
        fewest = max(1, math.ceil(dt / min(largest, delays.min()) - 1e-9))
        for count in range(fewest, 4 * fewest + 16):
            steps = delays * count / dt
            if np.abs(steps - np.round(steps)).max() < 1e-9 * steps.max():
                return count
        return fewest


class _Past(NamedTuple):
    """Where a delayed time lies on the grid: how many intervals back, and the Hermite weights there."""

    back: Any
    weights: Any  # of value and slope at the interval's start, value and slope at its end


class DelayCocycle(Cocycle):
    """A delay equation with a solver. The state is the raveled history: values, and slopes from either side.

    Two slopes a node, since the start of the motion is a kink. `init(point)` takes the system's own `history`,
    shifted so that it ends at `point`.
    """

    system: DelayFlow
    dt: Any
    solver: MethodOfSteps
    steps: int = eqx.field(static=True)
    nodes: int = eqx.field(static=True)

    def init(self, point):
        point = jnp.asarray(point, dtype=jnp.result_type(float))
        h = self.dt / self.steps
        times = -h * jnp.arange(self.nodes, -1, -1)
        past = lambda t: as_point(self.system.history(t))  # noqa: E731
        values, slopes = jax.vmap(lambda t: jax.jvp(past, (t,), (jnp.ones_like(t),)))(times)
        values = values + (point - values[-1])
        return jnp.concatenate([values.ravel(), slopes[:-1].ravel(), slopes[1:].ravel()])

    def output(self, state):
        dim = state.shape[0] // (3 * self.nodes + 1)
        return state[self.nodes * dim : (self.nodes + 1) * dim]

    def history(self, state: Any) -> tuple[Any, Any]:
        """Times before now (shape `(nodes + 1,)`, ending at 0) and values (shape `(nodes + 1, dim)`) of a state."""
        dim = state.shape[0] // (3 * self.nodes + 1)
        times = -self.dt / self.steps * jnp.arange(self.nodes, -1, -1)
        return times, state[: (self.nodes + 1) * dim].reshape(self.nodes + 1, dim)

    def refined(self):
        finer = dataclasses.replace(self.solver, substeps=2 * self.steps, dt=None, nodes=2 * self.nodes)
        return DelayCocycle(self.system, self.dt, finer, 2 * self.steps, 2 * self.nodes)

    def __call__(self, t, state, key=None):
        del key
        h = self.dt / self.steps
        step = self._stepper(h)
        carry = self._enter(t, state, h)

        def body(i, carry):
            return step(t + i * h, carry)

        return self._leave(jax.lax.fori_loop(0, self.steps, body, carry))

    def record(self, t0, state, n, key=None):
        del key
        h = self.dt / self.steps
        step = self._stepper(h)

        def body(carry, i):
            start = t0 + i * self.dt
            carry = jax.lax.fori_loop(0, self.steps, lambda j, c: step(start + j * h, c), carry)
            return carry, carry[1]

        _, points = jax.lax.scan(body, self._enter(t0, state, h), jnp.arange(n))
        return jnp.concatenate([self.output(state)[None], points])

    # -- inside: a ring of intervals, each with value and slope at its start and at its end ----------------------

    def _enter(self, t, state, h):
        m = self.nodes
        dim = state.shape[0] // (3 * m + 1)
        values = state[: (m + 1) * dim].reshape(m + 1, dim)
        starts = state[(m + 1) * dim : (2 * m + 1) * dim].reshape(m, dim)
        ends = state[(2 * m + 1) * dim :].reshape(m, dim)
        ring = jnp.stack([values[:-1], starts, values[1:], ends], axis=1)
        x = values[-1]
        k = self._field(t, x, self._look(ring, m - 1, self._pasts(h)[0]))
        return jnp.asarray(m - 1), x, k, ring

    def _leave(self, carry):
        newest, _, _, ring = carry
        ring = jnp.roll(ring, -(newest + 1), axis=0)
        values = jnp.concatenate([ring[:1, 0], ring[:, 2]])
        return jnp.concatenate([values.ravel(), ring[:, 1].ravel(), ring[:, 3].ravel()])

    def _pasts(self, h):
        """Per stage (start, middle, end of a step) and delay: the place in the past, the same for every step."""
        delays = jnp.atleast_1d(jnp.asarray(self.system.delays))
        out = []
        for c in (0.0, 0.5, 1.0):
            steps = delays / h - c  # before the step's start
            back = jnp.clip(jnp.ceil(steps - 1e-9).astype(int) - 1, 0, self.nodes - 1)
            s = back + 1 - steps  # position within that interval, 0 to 1
            weights = jnp.stack(
                [(1 + 2 * s) * (1 - s) ** 2, h * s * (1 - s) ** 2, s * s * (3 - 2 * s), h * s * s * (s - 1)], axis=-1
            )
            out.append(_Past(back, weights))
        return out

    def _look(self, ring, newest, past):
        def one(back, weights):
            entry = jax.lax.dynamic_index_in_dim(ring, (newest - back) % self.nodes, keepdims=False)
            return weights @ entry

        count = past.back.shape[0]
        return jnp.stack([one(past.back[i], past.weights[i]) for i in range(count)])

    def _field(self, t, x, delayed):
        return as_point(self.system.vector_field(t, x, delayed))

    def _stepper(self, h):
        _, middle, end = self._pasts(h)

        def step(t, carry):
            newest, x, k1, ring = carry
            halfway = self._look(ring, newest, middle)
            k2 = self._field(t + h / 2, x + h / 2 * k1, halfway)
            k3 = self._field(t + h / 2, x + h / 2 * k2, halfway)
            past = self._look(ring, newest, end)
            k4 = self._field(t + h, x + h * k3, past)
            y = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
            k = self._field(t + h, y, past)
            newest = (newest + 1) % self.nodes
            ring = jax.lax.dynamic_update_index_in_dim(ring, jnp.stack([x, k1, y, k]), newest, 0)
            return newest, y, k, ring

        return step
