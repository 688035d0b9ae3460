"""How far finite steps bend the exponents of a differential equation: the same motion with shorter steps."""

import math
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import StochasticFlow
from cocycle.evolve import tangent
from cocycle.measure._orthonormal import orthonormalise

from ._tangents import BLOCKS, Orbit, blocks, is_discrete, is_point_flow, with_dt

__all__ = ["discretisation", "is_measured", "is_noisy", "steps"]

_SHARE = 8  # of the intervals of the average, one in so many is repeated along finer steps where there is noise


def is_measured(phi) -> bool:
    """Whether there is a discretisation error at all that `discretisation` would miss."""
    return is_point_flow(phi) or is_discrete(phi) or is_noisy(phi)


def discretisation(orbit: Orbit, period: float, key, rates, intervals: int) -> np.ndarray:
    """The error of the exponents due to finite steps, shape `(k,)`; 0 for maps and where it cannot be measured.

    `rates` are the exponents in blocks and `intervals` their number of intervals: they say how long to look.
    """
    phi = orbit.phi
    if is_point_flow(phi):
        return _of_flow(orbit, period, key)
    if is_noisy(phi):
        return _of_noise(orbit, key, float(np.max(np.mean(rates, axis=0))), intervals)
    return np.zeros(orbit.vectors.shape[0])


def steps(phi) -> int:
    """Into how many steps the solver divides an interval."""
    solver = phi.solver
    if solver.substeps is not None or solver.dt is None:
        return solver.substeps or 1
    return max(1, math.ceil(float(phi.dt) / float(solver.dt) - 1e-9))


def is_noisy(phi) -> bool:
    return isinstance(phi.system, StochasticFlow) and hasattr(getattr(phi, "solver", None), "move")


def _of_flow(orbit, period, key):
    """32 short intervals, and again in half steps with a finer solver.

    The two runs start together and stay together as long as the 32 intervals span a few periods only.
    """
    phi, interval = orbit.phi, orbit.interval
    step = getattr(phi.solver, "dt", None)
    interval = min(interval, max(period / 8, 0.0 if step is None else float(step)))
    coarse, *_ = blocks(orbit._replace(phi=with_dt(phi, interval)), 1, key, 2)
    fine, *_ = blocks(orbit._replace(phi=with_dt(phi.refined(), interval / 2)), 2, key, 2)
    with np.errstate(invalid="ignore"):
        return _size((coarse - fine) / interval)


def _of_noise(orbit, key, top, intervals):
    """Steps of full and of half length along one Brownian path, which all but cancels the sampling error.

    The half steps leave about half of the error (weak order 1), hence the factor 2. Where orbits separate, the finer
    one is put back to the coarser before it has lost it; otherwise it may drift to a stationary law of its own.
    """
    phi = orbit.phi
    per_block = max(8, intervals // BLOCKS // _SHARE)
    together = per_block if top <= 0 else min(max(1, round(0.5 / (top * orbit.interval))), per_block)
    phi, t, state, vectors = orbit
    difference = _twins(
        phi,
        t,
        state,
        vectors,
        jnp.asarray(per_block),
        jnp.asarray(together),
        jax.random.fold_in(key, 7),
        jnp.asarray(steps(phi)),
    )
    with np.errstate(invalid="ignore"):
        return 2 * _size(np.asarray(difference) / (per_block * orbit.interval))


def _size(difference):
    """The mean of a difference, and what it may be besides."""
    bias = np.sqrt(difference.mean(axis=0) ** 2 + difference.var(axis=0) / len(difference))
    return np.where(np.isfinite(bias), bias, 0.0)


@eqx.filter_jit
def _twins(phi, t, state, vectors, per_block, together, key, count):
    """Log lengths with full steps less those with half steps, summed over each block."""
    pair: Any = tangent(phi.system, vectors.shape[0])
    h = phi.dt / count
    half = h / 2

    def step(i, carry):
        t, coarse, fine, key = carry
        normal = jax.random.normal(jax.random.fold_in(key, i), (2, 2, pair.noise_dim), dtype=state.dtype)
        dw = jnp.sqrt(half) * normal[0]
        area = half**1.5 / 2 * (normal[0] + normal[1] / 3**0.5)
        fine = phi.solver.move(pair, t, fine, half, dw[0], area[0])
        fine = phi.solver.move(pair, t + half, fine, half, dw[1], area[1])
        # the area under both: the second half starts at the height where the first one ended
        coarse = phi.solver.move(pair, t, coarse, h, dw[0] + dw[1], area[0] + area[1] + half * dw[0])
        return t + h, coarse, fine, key

    def turned(z):
        x, images = pair.split(z)
        vectors, lengths = orthonormalise(images)
        return pair.join(x, vectors), jnp.log(lengths)

    def interval(i, carry):
        t, coarse, fine, total, index = carry
        fine = jnp.where(i % together == 0, coarse, fine)
        t, coarse, fine, _ = jax.lax.fori_loop(0, count, step, (t, coarse, fine, jax.random.fold_in(key, index)))
        coarse, one = turned(coarse)
        fine, two = turned(fine)
        return t, coarse, fine, total + one - two, index + 1

    def block(carry, _):
        t, z, index = carry
        start = (t, z, z, jnp.zeros(vectors.shape[0], state.dtype), index)
        t, z, _, total, index = jax.lax.fori_loop(0, per_block, interval, start)
        return (t, z, index), total

    start = (t, pair.join(state, vectors), jnp.zeros((), int))
    return jax.lax.scan(block, start, None, length=BLOCKS)[1]
