"""A system's own time scale: from its card, or estimated once from a short run."""

from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    DelayFlow,
    Flow,
    Map,
    NumericalError,
    RandomMap,
    SemilinearFlow,
    StochasticFlow,
    System,
    as_point,
)

from ._exponential import ETDRK4
from ._runge_kutta import Tsit5

__all__ = ["TimeScale", "time_scale"]


class TimeScale(NamedTuple):
    """`period` of the dominant motion; `dt`, a sensible sampling interval; `transient`, the time to the attractor."""

    period: float
    dt: float
    transient: float


def time_scale(system: System) -> TimeScale:
    """The time scale of a system, in its own units of time.

    The card's `period` where there is one; the forcing period of a driven system; one step for a map. Otherwise it is
    estimated from short runs as $2\\pi$ times the root mean square over variables of (spread of the variable /
    spread of its velocity), which is exactly the period for a sine; at a fixed point, $2\\pi$ / the largest
    modulus of an eigenvalue of the Jacobian (of a `SemilinearFlow`: / the modulus of the least damped one).
    """
    card = type(system).card
    if isinstance(system, (Map, RandomMap)):
        dt = float(system.dt)
        transient = card.transient if card is not None and card.transient is not None else 1000 * dt
        return TimeScale(dt, dt, transient)
    period = card.period if card is not None else None
    if period is None and system.forcing_period is not None:
        period = float(system.forcing_period)
    if period is None:
        period = _estimated(system)
    dt = card.dt if card is not None and card.dt is not None else period / 100
    transient = card.transient if card is not None and card.transient is not None else 50 * period
    return TimeScale(float(period), float(dt), float(transient))


def _estimated(system: System) -> float:
    if isinstance(system, StochasticFlow):
        system = system.skeleton()
    if isinstance(system, DelayFlow):
        return 4.0 * float(np.max(np.asarray(system.delays)))
    if not isinstance(system, Flow):
        return 1.0
    x = system.default_state()
    speed = float(jnp.linalg.norm(as_point(system.vector_field(0.0, x))))
    size = float(jnp.linalg.norm(x)) + 1e-3
    resting = speed <= 1e-12 * size
    period = first = _linear_period(system, x) if resting else size / speed
    for _ in range(8):
        states, ratio = _probe(system, x, period)
        if not np.isfinite(states[-1]).all():
            raise NumericalError(
                f"{type(system).__name__} diverged within {20 * period:.3g} time units of its default state (or is too "
                "stiff for an explicit method), so no time scale could be estimated. Give `time=` and `dt=`, or "
                "another `x0=`.",
                time=20 * period,
            )
        x = jnp.asarray(states[-1])
        ratio = float(ratio)
        if ratio == 0:  # nothing oscillates: a fixed point, or a uniform drift (phases on a torus)
            moving = float(jnp.linalg.norm(as_point(system.vector_field(0.0, x)))) > 1e-9 * (size + 1e-300)
            return first if moving else _linear_period(system, x)
        new = 2 * np.pi * ratio
        if 0.5 < new / period < 2:
            return new
        period = float(np.clip(new, period / 100, period * 100))
    return period


@eqx.filter_jit
def _probe(system, x, period):
    # a field on a grid is stiff: an explicit method would spend its steps on modes that carry nothing
    semilinear = isinstance(system, SemilinearFlow)
    solver = ETDRK4(substeps=8) if semilinear else Tsit5(1e-6, 1e-6, max_steps=200_000)
    states = solver.record(system, 0.0, x, period / 25, 500)
    times = jnp.arange(501) * period / 25
    speeds = jax.vmap(lambda t, y: as_point(system.vector_field(t, y)))(times, states)
    spread, quick = jnp.var(states[250:], axis=0), jnp.var(speeds[250:], axis=0)
    size = jnp.max(jnp.abs(states[250:]))
    drift = jnp.mean(jnp.square(speeds[250:]), axis=0)
    moving = (spread > (1e-6 * (size + 1e-300)) ** 2) & (quick > 1e-9 * drift)
    ratio = jnp.where(moving, spread / jnp.where(moving, quick, 1.0), 0.0)
    return states, jnp.sqrt(jnp.sum(ratio) / jnp.maximum(jnp.sum(moving), 1))


def _linear_period(system, x):
    jacobian = jax.jacfwd(lambda y: as_point(system.vector_field(0.0, y)))(x)
    rates = np.linalg.eigvals(np.asarray(jacobian))
    rate = float(np.max(np.abs(rates)))
    if isinstance(system, SemilinearFlow) and rate > 0:  # the slowest mode, not the finest on the grid
        lasting = rates[np.abs(rates) > 1e-9 * rate]
        rate = float(np.abs(lasting[np.argmax(lasting.real)]))
    return 2 * np.pi / rate if rate > 1e-12 else 1.0
