"""Before the average: the transient, an interval that loses nothing, and steps that are short enough."""

import dataclasses

import numpy as np

from cocycle.core import as_parameter
from cocycle.measure._blocks import error_of_mean

from ._discretisation import discretisation, is_noisy, steps
from ._tangents import BLOCKS, Orbit, Plan, begin, blocks, is_point_flow, with_dt

__all__ = ["settle"]

_MAX_STRETCH = 16.0  # nats between the fastest and the slowest direction over any one interval: QR loses none of it
_MAX_PARTS = 4096  # into which the default interval may be cut for that
_MOST = 64  # times shorter than the solver's own steps: what they do not mend stays in the error bar
_CLOSE = 1e-3  # of the largest exponent: a discretisation error that is below needs no shorter steps


def settle(planned: Plan, k: int | None, x0, key, among=None) -> Orbit:
    """Run the transient: the state reaches the attractor, the vectors the directions that grow most."""
    orbit = begin(planned, k, x0, key, among)
    phi, interval = orbit.phi, orbit.interval
    _, peak, orbit = blocks(orbit, max(1, round(planned.wait / interval / BLOCKS)), key, 0)
    # directions that separate by too much over one interval would be lost to round-off: shorten it. What was lost is
    # not in `peak`, so look again, over a few periods: bursts of contraction are short.
    whole = interval
    while peak > _MAX_STRETCH and not planned.given and is_point_flow(phi) and interval * _MAX_PARTS > whole:
        interval = interval / min(np.ceil(2 * peak / _MAX_STRETCH), 16)
        orbit = orbit._replace(phi=with_dt(phi, interval))
        _, peak, orbit = blocks(orbit, max(1, round(32 * whole / interval / BLOCKS)), key, 3)
    return _finer(planned, orbit, key) if planned.free and is_noisy(phi) else orbit


def _finer(planned: Plan, orbit: Orbit, key) -> Orbit:
    """Steps so short that they bend the exponents by less than the average will scatter.

    The default step suits the motion without the noise, and noise that depends on the state has a time of its own.
    """
    intervals, first = round(planned.span / orbit.interval), steps(orbit.phi)
    trial, stream = max(1, intervals // BLOCKS // 8), 100
    while True:
        rates = blocks(orbit, trial, key, stream)[0] / (trial * orbit.interval)
        with np.errstate(invalid="ignore"):
            scatter = error_of_mean(rates) * np.sqrt(trial * BLOCKS / intervals)
        enough = np.maximum(scatter, _CLOSE * np.abs(rates.mean(axis=0)).max())
        excess = float(np.max(discretisation(orbit, planned.period, key, rates, intervals) / enough))
        count = steps(orbit.phi)
        if not excess > 1 or count >= _MOST * first:
            return orbit
        shorter = orbit.interval / min(np.ceil(2 * excess) * count, _MOST * first)
        solver = dataclasses.replace(orbit.phi.solver, dt=as_parameter(shorter), substeps=None)
        orbit, stream = orbit._replace(phi=dataclasses.replace(orbit.phi, solver=solver)), stream + 1
